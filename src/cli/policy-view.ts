import type { GateContext } from '../gates/types.js';
import type { Repository } from '../git/repository.js';
import type { Digest, RepoPath } from '../model/brand.js';
import type { CompiledInvariant, CompiledPolicy, Problem } from '../model/decision.js';
import type { PolicySource } from '../policy/index.js';
import type { DecisionView, PathView } from '../report/decisions.js';
import { placeOf } from '../report/messages.js';
import type { Io } from './io.js';
import { UsageError } from './usage.js';
import { worktreeSource } from './worktree-source.js';

/** The decisions as they lie in the working tree (in a bare repository: in HEAD). */
export interface DecisionBook {
  /** `null`: there is no policy at all. */
  readonly policy: CompiledPolicy | null;
  readonly views: readonly DecisionView[];
  text(path: RepoPath): Promise<string>;
}

const HOME = '.architecture';

async function headSource(repository: Repository): Promise<PolicySource | null> {
  const head = await repository.resolveCommit('HEAD');
  if (head === null) return null;
  const { tree } = await repository.commit(head);
  const { createListing } = await import('../git/index.js');
  return {
    listing: createListing(await repository.listTree(tree)),
    read: oid => repository.readBlob(oid),
  };
}

/** A policy with the invariants of its proposals. */
interface Loaded {
  readonly policy: CompiledPolicy;
  readonly invariants: readonly CompiledInvariant[];
}

async function load(io: Io, source: PolicySource): Promise<Loaded | null> {
  const { loadPolicy } = await io.services.policy();
  const loaded = await loadPolicy(source);
  switch (loaded.kind) {
    case 'none':
      return null;
    case 'policy':
      return { policy: loaded.policy, invariants: [...loaded.policy.invariants, ...loaded.proposed] };
    case 'invalid':
      throw policyError(loaded.problems);
  }
}

function policyError(problems: readonly Problem[]): UsageError {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const lines = errors.map(problem => {
    const hint = problem.hint === undefined ? '' : ` (${problem.hint})`;
    return `${placeOf(problem)} ${problem.message}${hint}`;
  });
  return new UsageError(`the decisions do not compile: ${lines.join('; ')}`, 'mend the file at that place');
}

/** Digests of the invariants in force: those of HEAD. A HEAD whose policy doesn't compile enforces nothing to compare. */
async function inForce(io: Io, repository: Repository): Promise<ReadonlySet<Digest>> {
  const source = await headSource(repository);
  if (source === null) return new Set();
  const { loadPolicy } = await io.services.policy();
  const loaded = await loadPolicy(source);
  return new Set(loaded.kind === 'policy' ? loaded.policy.invariants.map(({ digest }) => digest) : []);
}

export async function readDecisions(io: Io, { repository }: GateContext): Promise<DecisionBook> {
  const { source, loaded } = await readPolicy(io, repository);
  const committed = await inForce(io, repository);
  const accepted = new Set(loaded?.policy.invariants.map(({ digest }) => digest));
  const views = (loaded?.policy.decisions ?? []).map((decision): DecisionView => {
    const invariants = (loaded?.invariants ?? []).filter(({ decision: of }) => of === decision.id);
    const isAccepted = invariants.some(({ digest }) => accepted.has(digest));
    const isCommitted = invariants.every(({ digest }) => committed.has(digest));
    return { decision, invariants, enforced: !isAccepted ? 'no' : isCommitted ? 'yes' : 'once-committed' };
  });
  return {
    policy: loaded?.policy ?? null,
    views,
    async text(path) {
      const entry = source?.listing.entry(path);
      if (source === null || entry === undefined) throw new Error(`${path} is gone`);
      return (await source.read(entry.oid)).toString('utf8');
    },
  };
}

async function readPolicy(
  io: Io,
  repository: Repository,
): Promise<{ readonly source: PolicySource | null; readonly loaded: Loaded | null }> {
  const { worktree } = repository;
  if (worktree === null) {
    const source = await headSource(repository);
    return { source, loaded: source === null ? null : await load(io, source) };
  }
  const first = await worktreeSource(repository, worktree, [HOME]);
  const loaded = await load(io, first);
  // Only a read policy says where else decisions lie; what is new there is not in the index yet.
  const elsewhere = (loaded?.policy.decisionsFolders ?? []).filter(
    folder => folder !== HOME && !folder.startsWith(`${HOME}/`),
  );
  if (elsewhere.length === 0) return { source: first, loaded };
  const source = await worktreeSource(repository, worktree, [HOME, ...elsewhere]);
  return { source, loaded: await load(io, source) };
}

/** The invariants in the book that look at a path, or that its deletion could break. */
export async function invariantsFor(book: DecisionBook, path: RepoPath): Promise<PathView> {
  const { KINDS } = await import('../invariants/registry.js');
  const { leftOut } = await import('../gates/left-out.js');
  const invariants = book.views.flatMap(({ decision, invariants: all }) =>
    all
      .filter(invariant => {
        const { kind: name, rule } = invariant;
        const kind = KINDS.get(name);
        if (kind === undefined) throw new Error(`no such kind of invariant: ${name}`);
        if (leftOut(invariant, path)) return false;
        return kind.governs(rule, path) || kind.reaches(rule, path, 'delete');
      })
      .map(invariant => ({ invariant, title: decision.title })),
  );
  return { path, invariants };
}
