import type { DependencyFacts } from '../../src/facts/manifests/dependency-facts.js';
import { dependencyTree } from '../../src/facts/manifests/dependency-tree.js';
import * as terms from '../../src/facts/manifests/terms.js';
import type { Violation } from '../../src/invariants/kind.js';
import { repoPath } from '../../src/model/brand.js';
import type { Json } from '../../src/model/canonical.js';
import type { DependencyEntry, DependencyFile, DependencyFileRole } from '../../src/model/dependency.js';
import { changesOf, factsOf, type Project, ruleOf } from './project.js';

export type EntryParts = Partial<DependencyEntry> & { readonly name: string };

/** An entry of a file, npm's from the registry where nothing else is said. */
export function entry(parts: EntryParts): DependencyEntry {
  return {
    id: parts.id ?? `${parts.alias ?? parts.name}@${parts.version ?? parts.range ?? ''}`,
    role: 'dependency',
    ecosystem: 'npm',
    version: null,
    range: null,
    scope: 'production',
    direct: null,
    source: { type: 'registry', url: null },
    integrity: [],
    line: 1,
    ...parts,
  };
}

export interface FileParts {
  readonly format?: string;
  readonly name?: string;
  readonly roots?: DependencyFile['roots'];
  readonly installScripts?: DependencyFile['installScripts'];
}

function file(
  role: DependencyFileRole,
  path: string,
  format: string,
  entries: readonly DependencyEntry[],
  { format: other, name, roots, installScripts }: FileParts,
): DependencyFile {
  return {
    path: repoPath(path),
    format: other ?? format,
    ecosystem: entries[0]?.ecosystem ?? 'npm',
    role,
    project: { name: name ?? null, version: null, license: null },
    entries,
    roots: roots ?? {},
    includes: [],
    ...(installScripts === undefined ? {} : { installScripts }),
  };
}

export function manifest(
  path: string,
  entries: readonly EntryParts[],
  parts: FileParts = {},
): DependencyFile {
  const all = entries.map(each => entry({ direct: true, ...each }));
  return file('manifest', path, 'package-json', all, parts);
}

/** Of one project in its folder, which wants the entries that say `direct: true`. */
export function lock(path: string, entries: readonly EntryParts[], parts: FileParts = {}): DependencyFile {
  const all = entries.map(entry);
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const wanted = all.filter(({ direct }) => direct).map(({ id }) => id);
  return file('lock', path, 'package-lock', all, {
    roots: wanted.length > 0 ? { [folder]: wanted } : {},
    ...parts,
  });
}

export function vendored(path: string, entries: readonly EntryParts[]): DependencyFile {
  return file('vendored', path, 'package-json', entries.map(entry), {});
}

export function factsIn(files: readonly DependencyFile[]): DependencyFacts {
  return dependencyTree(files, [], terms);
}

/** What the rule finds in a tree of these files. */
export function stateOf(invariant: Readonly<Record<string, Json>>, files: readonly DependencyFile[]) {
  const { kind, rule } = ruleOf(invariant);
  if (kind.evaluate === undefined) throw new Error(`${kind.name} has no evaluate`);
  return kind.evaluate(rule, factsOf({}, factsIn(files)), 'all', () => false);
}

/** What the rule finds in a change of such trees. */
export function changeOf(
  invariant: Readonly<Record<string, Json>>,
  before: readonly DependencyFile[],
  after: readonly DependencyFile[],
): readonly Violation[] {
  const { kind, rule } = ruleOf(invariant);
  if (kind.evaluateChange === undefined) throw new Error(`${kind.name} has no evaluateChange`);
  return kind.evaluateChange(rule, {
    base: factsOf({}, factsIn(before)),
    head: factsOf({}, factsIn(after)),
    changes: changesOf(treeOf(before), treeOf(after)),
    at: 'commit',
  });
}

function treeOf(files: readonly DependencyFile[]): Project {
  return Object.fromEntries(files.map(each => [each.path, JSON.stringify(each)]));
}

export function subjects(violations: readonly Violation[]): readonly string[] {
  return violations.map(({ path, subject }) => `${path} ${subject}`);
}
