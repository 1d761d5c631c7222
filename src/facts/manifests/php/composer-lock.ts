import type { DependencyEntry, DependencyScope, DependencySource } from '../../../model/dependency.js';
import { below, folderOf } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { EntryList, pathFrom } from '../syntax/entries.js';
import { isObject, type JsonObject, type JsonText, readJson } from '../syntax/json.js';
import { licenseOf } from './constraint.js';
import { isPlatformPackage } from './platform.js';

const REMEDY = 'write it anew with `composer update --lock`';
/** Composer runs their code while it installs. */
const PLUGINS: ReadonlySet<unknown> = new Set(['composer-plugin', 'composer-installer']);

/** composer.lock: each package that Composer installs. */
export const composerLock: ManifestFormat = {
  parse(path, text) {
    const json = readJson(text, 3);
    const found: Found[] = [
      ...packages(json, 'packages', 'production'),
      ...packages(json, 'packages-dev', 'development'),
    ];
    const list = new EntryList('composer');
    const answers = answersOf(found);
    for (const item of found) {
      const requires = Object.keys(linksOf(item.value['require'])).flatMap(name =>
        isPlatformPackage(name) ? [] : (answers.get(name.toLowerCase()) ?? []),
      );
      list.add({ ...entryOf(item, folderOf(path)), requires: [...new Set(requires)] });
    }
    return {
      path,
      format: 'composer-lock',
      ecosystem: 'composer',
      role: 'lock',
      project: { name: null, version: null, license: null },
      entries: list.entries,
      roots: {},
      includes: [],
    };
  },

  /** Which packages the project wants itself stands only in the composer.json beside. */
  link(file, files) {
    const folder = folderOf(file.path);
    const manifest = files.file(below(folder, 'composer.json'));
    if (manifest === null) return file;
    const names = new Set(
      manifest.entries.filter(({ role }) => role === 'dependency').map(({ name }) => name),
    );
    const entries = file.entries.map(
      (entry): DependencyEntry => ({ ...entry, direct: names.has(entry.name) }),
    );
    const wanted = entries.filter(({ direct }) => direct).map(({ id }) => id);
    return { ...file, entries, roots: { [folder]: wanted }, includes: [manifest.path] };
  },
};

interface Found {
  readonly id: string;
  readonly name: string;
  readonly value: JsonObject;
  readonly scope: DependencyScope;
  readonly line: number;
}

function packages({ value, lines }: JsonText, field: string, scope: DependencyScope): readonly Found[] {
  const list = value[field];
  if (field === 'packages-dev' && (list === null || list === undefined)) return [];
  if (!Array.isArray(list))
    throw new ManifestError(
      `${field} is no list: this is no lock file that Composer writes`,
      lines.line(field),
      REMEDY,
    );
  return list.map((item: unknown, index) => {
    const line = lines.line(field, index, 'name');
    if (!isObject(item) || typeof item['name'] !== 'string' || typeof item['version'] !== 'string')
      throw new ManifestError(`${field}: an item without name and version`, lines.line(field, index), REMEDY);
    const { name, version } = item as { name: string; version: string };
    return { id: `${name}@${version}`, name, value: item, scope, line };
  });
}

function linksOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** By name: ids of the packages that answer to it, be it their own or one that they replace or provide. */
function answersOf(found: readonly Found[]): ReadonlyMap<string, readonly string[]> {
  const answers = new Map<string, string[]>();
  const answer = (name: string, id: string): void => {
    const ids = answers.get(name.toLowerCase());
    if (ids === undefined) answers.set(name.toLowerCase(), [id]);
    else ids.push(id);
  };
  for (const { name, id } of found) answer(name, id);
  for (const { id, value } of found)
    for (const field of ['replace', 'provide'])
      for (const other of Object.keys(linksOf(value[field]))) answer(other, id);
  return answers;
}

function entryOf(item: Found, folder: string): Parameters<EntryList['add']>[0] {
  const { id, name, value, scope, line } = item;
  const license = licenseOf(value['license']);
  return {
    id,
    name,
    version: String(value['version']),
    scope,
    direct: null,
    source: sourceOf(value, folder),
    integrity: integrityOf(value),
    line,
    ...(license === null ? {} : { license }),
    ...(PLUGINS.has(value['type']) ? { installScript: true as const } : {}),
  };
}

function textOf(from: unknown, field: string): string | null {
  const found = isObject(from) ? from[field] : undefined;
  return typeof found === 'string' && found !== '' ? found : null;
}

function sourceOf(value: JsonObject, folder: string): DependencySource {
  const { dist, source } = value;
  const url = textOf(dist, 'url');
  if (textOf(dist, 'type') === 'path' && url !== null)
    return { type: 'path', path: pathFrom(folder, url), written: url };
  // Packagist and its like ask to be told of each installation; a repository that is read directly does not.
  if (textOf(value, 'notification-url') !== null)
    return { type: 'registry', url: url ?? textOf(source, 'url') };
  const repository = textOf(source, 'url');
  if (repository !== null) return { type: 'git', url: repository, revision: textOf(source, 'reference') };
  return url === null ? { type: 'registry', url: null } : { type: 'url', url };
}

/** Most archives come without a checksum: then it is the commit that tells whether they are the same. */
function integrityOf({ dist, source }: JsonObject): readonly string[] {
  const sum = textOf(dist, 'shasum');
  if (sum !== null) return [`sha1-${sum}`];
  const commit = textOf(dist, 'reference') ?? textOf(source, 'reference');
  return commit !== null && /^[0-9a-f]{40}$/.test(commit) ? [`git-${commit}`] : [];
}
