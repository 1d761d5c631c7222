import semver from 'semver';
import type { DependencyEntry, DependencyFile } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { type DependencyFiles, ManifestError } from '../format.js';
import { pnpmTarget } from './redirects.js';
import { type Home, homeOf } from './workspace-home.js';

/**
 * What the rest of the tree says of a package.json or pnpm-workspace.yaml: ranges from catalogs, folders of workspace
 * members, what `$name` means.
 * @throws ManifestError where a catalog is asked for what it doesn't have
 */
export function linkManifest(file: DependencyFile, files: DependencyFiles): DependencyFile {
  if (file.role !== 'manifest') return file;
  const folder = folderOf(file.path);
  const home = homeOf(folder, files);
  let changed = false;
  const entries = file.entries.map(entry => {
    const linked = linkEntry(entry, file, files, home);
    changed ||= linked !== entry;
    return linked;
  });
  if (!changed) return file;
  const others = (home?.paths ?? []).filter(path => path !== file.path && !file.includes.includes(path));
  return { ...file, entries, includes: [...file.includes, ...others] };
}

function linkEntry(
  entry: DependencyEntry,
  file: DependencyFile,
  files: DependencyFiles,
  home: Home | null,
): DependencyEntry {
  const { inherits } = entry;
  if (inherits?.startsWith('$') === true) return referred(entry, inherits.slice(1), file, files);
  if (entry.source.type === 'path') return namedByFolder(entry, files);
  if (home === null) return entry;
  if (inherits?.startsWith('catalog:') === true) return fromCatalog(entry, inherits, home);
  const member = home.members.get(entry.name);
  if (member === undefined) return entry;
  const source = { type: 'workspace', path: member.folder } as const;
  if (entry.source.type === 'workspace')
    return entry.source.path === null
      ? { ...entry, version: entry.version ?? member.version, source }
      : entry;
  // npm, Yarn and Bun take the member where its version will do; pnpm only where it is told to.
  const taken = entry.role === 'dependency' && entry.source.type === 'registry' && !home.pnpm;
  return taken && allows(entry.range, member.version) ? { ...entry, source } : entry;
}

/** `file:`, `link:`: the package.json that lies there says whose copy it is. */
export function namedByFolder(entry: DependencyEntry, files: DependencyFiles): DependencyEntry {
  if (entry.source.type !== 'path' || entry.source.path === null) return entry;
  const { path } = entry.source;
  const project = files.file(path === '' ? 'package.json' : `${path}/package.json`)?.project;
  if (project === undefined) return entry;
  const { name, version } = project;
  const called = entry.alias ?? entry.name;
  if ((name ?? called) === entry.name && (entry.version ?? version) === entry.version) return entry;
  const { alias: _alias, ...own } = entry;
  const real = name ?? called;
  return {
    ...own,
    name: real,
    ...(real === called ? {} : { alias: called }),
    version: entry.version ?? version,
  };
}

function allows(range: string | null, version: string | null): boolean {
  if (range === null) return false;
  if (range === '*') return true;
  return version !== null && semver.satisfies(version, range, { loose: true });
}

function fromCatalog(entry: DependencyEntry, inherits: string, home: Home): DependencyEntry {
  const catalog = inherits.slice('catalog:'.length).trim() || 'default';
  const called =
    entry.role === 'redirect' ? pnpmTarget(entry.alias ?? entry.name) : (entry.alias ?? entry.name);
  const found = home.catalogs.get(`${catalog}/${called}`);
  if (found !== undefined) return answered(entry, found);
  // Yarn keeps its catalogs where lintel doesn't look: the lock file says what came of it.
  if (!home.pnpm && home.catalogs.size === 0) return entry;
  throw new ManifestError(
    `The catalog "${catalog}" has no "${called}"`,
    entry.line,
    `Add it to ${home.paths.join(' or ')}.`,
  );
}

/** `$name`: what the project itself asks for under that name. */
function referred(
  entry: DependencyEntry,
  name: string,
  file: DependencyFile,
  files: DependencyFiles,
): DependencyEntry {
  const folder = folderOf(file.path);
  const root = files.file(folder === '' ? 'package.json' : `${folder}/package.json`);
  const found = root?.entries.find(one => one.role === 'dependency' && (one.alias ?? one.name) === name);
  return found === undefined ? entry : answered(entry, found);
}

/** The entry as the other one has it, under its own name. */
function answered(entry: DependencyEntry, by: DependencyEntry): DependencyEntry {
  const { alias, ...own } = entry;
  const called = alias ?? entry.name;
  return {
    ...own,
    name: by.name,
    ...(called === by.name ? {} : { alias: called }),
    version: by.version,
    range: by.range,
    source: by.source,
  };
}
