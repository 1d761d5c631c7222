import { type RepoPath, repoPath } from '../../model/brand.js';
import type { FileChange } from '../../model/tree.js';
import { assemble, type Kept } from './assemble.js';
import { codeFiles } from './create.js';
import { MEMBER } from './import-graph.js';
import { Staging } from './staging.js';
import { findSuspects } from './suspects.js';
import type { GraphSource, TreeGraph, TreeProgress } from './tree-graph.js';

export interface Updated {
  /** `imports` is the known one where nothing of it changed; the known graph itself where nothing at all did. */
  readonly graph: TreeGraph;
  /**
   * Files that did not change and whose imports end elsewhere now, or may be meant otherwise. Sorted.
   */
  readonly reresolved: readonly RepoPath[];
}

/**
 * Makes the graph of a tree from that of another one.
 * @param changes all that the tree differs by from the known one
 * @returns what `createTreeGraph` would make, but for the numbers of its nodes
 */
export async function updateGraph(
  known: TreeGraph,
  source: GraphSource,
  changes: readonly FileChange[],
  progress?: TreeProgress,
): Promise<Updated> {
  const suspects = findSuspects(known, source, changes);
  const files = suspects.all ? codeFiles(source.listing) : [...suspects.files];
  const staging = new Staging(known, source);
  const gone = goneRows(known, changes, suspects.all ? new Set<string>(files) : null);
  await source.read(files, file => staging.add(file), progress);
  for (const path of staging.absent) drop(known, path, gone);
  const importers = mixedImporters(known, staging, gone);
  await source.read(importers, file => staging.add(file));
  for (const path of staging.absent) drop(known, path, gone);
  const folderChanged = (name: string): boolean =>
    suspects.all ||
    (known.links.length > 0 && suspects.folders.size > 0) ||
    suspects.folders.has(name === './' ? '/' : name);
  return settle(known, staging, { gone, folderChanged }, changes);
}

/** @param all every code file of the new tree, where all of them are read */
function goneRows(
  known: TreeGraph,
  changes: readonly FileChange[],
  all: ReadonlySet<string> | null,
): Uint8Array {
  const gone = new Uint8Array(known.files);
  if (all === null) {
    for (const { path, after } of changes) if (after === null) drop(known, path, gone);
    return gone;
  }
  for (let node = 0; node < known.files; node++) if (!all.has(known.imports.names.at(node))) gone[node] = 1;
  return gone;
}

function drop(known: TreeGraph, path: string, gone: Uint8Array): void {
  const node = rowOf(known, path);
  if (node !== -1) gone[node] = 1;
}

function rowOf(known: TreeGraph, path: string): number {
  return known.imports.names.all(path).find(node => node < known.files) ?? -1;
}

/**
 * Files that say something of a node of which its importers say different things, when one of those says something
 * else now: what it is left with can only be found by asking all of them.
 */
function mixedImporters(known: TreeGraph, staging: Staging, gone: Uint8Array): readonly RepoPath[] {
  const { imports, notes, files } = known;
  if (!notes.mixed.includes(1)) return [];
  const touched = new Set<number>();
  const touch = (node: number): void => {
    if (node < imports.size && notes.isMixed(node)) touched.add(node);
  };
  for (const node of staging.said.keys()) touch(node);
  for (let row = 0; row < files; row++) {
    if (gone[row] !== 1 && !staging.rows.has(row)) continue;
    for (let edge = imports.starts[row] ?? 0; edge < (imports.starts[row + 1] ?? 0); edge++)
      touch(imports.targets[edge] ?? 0);
  }
  if (touched.size === 0) return [];
  const importers: RepoPath[] = [];
  for (let row = 0; row < files; row++) {
    if (gone[row] === 1 || staging.rows.has(row)) continue;
    const targets = imports.targets.subarray(imports.starts[row], imports.starts[row + 1]);
    if (targets.some(node => touched.has(node))) importers.push(repoPath(imports.names.at(row)));
  }
  return importers;
}

function settle(known: TreeGraph, staging: Staging, kept: Kept, changes: readonly FileChange[]): Updated {
  const changed = new Set(changes.map(({ path }) => path));
  const reresolved: RepoPath[] = [];
  let isSame = !kept.gone.includes(1);
  for (const node of staging.rows.nodes) {
    const isRow = node < known.files;
    const ends = isRow && sameEnds(known, staging, node);
    if (!ends || !samePlaces(known, staging, node)) isSame = false;
    const path = repoPath(staging.ids.nameOf(node));
    if (!ends && !changed.has(path)) reresolved.push(path);
  }
  // A link that led to a file and leads to a folder now.
  for (const path of staging.absent)
    if (!changed.has(path) && rowOf(known, path) !== -1) reresolved.push(path);
  reresolved.sort();
  if (isSame && sameMembers(known, staging, kept)) {
    return { graph: withSurroundings(known, staging), reresolved };
  }
  return { graph: assemble(staging, kept), reresolved };
}

/** The same graph of another tree: only what it was made by may differ. */
function withSurroundings(known: TreeGraph, { source }: Staging): TreeGraph {
  const links = source.links.texts();
  const { context } = source;
  if (same(known.links, links) && same(known.context, context)) return known;
  const { imports, files, errors, places, notes, folders } = known;
  return { imports, files, errors, places, notes, folders, context, links };
}

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** Are edges, their lines, what is said of their targets and the error the same? */
function sameEnds(known: TreeGraph, staging: Staging, node: number): boolean {
  const { imports, notes } = known;
  let edge = imports.starts[node] ?? 0;
  const end = imports.starts[node + 1] ?? 0;
  if (staging.rows.length(node) !== end - edge) return false;
  let isSame = true;
  staging.rows.each(node, (to, kind, line) => {
    if (imports.targets[edge] !== to || imports.kinds[edge] !== kind || imports.lines[edge] !== line)
      isSame = false;
    edge += 1;
    const said = staging.said.get(to);
    if (said !== undefined && (said.size > 1 || !said.has(notes.text(to) ?? ''))) isSame = false;
  });
  if (!isSame) return false;
  const path = imports.names.at(node);
  const before = known.errors.find(error => error.path === path);
  return same(before, staging.errors.get(node));
}

function samePlaces(known: TreeGraph, staging: Staging, node: number): boolean {
  const { starts, hashes } = known.places;
  const before = hashes.subarray(starts[node], starts[node + 1]);
  const after = staging.rows.places(node);
  return before.length === after.length && before.every((hash, at) => hash === after[at]);
}

function sameMembers(known: TreeGraph, staging: Staging, { folderChanged }: Kept): boolean {
  const { imports, notes, files } = known;
  for (let node = files; node < imports.size; node++) {
    if (staging.ids.typeOf(node) !== 'folder') continue;
    const name = imports.names.at(node);
    if (!folderChanged(name)) continue;
    const before = [...imports.targets.subarray(imports.starts[node], imports.starts[node + 1])];
    if (imports.kinds[imports.starts[node] ?? 0] !== MEMBER && before.length > 0) return false;
    const after = staging.source
      .members(name.slice(0, -1), notes.list(node))
      .map(path => staging.ids.treeId(path));
    if (before.sort(ascending).join() !== after.sort(ascending).join()) return false;
  }
  return true;
}

function ascending(one: number, other: number): number {
  return one - other;
}
