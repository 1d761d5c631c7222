import type { RepoPath } from '../model/brand.js';
import type { Json } from '../model/canonical.js';
import { DEFAULT_LIMITS, type Limits, type ResolveSettings, type Severity } from '../model/decision.js';
import type { TreeListing } from '../model/tree.js';
import { DEFAULT_FOLDERS, holdsPolicyKey, type PolicyFolders } from './compiled.js';
import { loadConfigFile } from './config-loaders.js';
import type { KeyPath, PolicyDocument } from './document.js';
import {
  CODE_PLACES,
  CONFIG_PLACES,
  DEFAULT_DECISIONS,
  HOME,
  inFolder,
  MISPLACED,
  MODULE_NAME,
  PACKAGE_JSON,
} from './places.js';
import type { Problems } from './problems.js';
import { type PolicySource, readText } from './source.js';
import { nearest } from './spelling.js';
import { type Validator, valueAt } from './validate.js';

/** What a tree's paths alone say of its policy; package.json's content decides whether it counts. */
export interface PolicyFiles {
  /** The configuration in one of the fixed places; `null` when there is none. The first, should there be several. */
  readonly config: RepoPath | null;
  /** All of them: more than one is an error. */
  readonly configs: readonly RepoPath[];
  /** Present, and refused: configuration that is code. */
  readonly code: readonly RepoPath[];
  /** Present, and in a place that a person could take for a search place. */
  readonly misplaced: readonly RepoPath[];
  readonly packageJson: RepoPath | null;
}

export function findPolicyFiles(listing: TreeListing): PolicyFiles {
  const present = (places: readonly string[]): readonly RepoPath[] =>
    places.flatMap(place => listing.entry(place as RepoPath)?.path ?? []);
  const configs = present(CONFIG_PLACES);
  return {
    config: configs[0] ?? null,
    configs,
    code: present(CODE_PLACES),
    misplaced: present(MISPLACED),
    packageJson: present([PACKAGE_JSON])[0] ?? null,
  };
}

/** Configuration as read; defaults where there is no file. */
export interface Config extends PolicyFolders {
  readonly document: PolicyDocument | null;
  /** Where the configuration lies in its document: `['lintel']` in package.json. */
  readonly base: KeyPath;
  readonly value: { readonly [key: string]: Json | undefined };
  /** `decisions` is written: its folders must exist. */
  readonly decisionsNamed: boolean;
  readonly trunk: string | null;
  readonly commitGate: Severity;
  readonly limits: Limits;
  readonly resolve: ResolveSettings | null;
}

const DEFAULTS: Config = {
  ...DEFAULT_FOLDERS,
  document: null,
  base: [],
  value: {},
  decisionsNamed: false,
  trunk: null,
  commitGate: 'block',
  limits: DEFAULT_LIMITS,
  resolve: null,
};

const start = (path: RepoPath) => ({ path, line: 1, column: 1 });

/** Finds and reads the configuration; what is wrong goes to `problems`, and defaults stand in. */
export async function readConfig(
  source: PolicySource,
  validator: Validator | null,
  problems: Problems,
): Promise<Config> {
  const found = findPolicyFiles(source.listing);
  for (const path of found.code)
    problems.error(
      start(path),
      'configuration that is code is refused: the change that is judged would run it, and could judge itself',
      `write it as data, in ${CONFIG_PLACES[0]}`,
    );
  for (const path of found.misplaced)
    problems.error(start(path), 'lintel does not read configuration here', `move it to ${CONFIG_PLACES[0]}`);
  const configs = [...found.configs, ...(await packageJsonConfig(source, found, problems))];
  const [path, ...others] = configs;
  if (path === undefined) return DEFAULTS;
  for (const other of others)
    problems.error(
      start(other),
      `there are ${configs.length} configuration files: ${configs.join(' and ')}`,
      'keep one of them',
    );
  const text = await readText(source, path);
  if (!text.ok) {
    problems.add([text.problem]);
    return { ...DEFAULTS, configPath: path };
  }
  const loaded = await loadConfigFile(path, text.text);
  if (!loaded.ok) {
    problems.add(loaded.problems);
    return { ...DEFAULTS, configPath: path };
  }
  return interpret(path, loaded.document, validator, problems);
}

async function packageJsonConfig(
  source: PolicySource,
  found: PolicyFiles,
  problems: Problems,
): Promise<readonly RepoPath[]> {
  const path = found.packageJson;
  if (path === null) return [];
  const entry = source.listing.entry(path);
  // A link holds no configuration, and what it points to has a place of its own.
  if (entry === undefined || !entry.mode.startsWith('100')) return [];
  switch (holdsPolicyKey((await source.read(entry.oid)).toString('utf8'))) {
    case 'yes':
      return [path];
    case 'no':
      return [];
    case 'unknown':
      if (found.config === null) return [path];
      problems.warning(start(path), 'it is not JSON: whether it holds a "lintel" key can\'t be known');
      return [];
  }
}

function interpret(
  path: RepoPath,
  document: PolicyDocument,
  validator: Validator | null,
  problems: Problems,
): Config {
  const base: KeyPath = path === PACKAGE_JSON ? [MODULE_NAME] : [];
  const value = valueAt(document.value, base) ?? null;
  const defaults: Config = { ...DEFAULTS, configPath: path, document, base };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problems.error(document.at(base), 'the configuration is not a map of keys', 'begin with `version: 1`');
    return defaults;
  }
  const map = value as { readonly [key: string]: Json | undefined };
  // Unchecked, only the folders are read, with care.
  if (validator === null || validator.check('config', document, base, problems).length > 0)
    return { ...defaults, value: map, ...folders(map, document, base, null) };
  return { ...defaults, value: map, ...settings(map), ...folders(map, document, base, problems) };
}

