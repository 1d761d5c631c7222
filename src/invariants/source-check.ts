import type { DependencyFacts } from '../facts/manifests/dependency-facts.js';
import type { DependencySource, PackageEcosystem } from '../model/dependency.js';
import { entryViolation, wayTo, whatStands } from './dependency-finding.js';
import { packageRef, type Selected, type Selection, selected } from './dependency-rule.js';
import type { Violation } from './kind.js';

export type SourceType = DependencySource['type'];
export const SOURCE_TYPES: readonly SourceType[] = ['registry', 'workspace', 'path', 'git', 'url'];

/** Which checks of where packages come from a decision makes. */
export type SourceChecks = {
  readonly types?: readonly SourceType[];
  readonly hosts?: readonly string[];
  readonly integrity?: 'required';
  readonly agrees?: true;
  readonly pinned?: true;
  readonly redirects?: false;
  readonly 'install-scripts'?: false;
  readonly lookalikes?: true;
};

export type SourceRule = SourceChecks & {
  readonly selection: Selection;
  readonly ecosystems?: readonly PackageEcosystem[];
};

/** What is wrong with an entry. */
export interface Fault extends Selected {
  /** Begins with the name of the check. */
  readonly subject: string;
  /** Goes on from what stands there: `which comes from …`. */
  readonly wrong: string;
  /** Where what it is compared with stands. */
  readonly beside?: NonNullable<Violation['chain']>[number];
}

/** Entries that the rule speaks of. */
export function* judged(facts: DependencyFacts, rule: SourceRule): IterableIterator<Selected> {
  const { ecosystems } = rule;
  for (const each of selected(facts, rule.selection))
    if (ecosystems === undefined || ecosystems.includes(each.entry.ecosystem)) yield each;
}

export function violationOf(facts: DependencyFacts, fault: Fault): Violation {
  const { file, entry, subject, wrong, beside } = fault;
  const way = wayTo(facts, file, entry);
  return entryViolation(facts, fault, {
    subject,
    message: `${whatStands(fault, way)}, ${wrong}`,
    way,
    hops: beside === undefined ? [] : [{ path: file.path, line: entry.line }, beside],
  });
}

/** `npm:x@1.0.0`, or without a version where none is settled. */
export function versionRef({ entry }: Selected): string {
  return entry.version === null ? packageRef(entry) : `${packageRef(entry)}@${entry.version}`;
}
