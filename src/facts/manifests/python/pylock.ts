import type { DependencyFile, DependencyScope, DependencySource } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { indexSource } from './artifacts.js';
import { isDevelopmentName, strongest } from './groups.js';
import { LOCK_AGAIN, type LockedPackage, LockedPackages, linkRoots, lockedEntry, lockFile } from './lock.js';
import { type Marker, parseMarkerText } from './markers.js';
import { isArchiveOf } from './requirement-target.js';
import { addressSource, fileNameOf, gitSource, pathSource } from './sources.js';
import { SyntaxProblem } from './text-scanner.js';
import { isTable, stringIn, TomlDocument, type TomlTable } from './toml.js';

/** pylock.toml (PEP 751), version 1.x. */
export const pylock: ManifestFormat = {
  parse(path, text): DependencyFile {
    const document = new TomlDocument(text);
    checkHead(document);
    const packages = new LockedPackages(document, 'packages');
    const standard = new Set(document.stringsAt(['default-groups']) ?? []);
    const entries = packages.all.map(one =>
      lockedEntry(one, {
        scope: scopeOf(one, standard),
        direct: null,
        source: sourceOf(path, one),
        integrity: hashesOf(one),
        requires: requiredBy(packages, one),
      }),
    );
    return lockFile(path, 'pylock', entries);
  },
  link: (lock, files) => linkRoots(lock, files, 'pyproject.toml'),
};

function checkHead(document: TomlDocument): void {
  const version = document.stringAt(['lock-version']);
  if (version === null) throw new ManifestError('it has no lock-version: it is not whole', 1, LOCK_AGAIN);
  if (!/^1(?:\.\d+)?$/.test(version))
    throw new ManifestError(
      `lock-version ${version} is unknown`,
      document.line(['lock-version']),
      'lintel reads 1.x: lock with a tool that writes it',
    );
  if (document.table['packages'] === undefined)
    throw new ManifestError('it has no packages: it is not whole', null, LOCK_AGAIN);
  if (document.stringAt(['created-by']) === null)
    throw new ManifestError('it has no created-by: it is not whole', 1, LOCK_AGAIN);
}

/**
 * What the marker tells: a package that comes with the default groups and no extras is production's. No marker, or one
 * about the environment alone: production's.
 */
function scopeOf({ table, line }: LockedPackage, standard: ReadonlySet<string>): DependencyScope {
  const written = stringIn(table, 'marker');
  if (written === null) return 'production';
  const marker = readMarker(written, line);
  const asked: { readonly in: string; readonly name: string }[] = [];
  const comes = holds(marker, (collection, name) => {
    asked.push({ in: collection, name });
    return collection === 'dependency_groups' && (standard.has(name) || name === 'default');
  });
  if (comes || asked.length === 0) return 'production';
  return strongest(
    asked.map(({ in: collection, name }) =>
      isDevelopmentName(name) && collection === 'dependency_groups'
        ? 'development'
        : collection === 'extras'
          ? 'optional'
          : 'production',
    ),
  );
}

/** In any environment that there is; `member`: is the name in the collection? */
function holds(marker: Marker, member: (collection: string, name: string) => boolean): boolean {
  if (marker.type === 'test') {
    const { left, operator, right } = marker;
    const collection = right.variable && (right.text === 'extras' || right.text === 'dependency_groups');
    if (!collection || left.variable) return true;
    return member(right.text, left.text) === (operator === 'in');
  }
  const [left, right] = [holds(marker.left, member), holds(marker.right, member)];
  return marker.type === 'and' ? left && right : left || right;
}

function readMarker(text: string, line: number): Marker {
  try {
    return parseMarkerText(text);
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    throw new ManifestError(`a marker can't be read: ${error.message}`, line, LOCK_AGAIN);
  }
}

/** Exactly one kind of source, as the standard has it. */
function sourceOf(path: string, one: LockedPackage): DependencySource {
  const { table, name, line } = one;
  const archives = archivesOf(one);
  const kinds = ['vcs', 'directory', 'archive'].filter(kind => isTable(table[kind]));
  if (kinds.length + (archives.length > 0 ? 1 : 0) !== 1)
    throw new ManifestError(`${name} has no source, or several`, line, LOCK_AGAIN);
  const [kind] = kinds;
  const place = kind === undefined ? null : table[kind];
  if (isTable(place)) return directSource(path, place, kind ?? '', one);
  const places = archives.map(archive => stringIn(archive, 'url') ?? stringIn(archive, 'path') ?? '');
  for (const [index, archive] of archives.entries()) {
    const file = stringIn(archive, 'name') ?? fileNameOf(places[index] ?? '');
    if (!isArchiveOf(file, name))
      throw new ManifestError(`${name} has an archive of another package: ${file}`, line, LOCK_AGAIN);
  }
  return indexSource(stringIn(table, 'index'), places, name);
}

function directSource(
  path: string,
  place: TomlTable,
  kind: string,
  { name, line }: LockedPackage,
): DependencySource {
  const url = stringIn(place, 'url');
  const local = stringIn(place, 'path');
  if (kind !== 'directory' && url !== null)
    return kind === 'vcs' ? gitSource(url, stringIn(place, 'commit-id')) : addressSource(path, url);
  if (local === null) throw new ManifestError(`${name} has neither url nor path`, line, LOCK_AGAIN);
  return pathSource(folderOf(path), local);
}

function archivesOf({ table, line, name }: LockedPackage): readonly TomlTable[] {
  const wheels: unknown = table['wheels'] ?? [];
  const all: readonly unknown[] | null = Array.isArray(wheels) ? wheels : null;
  const archives = [...(table['sdist'] === undefined ? [] : [table['sdist']]), ...(all ?? [null])];
  return archives.map(archive => {
    if (isTable(archive)) return archive;
    throw new ManifestError(`an archive of ${name} is no table`, line, LOCK_AGAIN);
  });
}

/** `{ sha256 = "…" }` → `sha256:…`, as Python's other files write digests. */
function hashesOf(one: LockedPackage): readonly string[] {
  const { table, name, line } = one;
  const direct = isTable(table['archive']) ? [table['archive']] : [];
  return [...archivesOf(one), ...direct].flatMap(({ hashes }) => {
    if (!isTable(hashes) || Object.keys(hashes).length === 0)
      throw new ManifestError(`an archive of ${name} has no hashes`, line, LOCK_AGAIN);
    return Object.entries(hashes).map(([algorithm, digest]) => `${algorithm}:${String(digest)}`);
  });
}

/** Tables that tell a package by as many of its fields as are needed. */
function requiredBy(packages: LockedPackages, { table, name, line }: LockedPackage): readonly string[] {
  const { dependencies } = table;
  if (dependencies === undefined) return [];
  if (!Array.isArray(dependencies))
    throw new ManifestError(`dependencies of ${name} are no list`, line, LOCK_AGAIN);
  const ids = new Set<string>();
  for (const wanted of dependencies) {
    if (!isTable(wanted) || stringIn(wanted, 'name') === null)
      throw new ManifestError(`a dependency of ${name} has no name`, line, LOCK_AGAIN);
    const { version } = wanted;
    for (const one of packages.named(String(wanted['name'])))
      if (version === undefined || one.version === version) ids.add(one.id);
  }
  return [...ids];
}
