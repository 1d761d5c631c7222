import { isOid, type Oid } from '../../model/brand.js';
import { GitError } from '../repository.js';
import type { RefValue } from './sources.js';

export interface RevisionReader {
  ref(name: string): Promise<RefValue | null>;
  expand(prefix: string): Promise<readonly Oid[]>;
  /** The commit that an object peels to. */
  peel(id: Oid): Promise<Oid | null>;
  parents(commit: Oid): Promise<readonly Oid[]>;
}

/** gitrevisions(7): where a short name is looked for, in this order. */
const PLACES = ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'];
const STEP = /(?:\^(?:\d+|\{(?:commit)?\})?|~\d*)/g;
const WITH_STEPS = /^(.*?)((?:\^(?:\d+|\{(?:commit)?\})?|~\d*)*)$/s;

/** Names, object ids, `^n`, `~n` and `^{commit}`; anything else of gitrevisions(7) is refused by name. */
export async function resolveRevision(revision: string, reader: RevisionReader): Promise<Oid | null> {
  const [, base = '', steps = ''] = WITH_STEPS.exec(revision) ?? [];
  if (/@\{|[:^~]|-g[0-9a-f]{4,}$/.test(base))
    throw new GitError(
      'unsupported',
      `without a git binary the revision ${revision} can't be resolved`,
      'Give a branch, a tag or an object id; or install git.',
    );
  let id = await resolveBase(base === '@' ? 'HEAD' : base, reader);
  for (const [step] of steps.matchAll(STEP)) {
    if (id === null) return null;
    id = await follow(id, step, reader);
  }
  return id === null ? null : reader.peel(id);
}

async function resolveBase(name: string, reader: RevisionReader): Promise<Oid | null> {
  if (name === '') return null;
  if (isOid(name)) return name;
  for (const place of PLACES) {
    const found = await resolveRef(place + name, reader);
    if (found !== null) return found;
  }
  const remoteHead = await resolveRef(`refs/remotes/${name}/HEAD`, reader);
  if (remoteHead !== null) return remoteHead;
  if (!/^[0-9a-f]{4,63}$/.test(name)) return null;
  const [first = null, second] = await reader.expand(name);
  if (second !== undefined)
    throw new GitError('failed', `${name} is ambiguous: several objects start with it`, 'Give more digits.');
  return first;
}

/** Follows symbolic refs, five deep as git does. */
export async function resolveRef(name: string, reader: Pick<RevisionReader, 'ref'>): Promise<Oid | null> {
  let current = name;
  for (let depth = 0; depth < 5; depth += 1) {
    const value = await reader.ref(current);
    if (value === null) return null;
    if ('oid' in value) return value.oid;
    current = value.to;
  }
  throw new GitError('failed', `${name}: symbolic refs that lead to each other`, `git symbolic-ref ${name}`);
}

async function follow(id: Oid, step: string, reader: RevisionReader): Promise<Oid | null> {
  const commit = await reader.peel(id);
  if (commit === null || step.startsWith('^{')) return commit;
  const number = step.length === 1 ? 1 : Number(step.slice(1));
  if (step.startsWith('^'))
    return number === 0 ? commit : ((await reader.parents(commit))[number - 1] ?? null);
  let current: Oid | null = commit;
  for (let count = 0; count < number && current !== null; count += 1)
    current = (await reader.parents(current))[0] ?? null;
  return current;
}
