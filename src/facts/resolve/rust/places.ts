import { baseName, below, folderOf, relativeTo } from '../paths.js';
import { type RustCrate, within } from './context.js';

/** Where a crate's modules lie: a folder, and the files that may be its root. */
export interface Base {
  readonly folder: string;
  readonly roots: readonly string[];
}

const ROOT =
  /^(?:build\.rs|src\/(?:lib|main)\.rs|src\/bin\/(?:[^/]+\/main|[^/]+)\.rs|(?:tests|examples|benches)\/(?:[^/]+\/main|[^/]+)\.rs)$/;
/** A folder below these may be a target of its own. */
const TARGETS = /^(src\/bin|tests|examples|benches)\/(?:([^/]+)\/)?/;

/** Is the file the root of a crate, by what the manifest says or by where Cargo looks? */
function isRoot(crate: RustCrate | undefined, path: string): boolean {
  if (crate === undefined) return /^(?:lib|main)\.rs$/.test(baseName(path));
  return crate.lib === path || crate.roots?.includes(path) === true || ROOT.test(within(crate, path));
}

/** The folder in which the files of a module's own modules lie. */
export function moduleFolder(crate: RustCrate | undefined, path: string): string {
  if (baseName(path) === 'mod.rs' || isRoot(crate, path)) return folderOf(path);
  return path.replace(/\.rs$/, '');
}

/** Where `crate::` of a file may start, the likeliest first. */
export function basesOf(crate: RustCrate | undefined, path: string): readonly Base[] {
  if (isRoot(crate, path)) return [{ folder: folderOf(path), roots: [path] }];
  if (crate === undefined) return [{ folder: folderOf(path), roots: [] }];
  const bases: Base[] = [];
  const named = [crate.lib, ...(crate.roots ?? [])].filter(
    root => root !== below(crate.folder, 'src/lib.rs') && relativeTo(folderOf(root), path) !== null,
  );
  const folders = [...new Set(named.map(folderOf))].sort((one, other) => other.length - one.length);
  for (const folder of folders)
    bases.push({ folder, roots: named.filter(root => folderOf(root) === folder) });
  const inside = within(crate, path);
  const target = TARGETS.exec(inside);
  if (target !== null) {
    const folder = below(crate.folder, target[1] ?? '');
    if (target[2] !== undefined)
      bases.push({ folder: below(folder, target[2]), roots: [`${below(folder, target[2])}/main.rs`] });
    bases.push({ folder, roots: [] });
  }
  if (inside.startsWith('src/')) {
    const folder = below(crate.folder, 'src');
    bases.push({ folder, roots: [`${folder}/lib.rs`, `${folder}/main.rs`] });
  }
  if (bases.length === 0) bases.push({ folder: crate.folder, roots: [] });
  return bases;
}
