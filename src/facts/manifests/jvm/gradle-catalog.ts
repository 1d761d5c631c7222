import { parse, TomlError } from 'smol-toml';
import { ManifestError, type ManifestFormat } from '../format.js';
import { conflictLine } from '../lines.js';
import { EntryList } from '../syntax/entries.js';
import { exactVersion, pluginPackage } from './coordinates.js';
import { tomlKeyLines } from './toml-lines.js';

type Table = Readonly<Record<string, unknown>>;

/** libs.versions.toml: names for libraries, plugins and versions, for the build scripts of the project. */
export const gradleCatalog: ManifestFormat = {
  parse(path, text) {
    const root = readToml(text);
    const lines = tomlKeyLines(text);
    const line = (table: string, key: string): number => lines.get(`${table}\u0000${key}`) ?? 1;
    const exports: Record<string, string> = Object.create(null);
    const versions = tableOf(root, 'versions');
    for (const [key, value] of Object.entries(versions)) {
      const version = versionText(value);
      if (version === undefined)
        throw new ManifestError(`the version ${key} is none`, line('versions', key), REMEDY);
      if (version !== null) exports[`versions/${accessor(key)}`] = version;
    }
    const list = new EntryList('maven');
    const add = (
      table: string,
      key: string,
      name: string | null,
      version: unknown,
      isPlugin: boolean,
    ): void => {
      const at = line(table, key);
      if (name === null) throw new ManifestError(`${table}.${key} names no module`, at, REMEDY);
      const range = rangeOf(version, versions);
      if (range === undefined) throw new ManifestError(`${table}.${key} has no such version`, at, REMEDY);
      list.add({
        id: `${table}/${key}`,
        role: 'definition',
        name,
        alias: key,
        range,
        version: range === null ? null : exactVersion(range),
        scope: isPlugin ? 'build' : 'production',
        line: at,
      });
    };
    for (const [key, value] of Object.entries(tableOf(root, 'libraries'))) {
      const { name, version } = library(value);
      add('libraries', key, name, version, false);
    }
    for (const [key, value] of Object.entries(tableOf(root, 'plugins'))) {
      const { name, version } = plugin(value);
      add('plugins', key, name, version, true);
    }
    const known = new Set(list.entries.map(({ id }) => id));
    for (const [key, value] of Object.entries(tableOf(root, 'bundles'))) {
      const names = Array.isArray(value) ? value.map(String) : [];
      const missing = names.find(name => !known.has(`libraries/${name}`));
      if (!Array.isArray(value) || missing !== undefined)
        throw new ManifestError(`bundles.${key} names no library`, line('bundles', key), REMEDY);
      exports[`bundles/${accessor(key)}`] = names.join(',');
    }
    return {
      path,
      format: 'gradle-catalog',
      ecosystem: 'maven',
      role: 'manifest',
      project: { name: null, version: null, license: null },
      entries: list.entries,
      roots: {},
      includes: [],
      exports,
    };
  },
};

const REMEDY = "see Gradle's reference on version catalogs";

/** As build scripts write it: `my-lib_core` is `my.lib.core` there. */
export function accessor(alias: string): string {
  return alias.replace(/[-_]/g, '.');
}

function readToml(text: string): Table {
  const conflict = conflictLine(text);
  if (conflict !== null) throw new ManifestError('it holds conflict markers', conflict, 'finish the merge');
  try {
    return parse(text);
  } catch (error) {
    const line = error instanceof TomlError ? error.line : null;
    throw new ManifestError('it is not valid TOML', line, 'correct the TOML');
  }
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tableOf(root: Table, name: string): Table {
  const found = Object.hasOwn(root, name) ? root[name] : {};
  if (!isTable(found)) throw new ManifestError(`${name} is no table`, 1, REMEDY);
  return found;
}

function textOf(table: Table, key: string): string | null {
  const value = Object.hasOwn(table, key) ? table[key] : undefined;
  return typeof value === 'string' ? value : null;
}

/** `undefined`: it is no version. `null`: one that only rejects. */
function versionText(value: unknown): string | null | undefined {
  if (typeof value === 'string') return value;
  if (!isTable(value)) return undefined;
  const text = textOf(value, 'strictly') ?? textOf(value, 'require') ?? textOf(value, 'prefer');
  return text ?? ('reject' in value || 'rejectAll' in value ? null : undefined);
}

function rangeOf(version: unknown, versions: Table): string | null | undefined {
  if (version === undefined) return null;
  const ref = isTable(version) ? textOf(version, 'ref') : null;
  if (ref === null) return versionText(version);
  // References may be written in any of the forms that mean one accessor.
  const key = Object.keys(versions).find(name => name === ref || accessor(name) === accessor(ref));
  return key === undefined ? undefined : versionText(versions[key]);
}

function library(value: unknown): { readonly name: string | null; readonly version: unknown } {
  if (typeof value === 'string') {
    const [group = '', artifact = '', version, ...more] = value.split(':');
    const isWhole = group !== '' && artifact !== '' && version !== undefined && more.length === 0;
    return { name: isWhole ? `${group}:${artifact}` : null, version };
  }
  if (!isTable(value)) return { name: null, version: undefined };
  const group = textOf(value, 'group');
  const artifact = textOf(value, 'name');
  const name =
    textOf(value, 'module') ?? (group !== null && artifact !== null ? `${group}:${artifact}` : null);
  return { name: name !== null && /^[^:]+:[^:]+$/.test(name) ? name : null, version: value['version'] };
}

function plugin(value: unknown): { readonly name: string | null; readonly version: unknown } {
  if (typeof value === 'string') {
    const at = value.lastIndexOf(':');
    return at < 1
      ? { name: null, version: undefined }
      : { name: pluginPackage(value.slice(0, at)), version: value.slice(at + 1) };
  }
  const id = isTable(value) ? textOf(value, 'id') : null;
  return {
    name: id === null ? null : pluginPackage(id),
    version: isTable(value) ? value['version'] : undefined,
  };
}
