import type { DependencyEntry, DependencySource } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import { gitSource } from './git-url.js';
import { isWeb, type LockNode } from './lock-node.js';
import { pathSource, within } from './paths.js';
import { isMember, workspaceGlobs } from './workspaces.js';

export interface LockedTree {
  readonly entries: readonly DependencyEntry[];
  readonly roots: Readonly<Record<string, readonly string[]>>;
}

/** One key of `packages`: a folder that a package lies in, a project, or a link to one. */
interface Place {
  readonly key: string;
  /** The folder's name below `node_modules/`; `null`: a project's folder. */
  readonly name: string | null;
  /** `null`: nothing lies there, but something does below it. */
  node: LockNode | null;
  parent: Place | null;
  children: Map<string, Place> | null;
  direct: boolean;
  /** Comes from an address that isn't of a registry's form, or that a project asks for as such. */
  byUrl: boolean;
  requires: readonly string[];
  target: Place | null;
}

type Listed = Place & { readonly node: LockNode };

/** Longer than any path that a system takes. */
const MAX_KEY = 10_000;
const NONE: readonly string[] = [];
const MODULES = 'node_modules/';

/** Entries, roots and edges of `packages`, which versions 2 and 3 have. */
export function lockedPackages(nodes: readonly LockNode[], folder: string): LockedTree {
  const places = new Map<string, Place>();
  const top = placeAt(places, '', 1);
  const listed = nodes.map(node => {
    const place = placeAt(places, node.key, node.line);
    place.node = node;
    if (place.name !== null && place.parent !== null) {
      place.parent.children ??= new Map();
      place.parent.children.set(place.name, place);
    }
    place.byUrl = node.resolved !== null && isWeb(node.resolved) && !node.resolved.includes('/-/');
    return place as Listed;
  });
  const members = workspaceGlobs(top.node?.workspaces, '');
  const projects = new Set([top]);
  for (const place of listed) {
    if (place.name === null && place !== top) place.parent = enclosing(places, place.key);
    if (!place.node.link) continue;
    place.target = linkTarget(places, place);
    if (place.target.name === null) projects.add(place.target);
  }
  for (const place of listed) if (place !== top) place.requires = reached(place, false);
  const roots: Record<string, readonly string[]> = Object.create(null);
  for (const project of projects) {
    const wanted = new Set(reached(project, true));
    // To npm the root of a workspace wants its members.
    if (project === top && members.length > 0)
      for (const { key, target } of listed)
        if (target !== null && isMember(members, target.key)) wanted.add(key);
    const at = within(folder, project.key);
    if (at !== null) roots[at] = [...wanted];
    for (const key of wanted) placeAt(places, key, 1).direct = true;
  }
  const entries: DependencyEntry[] = [];
  for (const place of listed) {
    if (place.name === null && (projects.has(place) || place.node.resolved === null)) continue;
    entries.push(entryOf(place, folder, members));
  }
  return { entries, roots };
}

/** The place of a key, and the places above it. */
function placeAt(places: Map<string, Place>, key: string, line: number): Place {
  const known = places.get(key);
  if (known !== undefined) return known;
  if (key.length > MAX_KEY) throw new ManifestError('A place of the lock file is too long', line);
  const cut = key.lastIndexOf(MODULES);
  let name: string | null = null;
  let parent: Place | null = null;
  if (cut === 0 || (cut > 0 && key.charCodeAt(cut - 1) === 47)) {
    const rest = key.slice(cut + MODULES.length);
    const slash = rest.indexOf('/');
    const scoped = rest.charCodeAt(0) === 64;
    if (scoped ? slash > 1 && !rest.includes('/', slash + 1) : slash === -1) {
      name = rest;
      parent = placeAt(places, cut === 0 ? '' : key.slice(0, cut - 1), line);
    }
  }
  if (!isPlain(key, name))
    throw new ManifestError(`"${key}" of the lock file is not a place that npm would write`, line);
  const place: Place = {
    key,
    name,
    node: null,
    parent,
    children: null,
    direct: false,
    byUrl: false,
    requires: NONE,
    target: null,
  };
  places.set(key, place);
  return place;
}

