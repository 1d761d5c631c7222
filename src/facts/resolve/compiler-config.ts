import type { RepoPath } from '../../model/brand.js';
import type { Aliases, CompilerConfig } from './context.js';
import { isMembers, strings } from './manifests.js';
import { folderOf, join } from './paths.js';

/** One tsconfig.json as written: not yet folded with what it extends. Paths are relative to the tree's root. */
export interface WrittenConfig {
  readonly path: RepoPath;
  readonly extends: readonly string[];
  readonly references: readonly string[];
  readonly settings: ConfigSettings;
}

/** Settings that a configuration inherits, key by key. `null` in a file takes an inherited one back. */
export interface ConfigSettings {
  readonly baseUrl?: string | null;
  /** Targets stay as written until it is known what they are relative to. */
  readonly paths?: {
    readonly folder: string;
    readonly entries: readonly (readonly [string, readonly string[]])[];
  };
  readonly rootDirs?: readonly string[];
  readonly outDir?: string | null;
  readonly declarationDir?: string | null;
  readonly rootDir?: string | null;
  readonly conditions?: readonly string[];
  readonly files?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: this is how TypeScript writes it
const CONFIG_FOLDER = '${configDir}';

/** A path as written in the configuration; `${configDir}` is left for the one that is not extended further. */
function place(folder: string, written: string): string | null {
  return written.startsWith(CONFIG_FOLDER) ? written : join(folder, written);
}

function places(folder: string, value: unknown): readonly string[] {
  return strings(value).flatMap(written => place(folder, written) ?? []);
}

export function readConfig(
  path: RepoPath,
  value: unknown,
  mistake: (key: string, expected: string) => void,
): WrittenConfig {
  const folder = folderOf(path);
  const members = isMembers(value) ? value : {};
  if (!isMembers(value)) mistake('', 'an object');
  const options = isMembers(members.compilerOptions) ? members.compilerOptions : {};
  const one = (key: string): Record<string, string | null> => {
    const written = options[key];
    if (typeof written === 'string') return { [key]: place(folder, written) };
    if (written !== undefined && written !== null) mistake(key, 'a string');
    return written === null ? { [key]: null } : {};
  };
  const list = (key: string, from: Readonly<Record<string, unknown>>): Record<string, readonly string[]> => {
    const written = from[key];
    if (written === undefined || written === null) return {};
    if (!Array.isArray(written)) mistake(key, 'a list');
    return { [key]: places(folder, written) };
  };
  const paths = options.paths;
  const entries: [string, readonly string[]][] = [];
  if (isMembers(paths)) {
    for (const [pattern, targets] of Object.entries(paths)) {
      if (Array.isArray(targets)) entries.push([pattern, strings(targets)]);
      else mistake(pattern, 'a list');
    }
  } else if (paths !== undefined && paths !== null) mistake('paths', 'an object of lists');
  const references = Array.isArray(members.references) ? members.references : [];
  return {
    path,
    extends: typeof members.extends === 'string' ? [members.extends] : strings(members.extends),
    references: references.flatMap(item => (isMembers(item) ? strings([item.path]) : [])),
    settings: {
      ...one('baseUrl'),
      ...one('outDir'),
      ...one('declarationDir'),
      ...one('rootDir'),
      ...list('rootDirs', options),
      ...(isMembers(paths) && { paths: { folder, entries } }),
      ...(options.customConditions !== undefined && { conditions: strings(options.customConditions) }),
      ...list('files', members),
      ...list('include', members),
      ...list('exclude', members),
    },
  };
}

/** Makes the configuration that the resolver asks, out of the settings folded over all that it extends. */
export function settle(
  path: RepoPath,
  settings: ConfigSettings,
  references: readonly number[],
  isReferred: boolean,
  intern: (aliases: Aliases) => number,
): CompilerConfig {
  const folder = folderOf(path);
  const at = (written: string): string | null =>
    written.startsWith(CONFIG_FOLDER) ? join(folder, `./${written.slice(CONFIG_FOLDER.length)}`) : written;
  const all = (list: readonly string[]): readonly string[] => list.flatMap(written => at(written) ?? []);
  const { paths, rootDirs, conditions, files, include, exclude } = settings;
  const baseUrl = typeof settings.baseUrl === 'string' ? at(settings.baseUrl) : null;
  const written = typeof settings.rootDir === 'string' ? at(settings.rootDir) : null;
  const outDirs = all(
    [settings.outDir, settings.declarationDir].flatMap(dir => (typeof dir === 'string' ? dir : [])),
  );
  const rootDir = written ?? (outDirs.length === 0 ? null : commonFolder(all(include ?? [])));
  const outside = all([...(exclude ?? []), ...(exclude === undefined ? outDirs : [])]);
  const target = (written: string): string | null =>
    written.startsWith(CONFIG_FOLDER) ? at(written) : join(baseUrl ?? paths?.folder ?? '', written);
  const isChosen = isReferred || references.length > 0;
  return {
    path,
    ...(baseUrl !== null && { baseUrl }),
    ...(paths !== undefined && {
      aliases: intern(
        paths.entries.map(
          ([pattern, to]) => [pattern, to.flatMap(written => target(written) ?? [])] as const,
        ),
      ),
    }),
    ...(rootDirs !== undefined && { rootDirs: all(rootDirs) }),
    ...(outDirs.length > 0 && { outDirs }),
    ...(rootDir !== null && { rootDir }),
    ...(conditions !== undefined && conditions.length > 0 && { conditions }),
    ...(references.length > 0 && { references }),
    ...(isChosen && files !== undefined && { files: all(files) }),
    ...(isChosen && include !== undefined && { include: all(include).map(patternSource) }),
    ...(isChosen && { exclude: outside.map(patternSource) }),
  };
}

/** The one folder that all sources lie in, by `include`: what TypeScript makes of a missing `rootDir`. */
function commonFolder(patterns: readonly string[]): string | null {
  const folders = new Set(
    patterns.map(pattern => {
      const wild = pattern.search(/[*?]/);
      return wild === -1 ? pattern : pattern.slice(0, Math.max(0, pattern.lastIndexOf('/', wild)));
    }),
  );
  const [folder] = folders;
  return folders.size !== 1 || folder === undefined || /\.[^/]*$/.test(folder) ? null : folder;
}

/** TypeScript's `include`: `*`, `?` and `**`; a name without an extension or wildcard is a folder. */
function patternSource(pattern: string): string {
  const last = pattern.slice(pattern.lastIndexOf('/') + 1);
  const whole = /[*?.]/.test(last) ? pattern : `${pattern === '' ? '' : `${pattern}/`}**/*`;
  const source = whole
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replace(/\*\*\/|\*\*|\*|\?/g, wild =>
      wild === '**/' ? '(?:.+/)?' : wild === '**' ? '.*' : wild === '*' ? '[^/]*' : '[^/]',
    );
  return `^${source}$`;
}
