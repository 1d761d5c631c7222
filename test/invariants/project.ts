import { checkQuery } from '../../src/facts/code/compile-query.js';
import { searchCode } from '../../src/facts/code/search.js';
import type { ImportGraph } from '../../src/facts/graph/import-graph.js';
import type { DependencyFacts } from '../../src/facts/manifests/dependency-facts.js';
import { decodeText } from '../../src/facts/text/decode.js';
import { checkPattern } from '../../src/facts/text/regex.js';
import type { Fact, SourceText, TreeFacts } from '../../src/facts/tree-facts.js';
import {
  type Kind,
  type LeftOut,
  type RuleCompiler,
  RuleProblem,
  type Scope,
  type ScreenedFile,
  type Violation,
} from '../../src/invariants/kind.js';
import { KINDS, readsOf } from '../../src/invariants/registry.js';
import { oid, type RepoPath, repoPath } from '../../src/model/brand.js';
import { type Json, sha256Hex } from '../../src/model/canonical.js';
import { EDGE_KINDS, type Edge, type EdgeKind, type ImportSite, type Target } from '../../src/model/edges.js';
import type { PathSet } from '../../src/model/path-set.js';
import type { ChangeStatus, FileChange, Mode, TreeEntry, TreeListing } from '../../src/model/tree.js';
import { compileGlob } from '../../src/policy/glob.js';
import { buildGraph } from '../support/build-graph.js';

/**
 * A tree as a literal: path → content. A line `import a from 'target'` is an import of that very target:
 * `npm:pg`, `node:fs`, a path of the tree, `x/` (a folder), `?x/y` (unresolved), `*` (computed). In front of it may stand its
 * kind: `type import a from …`.
 */
export type Project = Readonly<
  Record<string, string | Buffer | { readonly mode: Mode; readonly content: string }>
>;

const COMPONENTS: Readonly<
  Record<
    string,
    { readonly paths: readonly string[]; readonly except?: readonly string[]; readonly utility?: true }
  >
> = {
  ui: { paths: ['src/ui/**'] },
  api: { paths: ['src/api/**'] },
  core: { paths: ['src/core/**'] },
  database: { paths: ['src/db/**'] },
  shared: { paths: ['src/**'], except: ['src/db/**'] },
  utils: { paths: ['src/utils/**'], utility: true },
};

export const compiler: RuleCompiler = {
  paths: (refs, key) => pathSet(refs, key),
  targets(refs, key) {
    const list = (Array.isArray(refs) ? refs : [refs]) as readonly string[];
    const packages = list.filter(ref =>
      /^(?:npm|node|pypi|go|cargo|gem|composer|nuget|maven|gha|docker):/.test(ref),
    );
    const paths = list.filter(ref => !packages.includes(ref));
    return {
      ...(paths.length > 0 ? { paths: pathSet(paths, key) } : {}),
      ...(packages.length > 0
        ? {
            packages: packages.map(ref => {
              const [ecosystem = '', name = ''] = ref.split(':');
              return { ref, ecosystem, source: `^${name.replaceAll('*', '[^/]*')}(?:/.*)?$` };
            }),
          }
        : {}),
    };
  },
  glob: glob => compileGlob(String(glob)),
  regex(source, key) {
    const problem = checkPattern(String(source));
    if (problem !== null) throw new RuleProblem(problem, key);
    return String(source);
  },
  code(query) {
    const problem = checkQuery(query);
    if (problem !== null) throw new RuleProblem(problem.message, problem.key, problem.remedy);
  },
  label: refs => (Array.isArray(refs) ? refs.join(', ') : String(refs)),
  components: () =>
    Object.entries(COMPONENTS).map(([name, { utility }]) => ({
      name,
      paths: pathSet([name], ''),
      utility: utility === true,
    })),
  fail(message, key, hint) {
    throw new RuleProblem(message, key, hint ?? null);
  },
};

function pathSet(refs: Json, _key: string): PathSet {
  const list = (Array.isArray(refs) ? refs : [refs]) as readonly string[];
  const named = list.map(ref => COMPONENTS[ref] ?? { paths: [ref] });
  const except = named.flatMap(each => each.except ?? []);
  return {
    include: named.flatMap(each => each.paths).map(compileGlob),
    ...(except.length > 0 ? { except: except.map(compileGlob) } : {}),
  };
}

export interface Rule {
  readonly kind: Kind;
  readonly rule: Json;
}

/** `{ 'forbid-import': { from: 'ui', to: 'database' } }`, as in a decision. */
export function ruleOf(invariant: Readonly<Record<string, Json>>): Rule {
  const [name, ...others] = Object.keys(invariant);
  const kind = KINDS.get(name ?? '');
  if (kind === undefined || others.length > 0 || name === undefined) throw new Error(`not one kind: ${name}`);
  const rule = kind.compile(invariant[name] ?? null, compiler);
  // Rules are kept as JSON between runs.
  return { kind, rule: JSON.parse(JSON.stringify(rule)) };
}

