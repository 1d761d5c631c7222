import {
  canonicalPackage,
  type DependencyFile,
  type DependencyScope,
  type DependencySource,
} from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { groupScope, strongest } from './groups.js';
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
import { addressSource, gitSource, pathSource, REGISTRY } from './sources.js';
import { isTable, stringIn, TomlDocument, type TomlTable } from './toml.js';

/** poetry.lock 1.0 to 2.x (Poetry 1.0 and later). */
export const poetryLock: ManifestFormat = {
  parse(path, text): DependencyFile {
    const document = new TomlDocument(text);
    const version = document.stringAt(['metadata', 'lock-version']);
    if (document.tableAt(['metadata']) === null)
      throw new ManifestError('it has no [metadata]: it is not whole', null, LOCK_AGAIN);
    if (version !== null && !/^[12]\.\d+$/.test(version))
      throw new ManifestError(
        `lock-version ${version} is unknown`,
        document.line(['metadata', 'lock-version']),
        'lintel reads 1.x and 2.x: lock with a version of Poetry that writes one of them',
      );
    const packages = new LockedPackages(document, 'package');
    const files = hashesOf(document);
    const entries = packages.all.map(one =>
      lockedEntry(one, {
        scope: scopeOf(one),
        direct: null,
        source: sourceOf(path, one.table),
        integrity: [...fileHashes(one.line, one.table['files']), ...(files.get(one.name) ?? [])],
        requires: requiredBy(packages, one),
      }),
    );
    return lockFile(path, 'poetry-lock', entries);
  },
  link: (lock, files) => linkRoots(lock, files, 'pyproject.toml'),
};

/** Up to 1.1 hashes stand at the end: `[metadata.files]`, or `[metadata.hashes]` without an algorithm. */
function hashesOf(document: TomlDocument): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [name, files] of Object.entries(document.tableAt(['metadata', 'files']) ?? {}))
    found.set(canonicalPackage('pypi', name), fileHashes(document.line(['metadata', 'files', name]), files));
  for (const name of Object.keys(document.tableAt(['metadata', 'hashes']) ?? {}))
    found.set(canonicalPackage('pypi', name), document.stringsAt(['metadata', 'hashes', name]) ?? []);
  return found;
}

/** `groups` since 2.1, `category` before 1.5; between them nothing tells. */
function scopeOf({ table }: LockedPackage): DependencyScope {
  const main = table['optional'] === true ? 'optional' : 'production';
  const groups = table['groups'];
  if (Array.isArray(groups) && groups.length > 0)
    return strongest(groups.map(group => (group === 'main' ? main : groupScope(String(group)))));
  return stringIn(table, 'category') === 'dev' ? 'development' : main;
}

function sourceOf(path: string, table: TomlTable): DependencySource {
  const source = table['source'];
  if (!isTable(source)) return REGISTRY;
  const url = stringIn(source, 'url') ?? '';
  switch (stringIn(source, 'type')) {
    case 'git':
      return gitSource(url, stringIn(source, 'resolved_reference') ?? stringIn(source, 'reference'));
    case 'directory':
    case 'file':
      return pathSource(folderOf(path), url);
    case 'url':
      return addressSource(path, url);
    default:
      return { type: 'registry', url: url === '' ? null : url };
  }
}

/**
 * Entries that a package's dependencies are answered by. Those of extras are among them where they are locked: which
 * extras are asked for the file tells only in part.
 */
function requiredBy(packages: LockedPackages, { table, line }: LockedPackage): readonly string[] {
  const dependencies = table['dependencies'];
  if (dependencies === undefined) return [];
  if (!isTable(dependencies))
    throw new ManifestError('the dependencies of a package are no table', line, LOCK_AGAIN);
  const ids = new Set<string>();
  for (const [name, written] of Object.entries(dependencies)) {
    const candidates = packages.named(name);
    for (const one of Array.isArray(written) ? written : [written]) {
      const range = isTable(one) ? stringIn(one, 'version') : typeof one === 'string' ? one : null;
      const fitting =
        candidates.length < 2 ? candidates : candidates.filter(({ version }) => canSatisfy(version, range));
      // Where ranges and versions disagree, as a changed lock file's may, all of the name stay.
      for (const { id } of fitting.length > 0 ? fitting : candidates) ids.add(id);
    }
  }
  return [...ids];
}
