import { canonicalPackage, type DependencyEntry, type DependencyFile } from '../../../model/dependency.js';
import { below, folderOf } from '../../resolve/paths.js';
import type { DependencyFiles } from '../format.js';
import { foldersUp } from '../syntax/entries.js';
import { expand } from './properties.js';
import { exactVersion } from './version.js';

/** Imported by every project below their folder: the nearest one of each. */
const IMPLICIT = ['Directory.Build.props', 'Directory.Packages.props', 'Directory.Build.targets'];

/**
 * Fills in properties and centrally kept versions.
 * @param files `undefined`: none but the file itself
 */
export function linkMsbuild(file: DependencyFile, files?: DependencyFiles): DependencyFile {
  const around = files === undefined ? [file] : [file, ...filesAround(file, files)];
  const property = (name: string): string | null => {
    for (const one of around) {
      const value = one.exports?.[`$(${name})`];
      if (value !== undefined) return value;
    }
    return null;
  };
  const versions = new Map<string, DependencyEntry>();
  for (const one of around)
    for (const entry of one.entries) {
      if (entry.role !== 'definition') continue;
      const known = nameOf(entry, property);
      if (!versions.has(known)) versions.set(known, entry);
    }
  const entries = file.entries.map(entry => filled(entry, property, versions));
  const used = around.slice(1).map(({ path }) => path);
  if (files === undefined) return { ...file, entries };
  const named = file.includes.filter(include => !include.startsWith('^'));
  return { ...file, entries, includes: [...new Set([...named, ...used])] };
}

function nameOf({ name, inherits }: DependencyEntry, property: (name: string) => string | null): string {
  if (!name.startsWith('?')) return name;
  const known = expand(inherits?.split('|', 1)[0] ?? '', property);
  return known === null ? name : canonicalPackage('nuget', known);
}

function filled(
  entry: DependencyEntry,
  property: (name: string) => string | null,
  versions: ReadonlyMap<string, DependencyEntry>,
): DependencyEntry {
  if (entry.inherits === undefined) return entry;
  const [, written = ''] = entry.inherits.split('|');
  const name = nameOf(entry, property);
  const central = written === '' ? versions.get(name) : undefined;
  const open = written !== '' ? written : (central?.inherits?.split('|')[1] ?? '');
  const range = open === '' ? null : (expand(open, property) ?? open);
  return { ...entry, name, range, version: range === null ? null : exactVersion(range) };
}

/** What it imports, by name or because it lies above; nearest first. */
function filesAround(file: DependencyFile, files: DependencyFiles): readonly DependencyFile[] {
  const found: DependencyFile[] = [];
  const seen = new Set<string>([file.path]);
  const open: DependencyFile[] = [file];
  const take = (one: DependencyFile | null): boolean => {
    if (one === null || one.format !== 'msbuild' || one.role === 'vendored') return false;
    if (!seen.has(one.path)) {
      seen.add(one.path);
      found.push(one);
      open.push(one);
    }
    return true;
  };
  const isShared = (path: string): boolean => IMPLICIT.includes(path.slice(path.lastIndexOf('/') + 1));
  if (!isShared(file.path))
    for (const name of IMPLICIT)
      for (const folder of foldersUp(folderOf(file.path))) if (take(files.file(below(folder, name)))) break;
  for (let next = open.shift(); next !== undefined; next = open.shift())
    for (const include of next.includes) {
      if (!include.startsWith('^')) take(files.file(include));
      else
        for (const folder of foldersUp(folderOf(folderOf(next.path))))
          if (take(files.file(below(folder, include.slice(1))))) break;
    }
  // A central file takes its properties from the Directory.Build.props beside or above it, which MSBuild reads first.
  if (isShared(file.path))
    for (const folder of foldersUp(folderOf(file.path)))
      if (take(files.file(below(folder, 'Directory.Build.props')))) break;
  return found;
}
