import type { DependencyEntry, DependencySource } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import { gitSource } from './git-url.js';
import { Places } from './lock-place.js';
import { BY_ADDRESS, FOR_DEVELOPMENT, type LockNode, type ReadLock } from './lock-reader.js';
import { pathSource, within } from './paths.js';
import { isMember, workspaceGlobs } from './workspaces.js';

export interface LockedTree {
  readonly entries: readonly DependencyEntry[];
  readonly roots: Readonly<Record<string, readonly string[]>>;
}

/**
 * Entries, roots and edges of `packages`, which versions 2 and 3 have.
 * @throws ManifestError where a link leads nowhere, or a key is no place
 */
export function lockedPackages(read: ReadLock, nodes: readonly LockNode[], folder: string): LockedTree {
  const places = new Places(read.ids, nodes);
  const { top } = places;
  const members = workspaceGlobs(top?.workspaces, '');
  const projects = new Set<LockNode>(top === null ? [] : [top]);
  for (const node of nodes) {
    if (!node.link) continue;
    node.target = linkTarget(places, node);
    if (node.target.called === null) projects.add(node.target);
  }
  const edges = new Edges(places, read.wants);
  for (const node of nodes) if (node !== top) node.requires = edges.of(node, false);
  const roots: Record<string, readonly string[]> = Object.create(null);
  for (const project of projects) {
    const wanted = new Set(edges.of(project, true));
    // To npm the root of a workspace wants its members.
    if (project === top && members.length > 0)
      for (const node of nodes)
        if (node.target !== null && isMember(members, node.target.key)) {
          node.direct = true;
          wanted.add(node.key);
        }
    const at = within(folder, project.key);
    if (at !== null) roots[at] = [...wanted];
  }
  const entries: DependencyEntry[] = [];
  for (const node of nodes) {
    if (node.called === null && (projects.has(node) || node.resolved === null)) continue;
    entries.push(entryOf(node, folder, members));
  }
  return { entries, roots };
}

function linkTarget(places: Places, link: LockNode): LockNode {
  const target = link.resolved === null ? null : places.at(link.resolved);
  if (target !== null) return target;
  throw new ManifestError(
    `${link.key} leads to "${link.resolved ?? ''}", which the lock file doesn't have`,
    link.line,
    'Write the lock file anew with `npm install`.',
  );
}

/** Who asks for what. */
class Edges {
  private round = 0;

  constructor(
    private readonly places: Places,
    private readonly wants: readonly number[],
  ) {}

  /** Ids of what a node asks for, as npm finds it. What isn't there is no edge. */
  of(node: LockNode, project: boolean): string[] {
    const from = node.target ?? node;
    const found: string[] = [];
    const round = ++this.round;
    for (let index = from.from; index < from.to; index++) {
      const want = this.wants[index] ?? 0;
      if (!project && (want & FOR_DEVELOPMENT) !== 0) continue;
      const to = this.places.find(from, want >> 2);
      if (to === null) continue;
      // A range leads to a registry, whatever its addresses look like.
      if (to.byUrl || project) to.byUrl = (want & BY_ADDRESS) !== 0;
      if (project) to.direct = true;
      if (to.round === round) continue;
      to.round = round;
      found.push(to.key);
    }
    return found;
  }
}

export function entryOf(node: LockNode, folder: string, members: readonly string[]): DependencyEntry {
  const { target } = node;
  const own = target ?? node;
  const called = node.called ?? node.key;
  const name = own.name ?? (target === null ? called : folderName(target.key));
  return {
    id: node.key,
    role: 'dependency',
    ecosystem: 'npm',
    name,
    ...(name === called ? null : { alias: called }),
    version: own.version,
    range: null,
    scope: own.scope,
    direct: node.direct,
    source: sourceOf(node, folder, members),
    integrity: node.integrity,
    ...(own.license === null ? null : { license: own.license }),
    ...(own.installScript ? { installScript: true as const } : null),
    ...(node.bundled ? { bundled: true as const } : null),
    line: node.line,
    requires: node.requires,
  };
}

/** A project's folder names it, where the lock file doesn't: so npm has it. */
function folderName(key: string): string {
  const parts = key.split('/');
  const last = parts.at(-1) ?? '';
  const scope = parts.at(-2) ?? '';
  return scope.startsWith('@') ? `${scope}/${last}` : last;
}

function sourceOf(node: LockNode, folder: string, members: readonly string[]): DependencySource {
  const { resolved, target } = node;
  if (target !== null) {
    if (isMember(members, target.key)) return { type: 'workspace', path: within(folder, target.key) };
    return pathSource(folder, target.key, `file:${target.key}`);
  }
  if (resolved === null) return { type: 'registry', url: null };
  if (/^https?:/i.test(resolved)) return { type: node.byUrl ? 'url' : 'registry', url: resolved };
  if (/^(?:git[+:]|ssh:)/i.test(resolved)) return gitSource(resolved);
  if (resolved.startsWith('file:')) return pathSource(folder, resolved.slice(5), resolved);
  return { type: 'url', url: resolved };
}
