import type { DependencyEntry, DependencyFile } from '../../../model/dependency.js';
import { below, folderOf } from '../../resolve/paths.js';
import type { DependencyFiles } from '../format.js';
import { foldersUp } from '../syntax/entries.js';
import { exactVersion } from './coordinates.js';
import { accessor } from './gradle-catalog.js';
import { moduleOf } from './gradle-entries.js';
import { plainName } from './gradle-values.js';

/**
 * Fills in what accessors of catalogs and variables stand for.
 * @param files `undefined`: none but the file itself
 */
export function linkGradle(file: DependencyFile, files?: DependencyFiles): DependencyFile {
  const scripts = files === undefined ? [file] : scriptsAround(file, files);
  const catalogs = new Catalogs(file, scripts, files);
  const entries = file.entries.flatMap((entry): readonly DependencyEntry[] => {
    if (entry.inherits === undefined) return [entry];
    if (entry.inherits.includes(':')) return [withValues(entry, scripts, catalogs)];
    return catalogs.entriesOf(entry, entry.inherits);
  });
  if (files === undefined) return { ...file, entries };
  const located = entries.map(entry => withFolder(entry, file, files));
  const used = new Set([...file.includes.filter(path => !path.startsWith('^')), ...catalogs.used]);
  for (const script of scripts) if (script !== file) used.add(script.path);
  return { ...file, entries: located, includes: [...used] };
}

/** `:a:b` is the folder `a/b` below the settings, if it holds a script; settings can say otherwise. */
function withFolder(entry: DependencyEntry, file: DependencyFile, files: DependencyFiles): DependencyEntry {
  const { source } = entry;
  if (source.type !== 'workspace' || source.path === null) return entry;
  const has = (path: string): boolean => files.file(path) !== null;
  const root = [...foldersUp(folderOf(file.path))].find(folder =>
    ['settings.gradle', 'settings.gradle.kts'].some(name => has(below(folder, name))),
  );
  const folder = root === undefined ? source.path : below(root, source.path);
  const own = folder.slice(folder.lastIndexOf('/') + 1);
  const isThere = ['build', own].some(name =>
    ['.gradle', '.gradle.kts'].some(end => has(`${folder}/${name}${end}`)),
  );
  return { ...entry, source: { type: 'workspace', path: isThere ? folder : null } };
}

const SCRIPTS = ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts'];

/** The script, what it applies, and the scripts of the folders above with what they apply. */
function scriptsAround(file: DependencyFile, files: DependencyFiles): readonly DependencyFile[] {
  const found: DependencyFile[] = [];
  const take = (script: DependencyFile | null): void => {
    if (
      script === null ||
      script.format !== 'gradle-build' ||
      script.role === 'vendored' ||
      found.includes(script)
    )
      return;
    found.push(script);
    for (const include of script.includes) {
      if (!include.startsWith('^')) take(files.file(include));
      else
        for (const folder of foldersUp(folderOf(script.path)))
          take(files.file(below(folder, include.slice(1))));
    }
  };
  take(file);
  for (const folder of foldersUp(folderOf(file.path)))
    for (const name of SCRIPTS) take(files.file(below(folder, name)));
  return found;
}

function withValues(
  entry: DependencyEntry,
  scripts: readonly DependencyFile[],
  catalogs: Catalogs,
): DependencyEntry {
  const written = fill(entry.inherits ?? '', scripts, catalogs, 0);
  const { name, range } = moduleOf(written);
  return { ...entry, name, range, version: range === null ? null : exactVersion(range) };
}

/** Fills in `${name}`; what is not known stays as written. */
function fill(text: string, scripts: readonly DependencyFile[], catalogs: Catalogs, depth: number): string {
  let filled = '';
  let from = 0;
  for (let at = text.indexOf('${'); at !== -1; at = text.indexOf('${', from)) {
    const end = text.indexOf('}', at);
    if (end === -1) break;
    const written = text.slice(at, end + 1);
    const value = depth > 20 ? undefined : valueFor(written.slice(2, -1).trim(), scripts, catalogs);
    const inner =
      value === undefined || value === written ? written : fill(value, scripts, catalogs, depth + 1);
    // A long value times many mentions must not grow without end.
    filled += text.slice(from, at) + (inner.length + filled.length > 10_000 ? written : inner);
    from = end + 1;
  }
  return filled + text.slice(from);
}