/** npm resolves `a/../b` and `a\b`: under such a key a package would lie elsewhere than it says. */
function isPlain(key: string, name: string | null): boolean {
  if (name === '' || key.startsWith('/') || key.includes('\\')) return false;
  if (!key.includes('.') && !key.includes('//')) return true;
  let inside = false;
  for (const part of key.split('/')) {
    if (part === '.' || (part === '..' && inside) || (part === '' && key !== '')) return false;
    inside ||= part !== '..';
  }
  return name !== '..';
}

/** The place whose folder holds a project's folder; `null`: none of them does. */
function enclosing(places: ReadonlyMap<string, Place>, key: string): Place | null {
  for (let at = key.lastIndexOf('/'); at > 0; at = key.lastIndexOf('/', at - 1)) {
    const found = places.get(key.slice(0, at));
    if (found !== undefined && found.node !== null) return found;
  }
  return key.startsWith('..') ? null : (places.get('') ?? null);
}

/** A project's folder names it, where the lock file doesn't: so npm has it. */
function folderName(key: string): string {
  const parts = key.split('/');
  const last = parts.at(-1) ?? '';
  const scope = parts.at(-2) ?? '';
  return scope.startsWith('@') ? `${scope}/${last}` : last;
}

function linkTarget(places: ReadonlyMap<string, Place>, link: Listed): Place {
  const to = link.node.resolved;
  const target = to === null ? undefined : places.get(to);
  if (target !== undefined && target.node !== null) return target;
  throw new ManifestError(
    `${link.key} leads to "${to ?? ''}", which the lock file doesn't have`,
    link.node.line,
    'Write the lock file anew with `npm install`.',
  );
}

function find(from: Place, name: string): Place | null {
  for (let at: Place | null = from; at !== null; at = at.parent) {
    const found = at.children?.get(name);
    if (found !== undefined) return found;
  }
  return null;
}

/** Ids of what is asked for, as npm finds it: beside, then further up. What isn't there is no edge. */
function reached(place: Place, project: boolean): string[] {
  const from = place.target ?? place;
  const { node } = from;
  if (node === null) return [];
  const found: string[] = [];
  for (const name of node.runtime) follow(from, name, project, node, found);
  if (project) for (const name of node.development) follow(from, name, project, node, found);
  return found;
}

function follow(from: Place, name: string, project: boolean, node: LockNode, found: string[]): void {
  const to = find(from, name);
  if (to === null) return;
  // A range leads to a registry, whatever its addresses look like.
  if (to.byUrl || project) to.byUrl = node.addressed.includes(name);
  // A project's many are told apart by a set.
  if (project || !found.includes(to.key)) found.push(to.key);
}

function entryOf(place: Listed, folder: string, members: readonly string[]): DependencyEntry {
  const { node, target } = place;
  const own = target?.node ?? node;
  const called = place.name ?? place.key;
  const name = own.name ?? (target === null ? called : folderName(target.key));
  return {
    id: place.key,
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

function sourceOf(place: Listed, folder: string, members: readonly string[]): DependencySource {
  const { resolved } = place.node;
  if (place.target !== null) {
    const to = place.target.key;
    if (isMember(members, to)) return { type: 'workspace', path: within(folder, to) };
    return pathSource(folder, to, `file:${to}`);
  }
  if (resolved === null) return { type: 'registry', url: null };
  if (isWeb(resolved)) return { type: place.byUrl ? 'url' : 'registry', url: resolved };
  if (/^(?:git[+:]|ssh:)/i.test(resolved)) return gitSource(resolved);
  if (resolved.startsWith('file:')) return pathSource(folder, resolved.slice(5), resolved);
  return { type: 'url', url: resolved };
}
