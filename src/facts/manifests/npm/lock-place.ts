import { ManifestError } from '../format.js';
import { isArchiveAddress } from './lock-fields.js';
import type { Folder, LockNode } from './lock-reader.js';
import type { TextIds } from './text-ids.js';

/** Longer than any path that a system takes. */
const MAX_KEY = 10_000;
const MODULES = 'node_modules/';

/** Where the nodes of a lock file lie, and how npm finds one from another. */
export class Places {
  readonly top: LockNode | null;
  /** By the number of a key. */
  private readonly byKey: (Folder | undefined)[] = [];
  /** By the number of a name: the one node that is called so, or, of several, each by what it lies in. */
  private readonly named: (LockNode | Map<Folder, LockNode> | undefined)[] = [];
  private texts: Map<string, LockNode> | null = null;

  constructor(
    private readonly ids: TextIds,
    private readonly nodes: readonly LockNode[],
  ) {
    for (const node of nodes) {
      if (!isPlain(node.key)) throw notAPlace(node.key, node.line);
      this.byKey[node.id] = node;
    }
    this.top = nodes.find(node => node.key === '') ?? null;
    for (const node of nodes) {
      node.byUrl = isArchiveAddress(node.resolved);
      node.called = nameAt(node.key);
      if (node.called === null) node.parent = this.enclosing(node);
      else {
        node.parent = this.above(node, node.key.length, node.called);
        this.call(node, node.called);
      }
    }
  }

  /** The node of a key; `null`: the lock file doesn't have it. */
  at(key: string): LockNode | null {
    this.texts ??= new Map(this.nodes.map(node => [node.key, node]));
    return this.texts.get(key) ?? null;
  }

  /** Beside, then further up. @param id the number of a name */
  find(from: LockNode, id: number): LockNode | null {
    const found = this.named[id];
    if (found === undefined) return null;
    for (let at: Folder | null = from; at !== null; at = at.parent) {
      if (found instanceof Map) {
        const here = found.get(at);
        if (here !== undefined) return here;
      } else if (found.parent === at) return found;
    }
    return null;
  }

  private call(node: LockNode, name: string): void {
    const { parent } = node;
    if (parent === null) return;
    const end = node.start + node.key.length;
    const id = this.ids.id(end - name.length, end);
    const known = this.named[id];
    if (known === undefined) this.named[id] = node;
    else if (known instanceof Map) known.set(parent, node);
    else {
      const all = new Map<Folder, LockNode>([[parent, node]]);
      if (known.parent !== null) all.set(known.parent, known);
      this.named[id] = all;
    }
  }

  /** What holds the `node_modules` that ends, with a name in it, after so many characters of the key. */
  private above(node: LockNode, length: number, name: string): Folder {
    const end = length - name.length - MODULES.length;
    if (end <= 0 && this.top !== null) return this.top;
    return this.folder(node, Math.max(end - 1, 0));
  }

  /** The folder of the first characters of a key, whether the lock file has it or not. */
  private folder(node: LockNode, length: number): Folder {
    const id = this.ids.id(node.start, node.start + length);
    const known = this.byKey[id];
    if (known !== undefined) return known;
    const folder: Folder = { parent: null };
    this.byKey[id] = folder;
    const name = nameAt(node.key.slice(0, length));
    if (name !== null) folder.parent = this.above(node, length, name);
    return folder;
  }

  /** The node whose folder holds a project's folder; `null`: none of them does. */
  private enclosing({ key, start }: LockNode): Folder | null {
    if (key === '') return null;
    for (let at = key.lastIndexOf('/'); at > 0; at = key.lastIndexOf('/', at - 1)) {
      const found = this.byKey[this.ids.id(start, start + at)];
      if (found !== undefined && 'key' in found) return found;
    }
    return key.startsWith('..') ? null : this.top;
  }
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
