import { ManifestError } from '../format.js';
import type { LockNode } from './lock-reader.js';
import type { TextIds } from './text-ids.js';

/** One folder of a lock file: a package lies there, a project, a link to one, or only folders that do. */
export interface Place {
  /** The folder's name below `node_modules/`; `null`: a project's folder. */
  readonly name: string | null;
  readonly node: LockNode | null;
  parent: Place | null;
  direct: boolean;
  /** Comes from an address that isn't of a registry's form, or that a project asks for as such. */
  byUrl: boolean;
  /** For whoever collects places: the collection that has it already. */
  round: number;
  requires: readonly string[];
  target: Listed | null;
}

/** A place that the lock file has. */
export type Listed = Place & { readonly node: LockNode };

/** Longer than any path that a system takes. */
const MAX_KEY = 10_000;
const MODULES = 'node_modules/';
const NONE: readonly string[] = [];

/** The places of a lock file, and how npm finds one from another. */
export class Places {
  readonly listed: readonly Listed[];
  readonly top: Listed | null;
  /** By the number of its key. */
  private readonly byKey: (Place | undefined)[] = [];
  /** By the number of its name: the one place that is called so, or, of several, those by what they lie in. */
  private readonly named: (Listed | Map<Place, Listed> | undefined)[] = [];
  private texts: Map<string, Listed> | null = null;

  constructor(
    private readonly ids: TextIds,
    nodes: readonly LockNode[],
  ) {
    const listed: Listed[] = [];
    for (const node of nodes) {
      const { key, id } = node;
      if (!isPlain(key)) throw notAPlace(key, node.line);
      const place: Listed = placeOf(nameAt(key), node);
      this.byKey[id] = place;
      listed.push(place);
    }
    this.listed = listed;
    this.top = listed.find(place => place.node.key === '') ?? null;
    for (const place of listed) {
      place.parent = place.name === null ? this.enclosing(place.node) : this.above(place.node, place.name);
      if (place.name !== null) this.call(place, place.name);
    }
  }

  /** The place of a key; `null`: the lock file doesn't have it. */
  at(key: string): Listed | null {
    this.texts ??= new Map(this.listed.map(place => [place.node.key, place]));
    return this.texts.get(key) ?? null;
  }

  /** Beside, then further up. @param id the number of a name */
  find(from: Place, id: number): Listed | null {
    const found = this.named[id];
    if (found === undefined) return null;
    for (let at: Place | null = from; at !== null; at = at.parent) {
      if (found instanceof Map) {
        const here = found.get(at);
        if (here !== undefined) return here;
      } else if (found.parent === at) return found;
    }
    return null;
  }

  private call(place: Listed, name: string): void {
    const { parent, node } = place;
    if (parent === null) return;
    const end = node.start + node.key.length;
    const id = this.ids.id(end - name.length, end);
    const known = this.named[id];
    if (known === undefined) this.named[id] = place;
    else if (known instanceof Map) known.set(parent, place);
    else {
      const all = new Map<Place, Listed>([[parent, place]]);
      if (known.parent !== null) all.set(known.parent, known);
      this.named[id] = all;
    }
  }

  /** What holds the `node_modules` that the package lies in. */
  private above(node: LockNode, name: string): Place {
    const end = node.key.length - name.length - MODULES.length;
    if (end === 0 && this.top !== null) return this.top;
    return this.placeAt(node, end <= 0 ? 0 : end - 1);
  }

  /** The place of the first characters of a key: where nothing lies, folders do. */
  private placeAt(node: LockNode, length: number): Place {
    const id = this.ids.id(node.start, node.start + length);
    const known = this.byKey[id];
    if (known !== undefined) return known;
    const key = node.key.slice(0, length);
    const name = nameAt(key);
    const place = placeOf(name, null);
    this.byKey[id] = place;
    if (name !== null) {
      const end = length - name.length - MODULES.length;
      place.parent = this.placeAt(node, end <= 0 ? 0 : end - 1);
    }
    return place;
  }

  /** The place whose folder holds a project's folder; `null`: none of them does. */
  private enclosing({ key, start }: LockNode): Place | null {
    if (key === '') return null;
    for (let at = key.lastIndexOf('/'); at > 0; at = key.lastIndexOf('/', at - 1)) {
      const found = this.byKey[this.ids.id(start, start + at)];
      if (found !== undefined && found.node !== null) return found;
    }
    return key.startsWith('..') ? null : this.top;
  }
}

function placeOf<T extends LockNode | null>(name: string | null, node: T) {
  const resolved = node?.resolved ?? null;
  return {
    name,
    node,
    parent: null as Place | null,
    direct: false,
    byUrl: resolved !== null && /^https?:/i.test(resolved) && !resolved.includes('/-/'),
    round: 0,
    requires: NONE,
    target: null as Listed | null,
  };
}

/** `name` or `@scope/name` after the last `node_modules/`; `null`: the key ends otherwise. */
function nameAt(key: string): string | null {
  const cut = key.lastIndexOf(MODULES);
  if (cut === -1 || (cut > 0 && key.charCodeAt(cut - 1) !== 47)) return null;
  const name = key.slice(cut + MODULES.length);
  const slash = name.indexOf('/');
  if (name.charCodeAt(0) !== 64) return slash === -1 ? name : null;
  return slash > 1 && !name.includes('/', slash + 1) ? name : null;
}

export function notAPlace(key: string, line: number): ManifestError {
  return new ManifestError(
    `${JSON.stringify(key)} of the lock file is not a place that npm would write`,
    line,
  );
}

/** npm resolves `a/../b`: under such a key a package would lie elsewhere than it says. */
function isPlain(key: string): boolean {
  if (key === '') return true;
  if (key.length > MAX_KEY || /^\/|\/$/.test(key)) return false;
  if (!key.includes('.') && !key.includes('//')) return true;
  let inside = false;
  for (const part of key.split('/')) {
    if (part === '' || part === '.' || (part === '..' && inside)) return false;
    inside ||= part !== '..';
  }
  return true;
}