export function factsOf(project: Project, dependencies: DependencyFacts | null = null): TreeFacts {
  const entries = new Map<string, TreeEntry>();
  const contents = new Map<string, Buffer>();
  for (const [path, written] of Object.entries(project)) {
    const plain = typeof written === 'string' || Buffer.isBuffer(written);
    const content = Buffer.from(plain ? written : written.content);
    contents.set(path, content);
    entries.set(path, {
      mode: plain ? '100644' : written.mode,
      oid: oid(sha256Hex(content)),
      path: repoPath(path),
    });
  }
  const text = (path: RepoPath): Fact<SourceText> | null => {
    const content = contents.get(path);
    return content === undefined || entries.get(path)?.mode === '160000' ? null : decodeText(path, content);
  };
  const tree = listingOf(entries);
  const imports = (path: RepoPath): Fact<readonly Edge[]> | null => {
    if (!/\.[jt]s$/.test(path)) return null;
    const source = text(path);
    return source?.ok ? { ok: true, value: edgesOf(source.value.text) } : source;
  };
  let graph: ImportGraph | null = null;
  return {
    tree,
    graph() {
      graph ??= graphOf([...entries.keys()].map(repoPath), imports);
      return graph;
    },
    text,
    code(path, query) {
      const source = text(path);
      return source?.ok ? searchCode(path, source.value.text, query) : source;
    },
    size(path) {
      const content = contents.get(path);
      return content === undefined ? null : { ok: true, value: content.length };
    },
    imports,
    dependencies() {
      if (dependencies === null) throw new Error('the manifests were not prepared');
      return dependencies;
    },
  };
}

function graphOf(
  paths: readonly RepoPath[],
  imports: (path: RepoPath) => Fact<readonly Edge[]> | null,
): ImportGraph {
  const rows = paths.flatMap(path => {
    const edges = imports(path);
    return edges === null ? [] : [{ path, edges: edges.ok ? edges.value : [] }];
  });
  return buildGraph(rows, folder => paths.filter(path => path.replace(/\/[^/]*$/, '') === folder));
}

function listingOf(entries: ReadonlyMap<string, TreeEntry>): TreeListing {
  const paths = [...entries.keys()];
  return {
    size: entries.size,
    entry: path => entries.get(path),
    has: path => entries.has(path),
    hasFolder: path => paths.some(other => other.startsWith(`${path}/`)),
    entries: () => entries.values(),
    children: () => [],
  };
}

const IMPORT = /^(?:([a-z-]+) )?import (?:(.*?) from )?'([^']*)'/;

export function edgesOf(text: string): readonly Edge[] {
  return text.split('\n').flatMap((line, index): Edge[] => {
    const match = IMPORT.exec(line);
    if (match === null) return [];
    const [, written = 'value', names, specifier = ''] = match;
    const kind = EDGE_KINDS.find(each => each === written) ?? 'value';
    return [{ target: targetOf(specifier), site: siteOf(specifier, kind, names, index + 1) }];
  });
}

function siteOf(specifier: string, kind: EdgeKind, names: string | undefined, line: number): ImportSite {
  return {
    specifier: specifier === '*' ? null : specifier,
    kind,
    typeOnly: kind === 'type',
    line,
    column: 1,
    ...(names === undefined ? {} : { names: names.split(/, ?/) }),
  };
}

function targetOf(specifier: string): Target {
  if (specifier === '*') return { type: 'computed' };
  if (specifier.startsWith('?')) {
    const path = specifier.slice(1);
    return {
      type: 'unresolved',
      specifier: path,
      candidates: [path, `${path}.ts`, `${path}/index.ts`].map(repoPath),
    };
  }
  if (specifier.endsWith('/')) {
    const path = repoPath(specifier.slice(0, -1));
    return { type: 'folder', path, names: [repoPath(`${path}/imaginary.ts`)] };
  }
  const [ecosystem = '', whole] = specifier.split(':');
  if (whole === undefined) return { type: 'file', path: repoPath(specifier) };
  if (ecosystem === 'node') return { type: 'builtin', ecosystem: 'node', name: whole };
  const [, name = whole, subpath] = /^((?:@[^/]*\/)?[^/]*)(?:\/(.*))?$/.exec(whole) ?? [];
  return { type: 'package', ecosystem, name, ...(subpath === undefined ? {} : { subpath }) };
}

export function violationsOf(
  { kind, rule }: Rule,
  project: Project,
  scope: Scope = 'all',
  leftOut: LeftOut = () => false,
): readonly Violation[] {
  return evaluated(kind, rule, factsOf(project), scope, leftOut);
}

