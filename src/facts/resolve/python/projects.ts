import type { RepoPath } from '../../../model/brand.js';
import type { ContextSources } from '../language-resolver.js';
import { isMembers, strings } from '../manifests.js';
import { baseName, folderOf, join } from '../paths.js';
import type { DeclaredRoot } from './context.js';
import { readIni } from './ini.js';

/** What one configuration file says of a project. */
export interface Declared {
  /** Is the file's folder a project's (and so a root, and its `src`)? */
  readonly isProject: boolean;
  readonly name?: string;
  readonly roots: readonly DeclaredRoot[];
}

const INI: ReadonlySet<string> = new Set(['setup.cfg', 'pytest.ini', 'tox.ini', 'mypy.ini', '.mypy.ini']);
const NAMES: ReadonlySet<string> = new Set([
  ...INI,
  'pyproject.toml',
  'setup.py',
  'ruff.toml',
  '.ruff.toml',
  'pyrightconfig.json',
]);

/** Folders of installed or generated code: their configuration is not the repository's. */
const FOREIGN = /(?:^|\/)(?:node_modules|site-packages|\.venv|venv|\.tox|\.nox)\//;

export function isPythonConfig(path: string): boolean {
  return NAMES.has(baseName(path)) && !FOREIGN.test(path);
}

/** Reads one configuration file. Paths come out relative to the tree's root; those outside of it are left out. */
export async function readProject(path: RepoPath, sources: ContextSources): Promise<Declared | null> {
  const text = await sources.text(path);
  if (text === null) return null;
  const name = baseName(path);
  const folder = folderOf(path);
  if (name === 'setup.py') return { isProject: true, roots: rooted(folder, setupFolders(text)) };
  if (INI.has(name)) return fromIni(folder, name, text);
  const value = await parsed(path, name, text, sources);
  if (!isMembers(value)) return null;
  if (name === 'pyproject.toml') return fromProject(folder, value);
  return {
    isProject: false,
    roots: rooted(folder, name === 'pyrightconfig.json' ? pyright(value) : listed(value.src)),
  };
}

async function parsed(path: RepoPath, name: string, text: string, sources: ContextSources): Promise<unknown> {
  try {
    if (name.endsWith('.toml')) {
      const { parse } = await import('smol-toml');
      return parse(text);
    }
    const { readJson } = await import('../json-text.js');
    const reading = readJson(text, 'comments');
    if (reading.ok) return reading.value;
    sources.mistake(path, reading.message, '');
  } catch (error) {
    // The parser's message goes on with an excerpt of the text.
    const [message] = (error instanceof Error ? error.message : String(error)).split('\n');
    sources.mistake(path, message ?? 'malformed TOML', '');
  }
  return null;
}

function rooted(folder: string, written: readonly string[]): readonly DeclaredRoot[] {
  return written.flatMap(one => {
    const path = one.startsWith('/') ? null : join(folder, one);
    return path === null ? [] : [{ path }];
  });
}

/** A list of strings, or one. */
function listed(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : strings(value);
}

function table(value: unknown, ...keys: readonly string[]): Readonly<Record<string, unknown>> {
  let found = value;
  for (const key of keys) found = isMembers(found) ? found[key] : undefined;
  return isMembers(found) ? found : {};
}

function fromProject(folder: string, value: Readonly<Record<string, unknown>>): Declared {
  const tool = table(value, 'tool');
  const setuptools = table(tool, 'setuptools');
  const wheel = table(tool, 'hatch', 'build', 'targets', 'wheel');
  const mapped = Object.entries(table(setuptools, 'package-dir'));
  const written = [
    ...listed(table(setuptools, 'packages', 'find').where),
    ...poetryFolders(table(tool, 'poetry').packages),
    ...[...listed(wheel.packages), ...listed(table(tool, 'scikit-build', 'wheel').packages)].map(parent),
    ...(Array.isArray(wheel.sources) ? strings(wheel.sources) : Object.keys(table(wheel, 'sources'))),
    ...listed(table(tool, 'hatch', 'build')['dev-mode-dirs']),
    ...listed(table(tool, 'pdm', 'build')['package-dir']),
    ...listed(table(tool, 'pdm')['package-dir']),
    ...listed(table(tool, 'uv', 'build-backend')['module-root']),
    ...listed(table(tool, 'maturin')['python-source']),
    ...listed(table(tool, 'pytest', 'ini_options').pythonpath),
    ...listed(table(tool, 'pytest').pythonpath),
    ...listed(table(tool, 'ruff').src),
    ...listed(table(tool, 'mypy').mypy_path).flatMap(split),
    ...pyright(table(tool, 'pyright')),
  ];
  const name = table(value, 'project').name ?? table(tool, 'poetry').name;
  return {
    isProject: true,
    ...(typeof name === 'string' && { name }),
    roots: [...rooted(folder, written), ...packageFolders(folder, mapped)],
  };
}

function parent(path: string): string {
  return folderOf(path.replace(/\/+$/, ''));
}

/** `packages = [{ include = "a", from = "lib" }]` */
function poetryFolders(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.flatMap(item => (isMembers(item) ? listed(item.from) : [])) : [];
}

function pyright(value: Readonly<Record<string, unknown>>): readonly string[] {
  const environments = Array.isArray(value.executionEnvironments) ? value.executionEnvironments : [];
  return [value, ...environments].flatMap(one =>
    isMembers(one) ? [...listed(one.extraPaths), ...listed(one.root)] : [],
  );
}

/** setuptools' `package-dir`: `""` is the root of all others. */
function packageFolders(
  folder: string,
  entries: readonly (readonly [string, unknown])[],
): readonly DeclaredRoot[] {
  return entries.flatMap(([name, written]) => {
    const path = typeof written === 'string' ? join(folder, written) : null;
    if (path === null) return [];
    return [name === '' ? { path } : { path, as: name }];
  });
}

function split(written: string): readonly string[] {
  return written.split(/[\s,:;]+/).filter(one => one !== '');
}

function fromIni(folder: string, name: string, text: string): Declared {
  const ini = readIni(text);
  const value = (section: string, key: string): string => ini.get(section)?.get(key) ?? '';
  const written = [
    ...split(value('options.packages.find', 'where')),
    ...split(value(name === 'setup.cfg' ? 'tool:pytest' : 'pytest', 'pythonpath')),
    ...split(value('mypy', 'mypy_path')),
  ].map(one => one.replace(/^\$MYPY_CONFIG_FILE_DIR\/?/, './'));
  const entries = value('options', 'package_dir')
    .split(/[\n,]/)
    .flatMap(line => {
      const at = line.indexOf('=');
      return at === -1 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()] as const];
    });
  const project = value('metadata', 'name');
  return {
    isProject: name === 'setup.cfg' && (ini.has('metadata') || ini.has('options')),
    ...(project !== '' && { name: project }),
    roots: [...rooted(folder, written), ...packageFolders(folder, entries)],
  };
}

/** `package_dir={'': 'src'}` and `find_packages('src')`, as far as they are written out. */
function setupFolders(text: string): readonly string[] {
  const found: string[] = [];
  const pattern =
    /\bpackage_dir\s{0,9}=\s{0,9}\{\s{0,9}(?:""|'')\s{0,9}:\s{0,9}["']([^"'\n]+)|\bfind(?:_namespace)?_packages\(\s{0,99}(?:where\s{0,9}=\s{0,9})?["']([^"'\n]+)/g;
  for (const match of text.matchAll(pattern)) found.push(match[1] ?? match[2] ?? '');
  return found.filter(one => one !== '');
}
