import { canonicalPackage, type DependencyEntry, type DependencyFile } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import type { DependencyFiles } from '../format.js';
import { matchesGlob } from '../syntax/glob.js';
import { unreadIncludes } from './includes.js';
import { fromSources, INDEX_PREFIX, SOURCE_IDS } from './uv.js';

/**
 * Fills in what uv's workspace decides: the root's sources hold for its members, named indexes have addresses, and
 * members have folders.
 */
export function linkProject(file: DependencyFile, files: DependencyFiles): DependencyFile {
  const root = workspaceRoot(file, files);
  const own = file.entries.filter(({ id }) => id.startsWith(SOURCE_IDS)).map(({ name }) => name);
  const inherited = (root === file ? [] : root.entries).filter(
    ({ id, name }) => id.startsWith(SOURCE_IDS) && !own.includes(name),
  );
  const entries = fromSources(file.entries, inherited).map(entry => settled(entry, root, files));
  return { ...file, entries: [...entries, ...unreadIncludes(file, files)] };
}

/** The nearest project above that counts the file's folder among its members; else the project itself. */
function workspaceRoot(file: DependencyFile, files: DependencyFiles): DependencyFile {
  const folder = folderOf(file.path);
  if (file.members !== undefined) return file;
  for (let above = folder; above !== ''; ) {
    above = folderOf(above);
    const root = files.file(above === '' ? 'pyproject.toml' : `${above}/pyproject.toml`);
    const members = root?.members;
    if (root === null || members === undefined) continue;
    const has = (globs: readonly string[]): boolean => globs.some(glob => matchesGlob(glob, folder));
    const excluded = members.filter(glob => glob.startsWith('!')).map(glob => glob.slice(1));
    return has(members) && !has(excluded) ? root : file;
  }
  return file;
}

function settled(entry: DependencyEntry, root: DependencyFile, files: DependencyFiles): DependencyEntry {
  const { inherits, source } = entry;
  if (source.type === 'workspace' && source.path === null)
    return { ...entry, source: { type: 'workspace', path: folderOfProject(entry.name, files) } };
  if (inherits?.startsWith(INDEX_PREFIX) !== true || source.type !== 'registry') return entry;
  return { ...entry, source: { type: 'registry', url: root.exports?.[inherits] ?? null } };
}

/** `null`: no project of the tree has the name. */
export function folderOfProject(name: string, files: DependencyFiles): string | null {
  for (const { format, role, path, project } of files.all())
    if (
      format === 'pyproject' &&
      role === 'manifest' &&
      canonicalPackage('pypi', project.name ?? '') === name
    )
      return folderOf(path);
  return null;
}