/** As the gates do: file by file, and over the graph where the rule reads it too. */
function evaluated(
  kind: Kind,
  rule: Json,
  facts: TreeFacts,
  scope: Scope,
  leftOut: LeftOut,
): readonly Violation[] {
  if (kind.evaluate === undefined) throw new Error(`${kind.name} has no evaluate`);
  const overGraph = readsOf(kind, rule) === 'graph' ? (kind.evaluateGraph?.(rule, facts, leftOut) ?? []) : [];
  return [...kind.evaluate(rule, facts, scope, leftOut), ...overGraph];
}

/** The violations as they are shown: with chains, and the better words. */
export function explainedOf(
  { kind, rule }: Rule,
  project: Project,
  leftOut: LeftOut = () => false,
): readonly Violation[] {
  const facts = factsOf(project);
  return evaluated(kind, rule, facts, 'all', leftOut).map(
    violation => kind.explain?.(rule, facts, violation, leftOut) ?? violation,
  );
}

/** What the kind says is of no use in this tree. */
export function unusedIn({ kind, rule }: Rule, project: Project): readonly string[] {
  return kind.unused?.(rule, factsOf(project)) ?? [];
}

export function changesOf(before: Project, after: Project): readonly FileChange[] {
  const base = factsOf(before).tree;
  const head = factsOf(after).tree;
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().map(repoPath);
  return paths.flatMap((path): FileChange[] => {
    const was = base.entry(path);
    const is = head.entry(path);
    if (was?.oid === is?.oid && was?.mode === is?.mode) return [];
    const status: ChangeStatus =
      was === undefined
        ? 'add'
        : is === undefined
          ? 'delete'
          : typeOf(was) === typeOf(is)
            ? 'modify'
            : 'type';
    return [{ path, status, before: was ?? null, after: is ?? null }];
  });
}

function typeOf({ mode }: TreeEntry): string {
  return mode.slice(0, 3);
}

/** What a change violates of a `change` rule, or newly violates of the others (one base, no renames). */
export function introducedBy(
  { kind, rule }: Rule,
  before: Project,
  after: Project,
  at: 'commit' | 'push' = 'commit',
): readonly Violation[] {
  if (kind.modeOf(rule) === 'change') {
    if (kind.evaluateChange === undefined) throw new Error(`${kind.name} has no evaluateChange`);
    return kind.evaluateChange(rule, {
      base: factsOf(before),
      head: factsOf(after),
      changes: changesOf(before, after),
      at,
    });
  }
  const standing = violationsOf({ kind, rule }, before);
  return violationsOf({ kind, rule }, after).filter(
    violation =>
      !standing.some(
        old =>
          keys(violation).some(key => keys(old).includes(key)) &&
          (kind.modeOf(rule) !== 'measured' || (violation.measure ?? 0) <= (old.measure ?? 0)),
      ) && isToBlame({ kind, rule }, violation, before, after),
  );
}

function isToBlame({ kind, rule }: Rule, violation: Violation, before: Project, after: Project): boolean {
  const base = { facts: factsOf(before), before: (path: RepoPath): RepoPath => path };
  return kind.blames?.(rule, factsOf(after), violation, [base], () => false) ?? true;
}

function keys({ path, subject, aliases, ordinal }: Violation): readonly string[] {
  return [subject, ...(aliases ?? [])].map(each => JSON.stringify([path, each, ordinal]));
}

/** A changed file as the commit gate sees it. */
export function screenedFile(change: FileChange, before: Project, after: Project): ScreenedFile {
  const base = factsOf(before);
  const head = factsOf(after);
  const textOf = (facts: TreeFacts): string | null => {
    const fact = facts.text(change.path);
    return fact?.ok && !fact.value.lossy ? fact.value.text : null;
  };
  const size = (facts: TreeFacts): number | null => {
    const fact = facts.size(change.path);
    return fact?.ok ? fact.value : null;
  };
  const headText = textOf(head);
  const baseText = textOf(base);
  return {
    path: change.path,
    status: change.status,
    regular: [change.before, change.after].every(side => side === null || side.mode.startsWith('100')),
    headText,
    baseText,
    headBytes: size(head) ?? 0,
    baseBytes: size(base),
    newEdges() {
      if (headText === null) return null;
      if (!/\.[jt]s$/.test(change.path)) return [];
      const name = ({ site }: Edge): string => JSON.stringify([site.specifier, site.kind, site.names]);
      const old = new Set(edgesOf(change.status === 'add' ? '' : (baseText ?? '')).map(name));
      return edgesOf(headText).filter(edge => !old.has(name(edge)));
    },
  };
}

/** Each violation as `path:line message`. */
export function told(violations: readonly Violation[]): readonly string[] {
  return violations.map(({ path, line, message }) => `${path}${line === null ? '' : `:${line}`} ${message}`);
}
