import { TreeReader } from '../change/change.js';
import { languageOf } from '../facts/imports/index.js';
import { createListing } from '../git/listing.js';
import { GitError } from '../git/repository.js';
import { readsImports } from '../invariants/kind.js';
import { KINDS } from '../invariants/registry.js';
import { type Oid, type RepoPath, repoPath } from '../model/brand.js';
import { type CompiledPolicy, DEFAULT_LIMITS, type Problem } from '../model/decision.js';
import { type Edge, type EdgeKind, targetName } from '../model/edges.js';
import type { PathSet } from '../model/path-set.js';
import type { Verdict } from '../model/verdict.js';
import { PolicyReader } from './policies.js';
import { judgeHead } from './range.js';
import { FactSide, governs, NO_SETTINGS } from './sides.js';
import type { GateContext } from './types.js';

/** Files whose imports are held at once. */
const CHUNK = 512;

/** One import of the tree, where it stands and where it ends. */
export interface MapImport {
  readonly from: RepoPath;
  /** Canonical: a path, a folder with a slash at its end, `npm:pg`, `node:fs`, `computed`. */
  readonly to: string;
  readonly type: Edge['target']['type'];
  /** Of an import of a package: its name without the subpath, `npm:pg`. */
  readonly package?: string;
  /** As written; `null`: computed. */
  readonly specifier: string | null;
  /** An erased import is of kind `type`. */
  readonly kind: EdgeKind;
  readonly line: number;
}

/** A rule about imports, and the files whose imports it looks at. */
export interface MapRule {
  readonly decision: string;
  readonly title: string;
  readonly invariant: string;
  readonly kind: string;
  governs(path: string): boolean;
}

/** What a picture of a tree's imports is drawn from. */
export interface ImportMap {
  readonly commit: Oid;
  /** Every code file, by path. */
  readonly files: readonly RepoPath[];
  readonly imports: readonly MapImport[];
  /** Code files whose imports can't be read, with the reason. */
  readonly unread: readonly { readonly path: RepoPath; readonly message: string }[];
  /** The configuration's; empty where there is none. */
  readonly components: Readonly<Record<string, PathSet>>;
  /** The policy's rules about imports. */
  readonly rules: readonly MapRule[];
  /** Why the policy does not compile: nothing of it is drawn then. */
  readonly problems: readonly Problem[];
  /** Of HEAD as a whole; `null`: no policy that compiles, or another revision. */
  readonly verdict: Verdict | null;
}

/** The imports of a revision. Needs no policy; where there is one, its components and findings come along. */
export async function readMap(context: GateContext, revision: string): Promise<ImportMap> {
  const { repository, store } = context;
  const commit = await repository.resolveCommit(revision);
  if (commit === null)
    throw revision === 'HEAD'
      ? new GitError('failed', 'there is no commit yet', 'git commit; the graph is that of a commit')
      : new GitError('failed', `${revision} names no commit of this repository`, 'git log --oneline');
  const side = await new TreeReader(repository, createListing).side(commit);
  const policies = new PolicyReader(repository, store);
  const loaded = await policies.load(side);
  const policy = loaded.kind === 'policy' ? loaded.policy : null;
  const settings = policy?.invariants.find(({ resolve }) => resolve !== undefined)?.resolve ?? NO_SETTINGS;
  const fileBytes = (policy?.limits ?? DEFAULT_LIMITS).fileBytes;
  const facts = new FactSide(side, context, policies, [], fileBytes);
  const files: RepoPath[] = [];
  for (const { path, mode } of side.listing.entries())
    if (mode !== '160000' && mode !== '120000' && languageOf(path) !== null) files.push(path);
  const imports: MapImport[] = [];
  const unread: { path: RepoPath; message: string }[] = [];
  const resolver = await facts.resolver(settings);
  for (let start = 0; start < files.length; start += CHUNK) {
    const chunk = files.slice(start, start + CHUNK);
    await facts.snapshot.prepareImports(chunk);
    const known = facts.snapshot.facts(resolver);
    for (const path of chunk) {
      const fact = known.imports(path);
      if (fact === null) continue;
      if (fact.ok) imports.push(...fact.value.map(edge => importOf(path, edge)));
      else unread.push({ path, message: fact.error.message });
    }
    context.progress?.({ stage: 'imports', done: start + chunk.length, total: files.length });
  }
  const isHead = commit === (await repository.resolveCommit('HEAD'));
  const verdict = policy === null || !isHead ? null : await judgeHead(context);
  await store.flush();
  return {
    commit,
    files,
    imports,
    unread,
    components: policy?.components ?? {},
    rules: rulesOf(policy),
    problems: loaded.kind === 'invalid' ? loaded.problems : [],
    verdict,
  };
}

function rulesOf(policy: CompiledPolicy | null): readonly MapRule[] {
  const rules = (policy?.invariants ?? []).filter(({ kind }) => readsImports(KINDS.get(kind)));
  return rules.map(invariant => ({
    decision: invariant.decision,
    title: policy?.decisions.find(({ id }) => id === invariant.decision)?.title ?? '',
    invariant: invariant.id,
    kind: invariant.kind,
    governs: path => governs(invariant, repoPath(path)),
  }));
}

function importOf(from: RepoPath, { site, target }: Edge): MapImport {
  return {
    from,
    to: targetName(target),
    type: target.type,
    ...(target.type === 'package' ? { package: `${target.ecosystem}:${target.name}` } : {}),
    specifier: site.specifier,
    kind: site.typeOnly ? 'type' : site.kind,
    line: site.line,
  };
}
