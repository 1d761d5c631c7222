import type { DependencyEntry, DependencySource } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import { gitSource } from './git-url.js';
import { type Listed, Places } from './lock-place.js';
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
  const { listed, top } = places;
  const members = workspaceGlobs(top?.node.workspaces, '');
  const projects = new Set<Listed>(top === null ? [] : [top]);
  for (const place of listed) {
    if (!place.node.link) continue;
    place.target = linkTarget(places, place);
    if (place.target.name === null) projects.add(place.target);
  }
  const edges = new Edges(places, read.wants);
  for (const place of listed) if (place !== top) place.requires = edges.of(place, false);
  const roots: Record<string, readonly string[]> = Object.create(null);
  for (const project of projects) {
    const wanted = new Set(edges.of(project, true));
    // To npm the root of a workspace wants its members.
    if (project === top && members.length > 0)
      for (const place of listed)
        if (place.target !== null && isMember(members, place.target.node.key)) {
          place.direct = true;
          wanted.add(place.node.key);
        }
    const at = within(folder, project.node.key);
    if (at !== null) roots[at] = [...wanted];
  }
  const entries: DependencyEntry[] = [];
  for (const place of listed) {
    if (place.name === null && (projects.has(place) || place.node.resolved === null)) continue;
    entries.push(entryOf(place, folder, members));
  }
  return { entries, roots };
}

function linkTarget(places: Places, link: Listed): Listed {
  const to = link.node.resolved;
  const target = to === null ? null : places.at(to);
  if (target !== null) return target;
  throw new ManifestError(
    `${link.node.key} leads to "${to ?? ''}", which the lock file doesn't have`,
    link.node.line,
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

  /** Ids of what a place asks for, as npm finds it. What isn't there is no edge. */
  of(place: Listed, project: boolean): string[] {
    const from = place.target ?? place;
    const { node } = from;
    const found: string[] = [];
    const round = ++this.round;
    for (let index = node.from; index < node.to; index++) {
      const want = this.wants[index] ?? 0;
      if (!project && (want & FOR_DEVELOPMENT) !== 0) continue;
      const to = this.places.find(from, want >> 2);
      if (to === null) continue;
      // A range leads to a registry, whatever its addresses look like.
      if (to.byUrl || project) to.byUrl = (want & BY_ADDRESS) !== 0;
      if (project) to.direct = true;
      if (to.round === round) continue;
      to.round = round;
      found.push(to.node.key);
    }
    return found;
  }
}

function entryOf(place: Listed, folder: string, members: readonly string[]): DependencyEntry {
  const { node, target } = place;
  const own = target?.node ?? node;
  const called = place.name ?? node.key;
  const name = own.name ?? (target === null ? called : folderName(target.node.key));
  return {
    id: node.key,
    role: 'dependency',
    ecosystem: 'npm',
    name,
    ...(name === called ? null : { alias: called }),
    version: own.version,
    range: null,
    scope: own.scope,
    direct: place.direct,
    source: sourceOf(place, folder, members),
    integrity: node.integrity,
    ...(own.license === null ? null : { license: own.license }),
    ...(own.installScript ? { installScript: true as const } : null),
    ...(node.bundled ? { bundled: true as const } : null),
    line: node.line,
    requires: place.requires,
  };
}

/** A project's folder names it, where the lock file doesn't: so npm has it. */
function folderName(key: string): string {
  const parts = key.split('/');
  const last = parts.at(-1) ?? '';
  const scope = parts.at(-2) ?? '';
  return scope.startsWith('@') ? `${scope}/${last}` : last;
}

function sourceOf(place: Listed, folder: string, members: readonly string[]): DependencySource {
  const { resolved } = place.node;
  if (place.target !== null) {
    const to = place.target.node.key;
    if (isMember(members, to)) return { type: 'workspace', path: within(folder, to) };
    return pathSource(folder, to, `file:${to}`);
  }
  if (resolved === null) return { type: 'registry', url: null };
  if (/^https?:/i.test(resolved)) return { type: place.byUrl ? 'url' : 'registry', url: resolved };
  if (/^(?:git[+:]|ssh:)/i.test(resolved)) return gitSource(resolved);
  if (resolved.startsWith('file:')) return pathSource(folder, resolved.slice(5), resolved);
  return { type: 'url', url: resolved };
}