function valueFor(
  expression: string,
  scripts: readonly DependencyFile[],
  catalogs: Catalogs,
): string | undefined {
  if (!/^[\w.$]+(?:\(\))?$/.test(expression)) return undefined;
  const name = plainName(expression.replace(/\(\)$/, '').split('.'));
  for (const { exports } of scripts) {
    const value = exports?.[`$${name}`];
    if (value !== undefined) return value;
  }
  return catalogs.version(name);
}

/** The version catalogs that a script sees. */
class Catalogs {
  readonly used = new Set<string>();

  constructor(
    private readonly file: DependencyFile,
    private readonly scripts: readonly DependencyFile[],
    private readonly files: DependencyFiles | undefined,
  ) {}

  /** The file that stands behind a catalog's name: as the settings say, else `gradle/<name>.versions.toml` above. */
  private catalog(name: string): DependencyFile | null {
    if (this.files === undefined) return null;
    for (const { exports } of this.scripts) {
      const path = exports?.[`catalog ${name}`];
      const found = path === undefined ? null : this.files.file(path);
      if (found?.format === 'gradle-catalog') return this.use(found);
    }
    for (const folder of foldersUp(folderOf(this.file.path))) {
      const found = this.files.file(below(folder, `gradle/${name}.versions.toml`));
      if (found?.format === 'gradle-catalog') return this.use(found);
    }
    return null;
  }

  private use(catalog: DependencyFile): DependencyFile {
    this.used.add(catalog.path);
    return catalog;
  }

  /** `libs.versions.x.get` */
  version(name: string): string | undefined {
    const [catalog = '', versions, ...rest] = name.split('.');
    if (versions !== 'versions') return undefined;
    const key = rest.filter((word, index) => !(index === rest.length - 1 && word === 'get')).join('.');
    return this.catalog(catalog)?.exports?.[`versions/${key}`];
  }

  entriesOf(entry: DependencyEntry, written: string): readonly DependencyEntry[] {
    const [name = '', kind = '', ...rest] = plainName(written.split('.')).split('.');
    const catalog = this.catalog(name);
    const bundle = kind === 'bundles' ? catalog?.exports?.[`bundles/${rest.join('.')}`] : undefined;
    if (catalog !== null && bundle !== undefined)
      return bundle
        .split(',')
        .flatMap(alias => this.defined(catalog, 'libraries', alias))
        .map(definition => ({ ...settled(entry, definition), id: `${entry.id}/${definition.name}` }));
    const [table, alias] =
      kind === 'plugins' ? ['plugins', rest.join('.')] : ['libraries', [kind, ...rest].join('.')];
    const [found] = catalog === null ? [] : this.defined(catalog, table, alias);
    const definition = found ?? this.kept(written);
    return [definition === undefined ? entry : settled(entry, definition)];
  }

  private defined(catalog: DependencyFile, table: string, alias: string): readonly DependencyEntry[] {
    const found = definitionsOf(catalog).get(`${table}/${accessor(alias)}`);
    return found === undefined || found === null ? [] : [found];
  }

  /** What a script around keeps under that name: in a catalog of the settings, a variable, or a map. */
  private kept(written: string): DependencyEntry | undefined {
    const plain = plainName(written.split('.'));
    const last = plain.slice(plain.lastIndexOf('.') + 1);
    for (const script of this.scripts) {
      const definitions = definitionsOf(script);
      const found = definitions.get(`/${plain}`) ?? definitions.get(`/${last}`);
      if (found) return found.inherits?.includes(':') ? withValues(found, this.scripts, this) : found;
    }
    return undefined;
  }
}

type Definitions = ReadonlyMap<string, DependencyEntry | null>;

const DEFINITIONS = new WeakMap<DependencyFile, Definitions>();

/** Definitions of a catalog (by table) or of a script, by the accessor of their alias; `null`: of two packages. */
function definitionsOf(file: DependencyFile): Definitions {
  const known = DEFINITIONS.get(file);
  if (known !== undefined) return known;
  const definitions = new Map<string, DependencyEntry | null>();
  for (const entry of file.entries) {
    if (entry.role !== 'definition' || entry.alias === undefined) continue;
    const table = file.format === 'gradle-catalog' ? entry.id.slice(0, entry.id.indexOf('/')) : '';
    const key = `${table}/${accessor(entry.alias)}`;
    const before = definitions.get(key);
    if (before === undefined) definitions.set(key, entry);
    else if (before?.name !== entry.name) definitions.set(key, null);
  }
  DEFINITIONS.set(file, definitions);
  return definitions;
}

function settled(entry: DependencyEntry, { name, range, version }: DependencyEntry): DependencyEntry {
  return { ...entry, name, range, version };
}
