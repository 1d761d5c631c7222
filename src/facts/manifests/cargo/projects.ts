import type { DependencyFile } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import type { DependencyFiles } from '../format.js';
import { inheritedProject, workspaceOf } from './workspace.js';

/** Where the packages without a source lie: the manifests of that name and version, of this workspace first. */
export function linkLock(file: DependencyFile, files: DependencyFiles): DependencyFile {
  const folder = folderOf(file.path);
  const candidates = new Map<string, DependencyFile[]>();
  for (const manifest of files.all()) {
    const { name } = manifest.project;
    if (manifest.format !== 'cargo-toml' || name === null) continue;
    const list = candidates.get(name);
    if (list === undefined) candidates.set(name, [manifest]);
    else list.push(manifest);
  }
  const roots: Record<string, readonly string[]> = Object.create(null);
  const entries = file.entries.map(entry => {
    if (entry.source.type !== 'workspace' || entry.role !== 'dependency') return entry;
    const name = entry.id.slice(0, entry.id.indexOf('@'));
    const at = nearest(candidates.get(name) ?? [], entry.version, folder, files);
    if (at === null) return entry;
    roots[at] = entry.requires ?? [];
    return { ...entry, source: { type: 'workspace' as const, path: at } };
  });
  return { ...file, entries, roots: { ...roots } };
}

function nearest(
  manifests: readonly DependencyFile[],
  version: string | null,
  folder: string,
  files: DependencyFiles,
): string | null {
  let best: { readonly at: string; readonly rank: number } | null = null;
  for (const manifest of manifests) {
    const at = folderOf(manifest.path);
    const root = workspaceOf(manifest, files);
    const own = inheritedProject(manifest, root).version ?? '0.0.0';
    const isInside = folder === '' || at === folder || at.startsWith(`${folder}/`);
    const isMember = root === null ? at === folder : folderOf(root.path) === folder;
    const rank = (own === version ? 4 : 0) + (isMember ? 2 : 0) + (isInside ? 1 : 0);
    if (best === null || rank > best.rank || (rank === best.rank && at.length < best.at.length))
      best = { at, rank };
  }
  // Another package of the name, in another workspace, is not it.
  return best === null || best.rank < 3 ? null : best.at;
}
