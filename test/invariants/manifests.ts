import { languageOf } from '../../src/facts/imports/registry.js';
import type { DependencyFacts } from '../../src/facts/manifests/dependency-facts.js';
import { dependencyTree } from '../../src/facts/manifests/dependency-tree.js';
import { manifestFormat } from '../../src/facts/manifests/names.js';
import { ParsedManifests, readDependencies } from '../../src/facts/manifests/read.js';
import type { TreeFacts } from '../../src/facts/tree-facts.js';
import type { Violation } from '../../src/invariants/kind.js';
import { oid, repoPath } from '../../src/model/brand.js';
import { sha256Hex } from '../../src/model/canonical.js';
import type { DependencyEntry, DependencyFile } from '../../src/model/dependency.js';
import type { Edge } from '../../src/model/edges.js';
import { changesOf, edgesOf, factsOf, type Rule } from './project.js';

/** A tree of texts: path → content. Manifests are real ones; imports are written as project.ts says. */
export type Texts = Readonly<Record<string, string>>;

export function dependenciesOf(texts: Texts): Promise<DependencyFacts> {
  const sources = Object.keys(texts)
    .filter(path => manifestFormat(path) !== null)
    .sort()
    .map(path => ({ path: repoPath(path), oid: oid(sha256Hex(texts[path] ?? '')) }));
  return readDependencies(sources, new ParsedManifests(), async ({ path }) => ({
    ok: true,
    value: texts[path] ?? '',
  }));
}

/** The facts of a tree of texts; `edges` adds imports that project.ts has no way to write. */
export async function treeOf(
  texts: Texts,
  edges: Readonly<Record<string, readonly Edge[]>> = {},
): Promise<TreeFacts> {
  return {
    ...factsOf(texts, await dependenciesOf(texts)),
    imports: path =>
      languageOf(path) === null
        ? null
        : { ok: true, value: [...edgesOf(texts[path] ?? ''), ...(edges[path] ?? [])] },
  };
}

/** Facts of files that are made by hand, where no manifest says such a thing. */
export async function handMade(...files: readonly DependencyFile[]): Promise<TreeFacts> {
  const terms = await import('../../src/facts/manifests/terms.js');
  const texts = Object.fromEntries(files.map(({ path }) => [path, '']));
  return factsOf(texts, dependencyTree(files, [], terms));
}

export function fileOf(
  written: Pick<DependencyFile, 'ecosystem' | 'role'> & Partial<Omit<DependencyFile, 'path' | 'entries'>>,
  path: string,
  entries: readonly (Pick<DependencyEntry, 'name'> & Partial<DependencyEntry>)[],
): DependencyFile {
  return {
    path: repoPath(path),
    format: manifestFormat(path) ?? 'none',
    project: { name: null, version: null, license: null },
    roots: {},
    includes: [],
    ...written,
    entries: entries.map((entry, index) => ({
      id: `${entry.name}#${index}`,
      role: 'dependency',
      ecosystem: written.ecosystem,
      version: null,
      range: null,
      scope: 'production',
      direct: written.role === 'manifest' ? true : null,
      source: { type: 'registry', url: null },
      integrity: [],
      line: index + 1,
      ...entry,
    })),
  };
}

export async function foundIn(rule: Rule, texts: Texts): Promise<readonly Violation[]> {
  return found(rule, await treeOf(texts));
}

export function found({ kind, rule }: Rule, facts: TreeFacts): readonly Violation[] {
  if (kind.evaluate === undefined) throw new Error(`${kind.name} has no evaluate`);
  return kind.evaluate(rule, facts, 'all', () => false);
}

/** What one change from the one tree to the other violates by itself. */
export async function foundByChange(
  { kind, rule }: Rule,
  before: Texts,
  after: Texts,
): Promise<readonly Violation[]> {
  if (kind.evaluateChange === undefined) throw new Error(`${kind.name} has no evaluateChange`);
  return kind.evaluateChange(rule, {
    base: await treeOf(before),
    head: await treeOf(after),
    changes: changesOf(before, after),
    at: 'commit',
  });
}

/** `path: subject`, which is what keys are made of. */
export function subjects(violations: readonly Violation[]): readonly string[] {
  return violations.map(({ path, subject }) => `${path}: ${subject}`);
}

/** A package.json. @param rest other fields */
export function packageJson(dependencies: Readonly<Record<string, string>>, rest: object = {}): string {
  return JSON.stringify({ name: 'app', version: '1.0.0', dependencies, ...rest }, null, 2);
}

/**
 * A package-lock.json of one project, as npm writes it: `name` → version, or version and what it requires.
 * @param asks what the project asks for itself
 */
export function packageLock(
  asks: Readonly<Record<string, string>>,
  packages: Readonly<
    Record<string, string | readonly [version: string, requires: Readonly<Record<string, string>>]>
  >,
): string {
  const entries = Object.entries(packages).map(([name, written]) => {
    const [version, dependencies] = typeof written === 'string' ? [written, {}] : written;
    return [`node_modules/${name}`, { version, dependencies }];
  });
  const root = { name: 'app', version: '1.0.0', dependencies: asks };
  return JSON.stringify(
    {
      name: 'app',
      lockfileVersion: 3,
      requires: true,
      packages: { '': root, ...Object.fromEntries(entries) },
    },
    null,
    2,
  );
}
