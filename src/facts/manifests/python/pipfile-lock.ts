import { canonicalPackage, type DependencyFile } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { conflictLine } from '../lines.js';
import { EntryList } from './entries.js';
import { jsonKeyLines } from './json-lines.js';
import { LOCK_AGAIN, linkRoots, lockFile } from './lock.js';
import { pinnedVersion } from './pep440.js';
import { categoryScope, pipenvSource } from './pipfile.js';
import { isTable, stringIn, type TomlTable } from './toml.js';

/** Pipfile.lock, `pipfile-spec` 6. What requires what it doesn't tell. */
export const pipfileLock: ManifestFormat = {
  parse(path, text): DependencyFile {
    const lock = readJson(text);
    const meta = lock['_meta'];
    if (!isTable(meta)) throw new ManifestError('it has no _meta: it is not whole', 1, LOCK_AGAIN);
    const spec = meta['pipfile-spec'];
    if (spec !== 6)
      throw new ManifestError(
        spec === undefined ? 'it has no pipfile-spec' : `pipfile-spec ${String(spec)} is unknown`,
        jsonKeyLines(text)('_meta', 'pipfile-spec'),
        'lintel reads 6: lock with a version of Pipenv that writes it',
      );
    const indexes = indexesOf(meta);
    const lines = jsonKeyLines(text);
    const list = new EntryList();
    for (const [category, packages] of Object.entries(lock)) {
      if (category === '_meta') continue;
      if (!isTable(packages))
        throw new ManifestError(`${category} is no object`, lines(category), LOCK_AGAIN);
      for (const [name, locked] of Object.entries(packages)) {
        const line = lines(category, name);
        if (!isTable(locked)) throw new ManifestError(`${name} is no object`, line, LOCK_AGAIN);
        const version = stringIn(locked, 'version');
        list.add({
          id: `${category}/${canonicalPackage('pypi', name)}`,
          name,
          line,
          scope: categoryScope(category),
          version: version === null ? null : pinnedVersion(version),
          direct: null,
          source: pipenvSource(path, folderOf(path), indexes, locked),
          integrity: hashesOf(locked, line),
        });
      }
    }
    return lockFile(path, 'pipfile-lock', list.entries);
  },
  link: (lock, files) => linkRoots(lock, files, 'Pipfile'),
};

/** As Python reads it: of equal keys the last one counts. */
function readJson(text: string): TomlTable {
  const conflict = conflictLine(text);
  if (conflict !== null) throw new ManifestError('it holds conflict markers', conflict, 'finish the merge');
  try {
    const value: unknown = JSON.parse(text);
    if (isTable(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ManifestError(`it is no JSON: ${error.message}`, null, LOCK_AGAIN);
  }
  throw new ManifestError('it is no JSON object', 1, LOCK_AGAIN);
}

function indexesOf(meta: TomlTable): ReadonlyMap<string, string> {
  const indexes = new Map<string, string>();
  const sources: readonly unknown[] = Array.isArray(meta['sources']) ? meta['sources'] : [];
  for (const source of sources) {
    const [name, url] = isTable(source) ? [stringIn(source, 'name'), stringIn(source, 'url')] : [null, null];
    if (name !== null && url !== null) indexes.set(name, url);
  }
  return indexes;
}

function hashesOf(locked: TomlTable, line: number): readonly string[] {
  const hashes = locked['hashes'];
  if (hashes === undefined) return [];
  if (Array.isArray(hashes) && hashes.every(hash => typeof hash === 'string')) return hashes;
  throw new ManifestError('hashes are no list of strings', line, LOCK_AGAIN);
}
