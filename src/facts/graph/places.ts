import type { RepoPath } from '../../model/brand.js';
import type { ImportSite } from '../../model/edges.js';
import type { Links } from '../links.js';
import { type PlaceSink, type ResolverContext, resolutionKey, walkPlaces } from '../resolve/index.js';
import { folderOf } from '../resolve/paths.js';
import { coarseStemOf } from './coarse-stem.js';
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
  private readonly known = new Map<string, Uint32Array>();
  private found = new Set<number>();
  private from = '';
  private last = '';

  constructor(
    private readonly context: ResolverContext,
    private readonly links: Links,
  ) {}

  /** @returns hashes, ascending */
  read(from: RepoPath, sites: readonly ImportSite[]): Uint32Array {
    const all = new Set<number>();
    for (const site of sites) for (const hash of this.ofSite(from, site)) all.add(hash);
    return Uint32Array.from(all).sort();
  }

  private ofSite(from: RepoPath, site: ImportSite): Iterable<number> {
    const key = resolutionKey(this.context, from, site);
    const known = key === null ? undefined : this.known.get(key);
    if (known !== undefined) return known;
    this.found = new Set();
    this.from = from;
    this.last = '\0';
    walkPlaces(this.context, from, site, this);
    if (key !== null) this.known.set(key, Uint32Array.from(this.found));
    return this.found;
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
