import type { RepoPath } from '../../model/brand.js';
import type { ImportSite } from '../../model/edges.js';
import type { Links } from '../links.js';
import {
  NOT_COMPARABLE,
  type PlaceSink,
  type ResolverContext,
  resolutionKey,
  walkPlaces,
} from '../resolve/index.js';
import { folderOf } from '../resolve/paths.js';
import { coarseStemOf } from './coarse-stem.js';
import { Numbers } from './growing.js';
import { hashText } from './hash.js';

/** Keys that no path is equal to: a path holds no NUL. */
export const governedKey = (folder: string): number => hashText(`\0g${folder}`);
export const workspaceKey = (name: string): number => hashText(`\0w${name}`);
export const externalKey = (name: string): number => hashText(`\0x${name}`);
export const manifestKey = (folder: string): number => hashText(folder);

/** By what an added or deleted path is found: its own stem, and that its folder has one member more or less. */
export function keysOfPath(path: string): readonly [number, number] {
  return [hashText(coarseStemOf(path)), hashText(folderPlace(path))];
}

export function folderPlace(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1) || '/';
}

/** Collects what the imports of one file after the other depend on. */
export class PlaceReader implements PlaceSink {
  /** Every folder that was asked about so far. */
  readonly folders = new Set<string>();
  /** By the number of the import's key. */
  private readonly known: Uint32Array[] = [];
  private found = new Set<number>();
  /** Hashes of one file's imports, with repetitions. */
  private readonly all = new Numbers();
  private from = '';
  private last = '';

  constructor(
    private readonly context: ResolverContext,
    private readonly links: Links,
  ) {}

  /** @returns hashes, ascending */
  read(from: RepoPath, sites: readonly ImportSite[]): Uint32Array {
    this.all.length = 0;
    for (const site of sites) this.all.pushAll(this.ofSite(from, site));
    return distinct(this.all.slice(0, this.all.length));
  }

  private ofSite(from: RepoPath, site: ImportSite): Uint32Array {
    const key = resolutionKey(this.context, from, site);
    const known = key === NOT_COMPARABLE ? undefined : this.known[key];
    if (known !== undefined) return known;
    this.found = new Set();
    this.from = from;
    this.last = '\0';
    walkPlaces(this.context, from, site, this);
    const found = Uint32Array.from(this.found);
    if (key !== NOT_COMPARABLE) this.known[key] = found;
    return found;
  }

  place(path: string): void {
    this.add(path);
    if (this.links.size === 0) return;
    const isFolder = path.endsWith('/') && path !== '/';
    const real = this.links.place(isFolder ? path.slice(0, -1) : path);
    if (real !== null && real !== path) this.add(isFolder ? `${real}/` : real);
  }

  manifest(folder: string): void {
    this.found.add(manifestKey(folder));
  }

  /** Of its own folder a file needs no note. */
  governing(path: string): void {
    if (path === this.from) return;
    const folder = folderOf(path);
    this.folders.add(folder);
    this.found.add(governedKey(folder));
  }

  workspace(name: string): void {
    this.found.add(workspaceKey(name));
  }

  external(name: string): void {
    this.found.add(externalKey(name));
  }

  /** Dozens of spellings of one place come in a row. */
  private add(path: string): void {
    const stem = path.endsWith('/') ? path : coarseStemOf(path);
    if (stem === this.last) return;
    this.last = stem;
    this.found.add(hashText(stem));
  }
}

/** A copy, ascending. */
function distinct(hashes: Uint32Array): Uint32Array {
  hashes.sort();
  let count = 0;
  for (let at = 0; at < hashes.length; at++)
    if (at === 0 || hashes[at] !== hashes[at - 1]) hashes[count++] = hashes[at] ?? 0;
  return hashes.slice(0, count);
}