function settings(value: Config['value']): Pick<Config, 'trunk' | 'commitGate' | 'limits' | 'resolve'> {
  const gates = value['gates'] as { readonly commit?: Severity } | undefined;
  const limits = value['limits'] as { readonly 'file-bytes'?: number } | undefined;
  const trunk = value['trunk'] as string | undefined;
  return {
    trunk: trunk === undefined ? null : trunk.replace(/^refs\/heads\//, ''),
    commitGate: gates?.commit ?? 'block',
    limits: { fileBytes: limits?.['file-bytes'] ?? DEFAULT_LIMITS.fileBytes },
    resolve: (value['resolve'] as ResolveSettings | undefined) ?? null,
  };
}

/** @param problems `null` when the shape is wrong and said already: what can be read of the folders still counts. */
function folders(
  value: Config['value'],
  document: PolicyDocument,
  base: KeyPath,
  problems: Problems | null,
): Pick<Config, 'decisionsFolders' | 'waiversFolder' | 'decisionsNamed'> {
  const read = (written: Json | undefined, keys: KeyPath): readonly RepoPath[] => {
    if (typeof written !== 'string') return [];
    const folder = written.replace(/^\.\//, '').replace(/\/+$/, '');
    if (folder !== '' && !/[*?{}\\]|^\/|(?:^|\/)(?:\.{0,2})(?:\/|$)/.test(folder))
      return [folder as RepoPath];
    problems?.error(
      document.at([...base, ...keys]),
      `${JSON.stringify(written)} is no folder of the repository`,
      'write it from the root of the repository, without globs: docs/decisions',
    );
    return [];
  };
  const named = value['decisions'];
  const decisions = Array.isArray(named)
    ? (named as readonly Json[]).flatMap((folder, index) => read(folder, ['decisions', index]))
    : read(named, ['decisions']);
  const waivers = read(value['waivers'], ['waivers'])[0] ?? DEFAULTS.waiversFolder;
  const inside = decisions.find(folder => inFolder(folder, waivers));
  if (inside !== undefined)
    problems?.error(
      document.at([...base, 'decisions']),
      `decisions can't lie in the folder of the waivers (${waivers})`,
      'give the waivers a folder of their own',
    );
  return {
    decisionsFolders: decisions.length > 0 ? [...new Set(decisions)] : DEFAULTS.decisionsFolders,
    waiversFolder: waivers,
    decisionsNamed: decisions.length > 0,
  };
}

/** What stands where no policy is read from, though a person may think so. */
export function reportStrays(listing: TreeListing, config: Config, problems: Problems): void {
  const at = (keys: KeyPath) =>
    config.document?.at([...config.base, ...keys]) ?? start(DEFAULT_DECISIONS as RepoPath);
  config.decisionsFolders.forEach((folder, index) => {
    const keys = Array.isArray(config.value['decisions']) ? ['decisions', index] : ['decisions'];
    if (config.decisionsNamed && !listing.hasFolder(folder) && !listing.has(folder))
      problems.error(at(keys), `there is no folder ${folder}`, 'create it, or correct the name');
  });
  if (
    !config.decisionsFolders.some(folder => inFolder(DEFAULT_DECISIONS, folder)) &&
    listing.hasFolder(DEFAULT_DECISIONS)
  )
    problems.warning(
      at(['decisions']),
      `${DEFAULT_DECISIONS} exists and is not read: "decisions" names other folders`,
      'add it to the list, or move the decisions',
    );
  for (const link of [HOME, config.waiversFolder])
    if (listing.has(link))
      problems.error(
        start(link as RepoPath),
        'it must be a folder, and is a file, a symbolic link or a submodule',
        'policies are read from the repository itself: replace it by the folder',
      );
  reportMisspeltFolders(listing, config, problems);
  for (const name of listing.children(HOME))
    if (/\.(?:ya?ml|json)$/i.test(name) && !isKnown(`${HOME}/${name}`) && listing.has(`${HOME}/${name}`))
      problems.warning(
        start(`${HOME}/${name}` as RepoPath),
        'lintel does not read this file',
        `configuration is ${CONFIG_PLACES[0]}; decisions lie in ${config.decisionsFolders.join(', ')}`,
      );
}

/** `.architecture/decision/` would leave its decisions unenforced without a word. */
function reportMisspeltFolders(listing: TreeListing, config: Config, problems: Problems): void {
  const expected = DEFAULT_DECISIONS.slice(HOME.length + 1);
  for (const name of listing.children(HOME)) {
    const folder = `${HOME}/${name}`;
    if (name === expected || !listing.hasFolder(folder) || nearest(name, [expected]) === null) continue;
    if (!config.decisionsFolders.some(read => inFolder(folder, read) || inFolder(read, folder)))
      problems.error(
        start(folder as RepoPath),
        'lintel does not read decisions here',
        `rename it to ${DEFAULT_DECISIONS}, or name it under \`decisions\` in the configuration`,
      );
  }
}

function isKnown(path: string): boolean {
  return CONFIG_PLACES.includes(path) || MISPLACED.includes(path);
}

/** `.architecture` folders below the root: of a vendored or nested project, and of no effect here. */
export function nestedPolicyFolders(listing: TreeListing): readonly RepoPath[] {
  const found = new Set<string>();
  for (const { path } of listing.entries()) {
    const index = path.indexOf(`/${HOME}/`);
    if (index > 0) found.add(path.slice(0, index + 1 + HOME.length));
  }
  return [...found] as RepoPath[];
}
