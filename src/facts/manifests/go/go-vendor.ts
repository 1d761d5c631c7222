import type { RepoPath } from '../../../model/brand.js';
import type { DependencyFile, DependencySource } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { within } from '../npm/paths.js';
import { EntryList } from '../syntax/entries.js';
import { canonicalVersion } from './versions.js';

/** `vendor/modules.txt`: what `go mod vendor` has copied into the tree. Doesn't tell what is wanted directly. */
export const goVendor: ManifestFormat = { parse };

const REMEDY = 'run go mod vendor';

function parse(path: RepoPath, text: string): DependencyFile {
  const list = new EntryList('go');
  const folder = folderOf(path);
  // Folders are written as seen from the module's own: the one that holds `vendor`.
  const module = folderOf(folder);
  let line = 0;
  for (let at = 0; at < text.length; ) {
    line++;
    let end = text.indexOf('\n', at);
    if (end === -1) end = text.length;
    const fields = text
      .slice(at, end)
      .split(/\s+/)
      .filter(field => field !== '');
    at = end + 1;
    if (fields.length === 0) continue;
    const [mark] = fields;
    if (mark === '##') continue;
    if (mark === '#') addModule(list, fields.slice(1), module, line);
    else if (fields.length > 1) throw new ManifestError('a line that can’t be read', line, REMEDY);
    else if (list.entries.length === 0)
      throw new ManifestError('a package before the first module', line, `the file looks cut off: ${REMEDY}`);
  }
  return {
    path,
    format: 'go-vendor',
    ecosystem: 'go',
    role: 'vendored',
    project: { name: null, version: null, license: null },
    entries: list.entries,
    roots: {},
    includes: [],
  };
}

/** `path v1.2.3`, `path v1.2.3 => other v1.2.3`, `path v1.2.3 => ./folder`, `path => …`: for any version. */
function addModule(list: EntryList, fields: readonly string[], folder: string, line: number): void {
  const arrow = fields.indexOf('=>');
  const [path, version] = arrow === -1 ? fields : fields.slice(0, arrow);
  const count = arrow === -1 ? fields.length : arrow;
  const [to, toVersion, ...more] = arrow === -1 ? [] : fields.slice(arrow + 1);
  if (
    path === undefined ||
    count > 2 ||
    (version !== undefined && canonicalVersion(version) === null) ||
    (arrow === -1 ? version === undefined : to === undefined) ||
    (toVersion !== undefined && canonicalVersion(toVersion) === null) ||
    more.length > 0
  )
    throw new ManifestError(`a module that can’t be read: ${fields.join(' ')}`, line, REMEDY);
  const source: DependencySource =
    to !== undefined && toVersion === undefined
      ? { type: 'path', path: within(folder, to), written: to }
      : { type: 'registry', url: null };
  const isRedirect = version === undefined;
  const name = to === undefined || toVersion === undefined ? path : to;
  list.add({
    id: isRedirect ? `replace/${path}` : `${path}@${version}`,
    role: isRedirect ? 'redirect' : 'dependency',
    name,
    ...(name !== path || isRedirect ? { alias: path } : {}),
    version: to === undefined ? (version ?? null) : (toVersion ?? null),
    direct: null,
    source,
    line,
  });
}
