import type { DependencyFile, DependencyScope, DependencySource } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { indexSource } from './artifacts.js';
import { readRequirement } from './entries.js';
import { isDevelopmentName, strongest } from './groups.js';
import {
  fileHashes,
  LOCK_AGAIN,
  type LockedPackage,
  LockedPackages,
  linkRoots,
  lockedEntry,
  lockFile,
} from './lock.js';
import { canSatisfy } from './ranges.js';
import { addressSource, gitSource, pathSource } from './sources.js';
import { isTable, stringIn, TomlDocument, type TomlTable } from './toml.js';

/** pdm.lock, lock_version 2 to 4.x. */
export const pdmLock: ManifestFormat = {
  parse(path, text): DependencyFile {
    const document = new TomlDocument(text);
    checkVersion(document);
    const packages = new LockedPackages(document, 'package');
    const files = document.tableAt(['metadata', 'files']) ?? {};
    const merged = mergeExtras(packages);
    const entries = [...merged].map(([one, parts]) =>
      lockedEntry(one, {
        scope: strongest(parts.map(({ table }) => scopeOf(table))),
        direct: null,
        source: sourceOf(path, one),
        integrity: [
          ...fileHashes(one.line, one.table['files']),
          ...fileHashes(one.line, files[`${stringIn(one.table, 'name')} ${one.version}`]),
        ],
        requires: requiredBy(packages, merged, one, parts),
      }),
    );
    return lockFile(path, 'pdm-lock', entries);
  },
  link: (lock, files) => linkRoots(lock, files, 'pyproject.toml'),
};

function checkVersion(document: TomlDocument): void {
  const metadata = document.tableAt(['metadata']);
  if (metadata === null) throw new ManifestError('it has no [metadata]: it is not whole', null, LOCK_AGAIN);
  const version = metadata['lock_version'];
  if (typeof version === 'string' && /^[234](?:\.\d+)*$/.test(version)) return;
  throw new ManifestError(
    version === undefined ? 'it has no lock_version' : `lock_version ${String(version)} is unknown`,
    document.line(['metadata', 'lock_version']),
    'lintel reads 2 to 4.x: lock with a version of PDM that writes one of them',
  );
}

/** A package with extras (`httpx[socks]`) has a table of its own: it is the same package. */
function mergeExtras(packages: LockedPackages): ReadonlyMap<LockedPackage, readonly LockedPackage[]> {
  const merged = new Map<LockedPackage, LockedPackage[]>();
  const plain = new Map<string, LockedPackage>();
  const withExtras: LockedPackage[] = [];
  for (const one of packages.all) {
    if (one.table['extras'] !== undefined) withExtras.push(one);
    else {
      merged.set(one, [one]);
      if (!plain.has(identity(one))) plain.set(identity(one), one);
    }
  }
  for (const one of withExtras) {
    const base = plain.get(identity(one)) ?? one;
    const parts = merged.get(base);
    if (parts !== undefined) parts.push(one);
    else {
      merged.set(base, [base]);
      plain.set(identity(base), base);
    }
  }
  return merged;
}

function identity({ name, version, table }: LockedPackage): string {
  const places = ['git', 'revision', 'url', 'path'].map(key => stringIn(table, key) ?? '');
  return JSON.stringify([name, version, ...places]);
}

/** `groups` since 2.6 or so. What is neither the default nor named as development is an extra, mostly. */
function scopeOf(table: TomlTable): DependencyScope {
  const { groups } = table;
  if (!Array.isArray(groups) || groups.length === 0) return 'production';
  return strongest(
    groups.map(group =>
      group === 'default' ? 'production' : isDevelopmentName(String(group)) ? 'development' : 'optional',
    ),
  );
}

function sourceOf(path: string, { table, name }: LockedPackage): DependencySource {
  const git = stringIn(table, 'git');
  if (git !== null) return gitSource(git, stringIn(table, 'revision') ?? stringIn(table, 'ref'));
  const url = stringIn(table, 'url');
  if (url !== null) return addressSource(path, url);
  const local = stringIn(table, 'path');
  if (local !== null) return pathSource(folderOf(path), local);
  const files: readonly unknown[] = Array.isArray(table['files']) ? table['files'] : [];
  const archives = files.flatMap(file => (isTable(file) ? (stringIn(file, 'url') ?? []) : []));
  return indexSource(null, archives, name);
}

function requiredBy(
  packages: LockedPackages,
  merged: ReadonlyMap<LockedPackage, readonly LockedPackage[]>,
  self: LockedPackage,
  parts: readonly LockedPackage[],
): readonly string[] {
  const ids = new Set<string>();
  for (const { table, line } of parts) {
    const { dependencies } = table;
    if (dependencies === undefined) continue;
    if (!Array.isArray(dependencies)) throw new ManifestError('dependencies are no list', line, LOCK_AGAIN);
    for (const text of dependencies) {
      if (typeof text !== 'string') throw new ManifestError('a dependency is no string', line, LOCK_AGAIN);
      const { name, range } = readRequirement(text, line);
      const candidates = packages.named(name).filter(one => merged.has(one));
      const fitting =
        candidates.length < 2 ? candidates : candidates.filter(({ version }) => canSatisfy(version, range));
      for (const { id } of fitting.length > 0 ? fitting : candidates) ids.add(id);
    }
  }
  ids.delete(self.id);
  return [...ids];
}
