import type { DependencyEntry, DependencyFile } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import type { DependencyFiles } from '../format.js';
import { isMember } from './workspaces.js';

/** A workspace: its root, and what its members share. */
export interface Home {
  readonly folder: string;
  /** The files that make it one. */
  readonly paths: readonly string[];
  readonly pnpm: boolean;
  /** `catalog/name` → the definition. */
  readonly catalogs: ReadonlyMap<string, DependencyEntry>;
  /** By name. */
  readonly members: ReadonlyMap<string, { readonly folder: string; readonly version: string | null }>;
}

interface Tree {
  readonly files: readonly DependencyFile[];
  /** Folder → the files there that make it a workspace's root. */
  readonly homes: ReadonlyMap<string, readonly DependencyFile[]>;
  readonly built: Map<string, Home>;
}

const TREES = new WeakMap<DependencyFiles, Tree>();

/** The workspace that a folder belongs to: the nearest that names it as a member, or is rooted there. */
export function homeOf(folder: string, files: DependencyFiles): Home | null {
  let tree = TREES.get(files);
  if (tree === undefined) {
    tree = treeOf(files);
    TREES.set(files, tree);
  }
  for (let at: string | null = folder; at !== null; at = at === '' ? null : folderOf(at)) {
    const roots = tree.homes.get(at);
    if (roots === undefined) continue;
    const globs = roots.flatMap(file => file.members ?? []);
    if (at === folder || isMember(globs, folder)) return built(tree, at, roots, globs);
  }
  return null;
}

function treeOf(all: DependencyFiles): Tree {
  const files = [...all.all()].filter(file => file.ecosystem === 'npm' && file.role === 'manifest');
  const homes = new Map<string, DependencyFile[]>();
  for (const file of files) {
    const root =
      file.format === 'pnpm-workspace' || file.members !== undefined || catalogsOf(file).length > 0;
    if (!root) continue;
    const folder = folderOf(file.path);
    homes.set(folder, [...(homes.get(folder) ?? []), file]);
  }
  return { files, homes, built: new Map() };
}

function catalogsOf(file: DependencyFile): DependencyEntry[] {
  return file.entries.filter(entry => entry.role === 'definition');
}

function built(tree: Tree, folder: string, roots: readonly DependencyFile[], globs: readonly string[]): Home {
  const known = tree.built.get(folder);
  if (known !== undefined) return known;
  const members = new Map<string, { folder: string; version: string | null }>();
  for (const { format, path, project } of tree.files) {
    const at = folderOf(path);
    if (format !== 'package-json' || project.name === null || members.has(project.name)) continue;
    if (at === folder || isMember(globs, at))
      members.set(project.name, { folder: at, version: project.version });
  }
  const catalogs = new Map(
    roots.flatMap(catalogsOf).map(entry => {
      const cut = entry.id.indexOf('catalogs/');
      return [entry.id.slice(cut + 'catalogs/'.length), entry] as const;
    }),
  );
  const home: Home = {
    folder,
    paths: roots.map(file => file.path),
    pnpm: roots.some(file => file.format === 'pnpm-workspace'),
    catalogs,
    members,
  };
  tree.built.set(folder, home);
  return home;
}
