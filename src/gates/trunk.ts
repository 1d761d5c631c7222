import { TreeReader } from '../change/change.js';
import { createListing } from '../git/listing.js';
import type { Repository } from '../git/repository.js';
import { isZeroOid, type Oid, oid } from '../model/brand.js';
import { PolicyReader } from './policies.js';
import type { GateContext, PushLine, PushTarget } from './types.js';

/** The branch whose decisions govern the others, as the remote has it. */
export interface Trunk {
  /** As the remote names it: `refs/heads/main`. */
  readonly ref: string;
  /** `null`: the remote does not have it yet. */
  readonly tip: Oid | null;
}

/** Looked for, in this order, where the remote's HEAD was never fetched. */
const USUAL_TRUNKS = ['main', 'master', 'trunk', 'develop'];

/**
 * `trunk` in the policy at the remote's HEAD, else the remote's HEAD itself. A client knows the remote's
 * HEAD by its remote-tracking refs (a hint that anyone can forge: the server's own judge has the last
 * word); where git has just read the trunk's own oid for this push, that one counts.
 */
export async function findTrunk(
  context: GateContext,
  target: PushTarget,
  lines: readonly PushLine[],
): Promise<Trunk | null> {
  const remote = await remoteName(context, target);
  const known = remote === null ? new Map<string, Oid>() : await trackingRefs(context, remote);
  const name = await trunkName(context, remote, known, lines);
  if (name === null) return null;
  const ref = `refs/heads/${name}`;
  const pushed = lines.find(line => line.remoteRef === ref);
  const tip =
    pushed === undefined
      ? (known.get(name) ?? null)
      : isZeroOid(pushed.remoteOid)
        ? null
        : oid(pushed.remoteOid);
  return { ref, tip: tip === null ? null : await context.repository.peelToCommit(tip) };
}

/** Pushed by URL, the remote's name is the URL: the remote that is configured with it is meant. */
async function remoteName({ repository }: GateContext, { remote, url }: PushTarget): Promise<string | null> {
  if ((await repository.config(`remote.${remote}.url`)) !== null) return remote;
  for (const name of await remoteNames(repository)) {
    const urls = [
      await repository.config(`remote.${name}.url`),
      await repository.config(`remote.${name}.pushurl`),
    ];
    if (urls.includes(url) || urls.includes(remote)) return name;
  }
  return null;
}

/** Names under which something was fetched; a remote's name may hold slashes, as a branch's may. */
async function remoteNames(repository: Repository): Promise<ReadonlySet<string>> {
  const prefix = 'refs/remotes/';
  const names = new Set<string>();
  for (const ref of (await repository.refs(prefix)).keys()) {
    const parts = ref.slice(prefix.length).split('/');
    for (let count = 1; count < parts.length; count++) names.add(parts.slice(0, count).join('/'));
  }
  return names;
}

/** Branch name → tip, as last fetched or pushed. */
async function trackingRefs({ repository }: GateContext, remote: string): Promise<Map<string, Oid>> {
  const prefix = `refs/remotes/${remote}/`;
  const branches = new Map<string, Oid>();
  for (const [ref, tip] of await repository.refs(prefix)) branches.set(ref.slice(prefix.length), tip);
  return branches;
}

async function trunkName(
  context: GateContext,
  remote: string | null,
  known: ReadonlyMap<string, Oid>,
  lines: readonly PushLine[],
): Promise<string | null> {
  const { repository } = context;
  const head = remote === null ? null : await repository.symbolicRef(`refs/remotes/${remote}/HEAD`);
  const headName = head === null ? null : head.slice(`refs/remotes/${remote ?? ''}/`.length);
  const pushedNames = lines
    .filter(line => line.remoteRef.startsWith('refs/heads/') && !isZeroOid(line.remoteOid))
    .map(line => line.remoteRef.slice('refs/heads/'.length));
  const fallback =
    headName ?? USUAL_TRUNKS.find(name => known.has(name) || pushedNames.includes(name)) ?? null;
  const tip = fallback === null ? undefined : known.get(fallback);
  return (tip === undefined ? null : await declaredTrunk(context, tip)) ?? fallback;
}

async function declaredTrunk(context: GateContext, tip: Oid): Promise<string | null> {
  const { repository, store } = context;
  const commit = await repository.peelToCommit(tip);
  if (commit === null) return null;
  const side = await new TreeReader(repository, createListing).side(commit);
  const loaded = await new PolicyReader(repository, store).load(side);
  return loaded.kind === 'policy' ? (loaded.policy.trunk ?? null) : null;
}
