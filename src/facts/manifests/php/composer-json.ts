import type { DependencyEntry, DependencyScope, DependencySource } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { EntryList, pathFrom } from '../syntax/entries.js';
import { isObject, type JsonLines, type JsonObject, type JsonText, readJson } from '../syntax/json.js';
import { exactVersion, licenseOf } from './constraint.js';
import { isPlatformPackage } from './platform.js';

const REMEDY = 'see `composer validate`';

/** composer.json: what a PHP project requires, and which repositories may answer. */
export const composerJson: ManifestFormat = {
  parse(path, text) {
    const json = readJson(text, 4);
    const { value, lines } = json;
    const list = new EntryList('composer');
    wanted(list, json, 'require', 'production');
    wanted(list, json, 'require-dev', 'development');
    const name = typeof value['name'] === 'string' ? value['name'] : null;
    replaced(list, json, 'replace', name);
    replaced(list, json, 'provide', name);
    const exports: Record<string, string> = {};
    repositories(list, json, folderOf(path), exports);
    return {
      path,
      format: 'composer-json',
      ecosystem: 'composer',
      role: 'manifest',
      project: {
        name: name?.toLowerCase() ?? null,
        version: typeof value['version'] === 'string' ? value['version'] : null,
        license: licenseOf(value['license']),
      },
      entries: list.entries,
      roots: {},
      includes: [],
      installScripts: scripts(value, lines),
      exports,
    };
  },

  /** A package that lies in a folder which a `path` repository names comes from there. */
  link(file, files) {
    const folders = Object.entries(file.exports ?? {}).filter(([key]) => key.startsWith('path/'));
    if (folders.length === 0) return file;
    const beside = new Map<string, string>();
    for (const other of files.all()) {
      if (other.format !== 'composer-json' || other.path === file.path || other.project.name === null)
        continue;
      const folder = folderOf(other.path);
      if (folders.some(([, glob]) => matchesFolder(glob, folder))) beside.set(other.project.name, folder);
    }
    const entries = file.entries.map((entry): DependencyEntry => {
      const folder = entry.role === 'dependency' ? beside.get(entry.name) : undefined;
      return folder === undefined
        ? entry
        : { ...entry, source: { type: 'path', path: folder, written: folder } };
    });
    return { ...file, entries };
  },
};

/** `packages/*`: a star stands for anything but a slash. */
function matchesFolder(glob: string, folder: string): boolean {
  const wanted = glob.split('/');
  const parts = folder.split('/');
  return (
    wanted.length === parts.length && wanted.every((part, index) => matchesName(part, parts[index] ?? ''))
  );
}

function matchesName(glob: string, name: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  if (rest.length === 0) return glob === name;
  const last = rest.pop() ?? '';
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found === -1 || found + part.length > name.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

/** PHP writes an empty object as an empty array. */
function links({ value, lines }: JsonText, field: string): readonly (readonly [string, string])[] {
  const found = value[field];
  if (found === undefined || (Array.isArray(found) && found.length === 0)) return [];
  if (!isObject(found)) throw new ManifestError(`${field} is no object`, lines.line(field), REMEDY);
  return Object.entries(found).map(([name, range]) => {
    if (typeof range !== 'string')
      throw new ManifestError(
        `${field}: the version of ${name} is no string`,
        lines.line(field, name),
        REMEDY,
      );
    return [name, range];
  });
}

function wanted(list: EntryList, json: JsonText, field: string, scope: DependencyScope): void {
  for (const [name, range] of links(json, field)) {
    if (isPlatformPackage(name)) continue;
    list.add({
      id: `${field}/${name}`,
      name,
      range,
      version: exactVersion(range),
      scope,
      line: json.lines.line(field, name),
    });
  }
}

/** This package answers for another one: whoever wants that gets this. */
function replaced(list: EntryList, json: JsonText, field: string, own: string | null): void {
  for (const [name, range] of links(json, field)) {
    if (isPlatformPackage(name)) continue;
    list.add({
      id: `${field}/${name}`,
      role: 'redirect',
      name: own ?? '?this package',
      alias: name.toLowerCase(),
      range: range === 'self.version' ? null : range,
      source: { type: 'path', path: '', written: '.' },
      line: json.lines.line(field, name),
    });
  }
}

/** Keyed by name or in a list; `false` switches one off. */
function repositories(
  list: EntryList,
  json: JsonText,
  folder: string,
  exports: Record<string, string>,
): void {
  const found = json.value['repositories'];
  if (found === undefined) return;
  if (typeof found !== 'object' || found === null)
    throw new ManifestError(
      'repositories is neither a list nor an object',
      json.lines.line('repositories'),
      REMEDY,
    );
  for (const [key, repository] of Object.entries(found)) {
    if (!isObject(repository)) continue;
    const place = Array.isArray(found) ? Number(key) : key;
    const line = json.lines.line('repositories', place);
    const type = String(repository['type'] ?? '');
    const url = typeof repository['url'] === 'string' ? repository['url'] : '';
    if (type === 'package') inline(list, repository['package'], key, line);
    else if (type === 'path' || type === 'artifact') {
      const path = pathFrom(folder, url);
      if (path !== null && type === 'path') exports[`path/${key}`] = path;
      else redirect(list, key, url, { type: 'path', path, written: url }, line);
    } else if (type === 'composer') exports[`composer/${key}`] = url;
    else if (url !== '') redirect(list, key, url, { type: 'git', url, revision: null }, line);
  }
}

/** Which packages a repository answers for can't be told from here. */
function redirect(list: EntryList, key: string, url: string, source: DependencySource, line: number): void {
  list.add({ id: `repositories/${key}`, role: 'redirect', name: `?${url}`, source, line });
}

/** A package that is described right here, or a list of such. */
function inline(list: EntryList, described: unknown, key: string, line: number): void {
  for (const item of Array.isArray(described) ? described : [described]) {
    if (!isObject(item) || typeof item['name'] !== 'string')
      throw new ManifestError('a package repository without a package that has a name', line, REMEDY);
    const version = typeof item['version'] === 'string' ? item['version'] : null;
    list.add({
      id: `repositories/${key}/${item['name']}`,
      role: 'redirect',
      name: item['name'],
      alias: item['name'].toLowerCase(),
      version,
      range: version,
      source: inlineSource(item),
      line,
    });
  }
}

function inlineSource(item: JsonObject): DependencySource {
  const { dist, source } = item;
  if (isObject(dist) && typeof dist['url'] === 'string') return { type: 'url', url: dist['url'] };
  if (isObject(source) && typeof source['url'] === 'string')
    return {
      type: 'git',
      url: source['url'],
      revision: typeof source['reference'] === 'string' ? source['reference'] : null,
    };
  return { type: 'registry', url: null };
}

const EVENTS: ReadonlySet<string> = new Set([
  'pre-install-cmd',
  'post-install-cmd',
  'pre-update-cmd',
  'post-update-cmd',
  'pre-autoload-dump',
  'post-autoload-dump',
  'post-root-package-install',
  'post-create-project-cmd',
  'pre-package-install',
  'post-package-install',
  'pre-package-update',
  'post-package-update',
  'init',
]);

function scripts(
  value: JsonObject,
  lines: JsonLines,
): readonly { name: string; text: string; line: number }[] {
  if (!isObject(value['scripts'])) return [];
  return Object.entries(value['scripts'])
    .filter(([name]) => EVENTS.has(name))
    .map(([name, text]) => ({
      name,
      text: Array.isArray(text) ? text.map(String).join('\n') : String(text),
      line: lines.line('scripts', name),
    }));
}
