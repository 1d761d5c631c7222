import type { DependencyFacts } from '../facts/manifests/dependency-facts.js';
import type { DependencySource, PackageEcosystem } from '../model/dependency.js';
import { packageOf, wayTo, whatStands } from './dependency-finding.js';
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

/** Without those of lock files that their manifest is told for, too: one package, one finding. */
export function untold(facts: DependencyFacts, faults: readonly Fault[]): readonly Fault[] {
  const told = new Set(
    faults.flatMap(({ file, subject }) => (file.role === 'manifest' ? [keyOf(file.path, subject)] : [])),
  );
  if (told.size === 0) return faults;
  const manifests = new Map<string, readonly string[]>();
  return faults.filter(({ file, entry, subject }) => {
    if (file.role !== 'lock' || entry.direct === false) return true;
    let paths = manifests.get(file.path);
    if (paths === undefined) {
      paths = facts.manifestsOf(file).map(({ path }) => path);
      manifests.set(file.path, paths);
    }
    return !paths.some(path => told.has(keyOf(path, subject)));
  });
}

function keyOf(path: string, subject: string): string {
  return `${path}\0${subject}`;
}

export function violationOf(facts: DependencyFacts, fault: Fault): Violation {
  const { file, entry, subject, wrong, beside } = fault;
  const way = wayTo(facts, file, entry);
  const hops = way?.hops ?? (beside === undefined ? [] : [{ path: file.path, line: entry.line }, beside]);
  return {
    path: file.path,
    line: entry.line,
    column: null,
    subject,
    ordinal: 0,
    message: `${whatStands(fault, way)}, ${wrong}`,
    ...packageOf(facts, entry),
    ...(hops.length > 1 ? { chain: hops } : {}),
  };
}

/** `npm:x@1.0.0`, or without a version where none is settled. */
export function versionRef({ entry }: Selected): string {
  return entry.version === null ? packageRef(entry) : `${packageRef(entry)}@${entry.version}`;
}

/** `a, b or c` */
export function listed(words: readonly string[], last: 'and' | 'or'): string {
  const end = words.at(-1) ?? '';
  return words.length < 2 ? end : `${words.slice(0, -1).join(', ')} ${last} ${end}`;
}

/** An address without the user and password that may stand in it. */
export function shownUrl(url: string): string {
  const start = url.indexOf('://');
  if (start === -1) return url;
  const end = url.slice(start + 3).search(/[/?#\\]/);
  const host = end === -1 ? url.slice(start + 3) : url.slice(start + 3, start + 3 + end);
  const rest = end === -1 ? '' : url.slice(start + 3 + end);
  return `${url.slice(0, start + 3)}${host.slice(host.lastIndexOf('@') + 1)}${rest}`;
}
