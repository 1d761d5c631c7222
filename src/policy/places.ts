/**
 * Where a policy is looked for. Light on purpose: the commit gate's bundle holds it.
 * A file in any of these places takes part in what governs the repository.
 */

export const HOME = '.architecture';
export const DEFAULT_DECISIONS = `${HOME}/decisions`;
export const DEFAULT_WAIVERS = `${HOME}/waivers`;
export const PACKAGE_JSON = 'package.json';
/** The key of package.json, and the name that cosmiconfig's conventions are applied to. */
export const MODULE_NAME = 'lintel';

/** Configuration files that are read. package.json counts too, but only when it has a `lintel` key. */
export const CONFIG_PLACES: readonly string[] = [
  `${HOME}/config.yaml`,
  'lintel.config.yaml',
  'lintel.config.yml',
  'lintel.config.json',
  '.lintelrc',
  '.lintelrc.yaml',
  '.lintelrc.yml',
  '.lintelrc.json',
];

const CODE_EXTENSIONS = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'] as const;

/** A policy is data: these would run code on the reviewer's machine, chosen by the change that is reviewed. */
export const CODE_PLACES: readonly string[] = [
  ...CODE_EXTENSIONS.map(extension => `lintel.config.${extension}`),
  ...CODE_EXTENSIONS.map(extension => `.lintelrc.${extension}`),
  ...CODE_EXTENSIONS.map(extension => `.config/lintelrc.${extension}`),
  ...CODE_EXTENSIONS.map(extension => `${HOME}/config.${extension}`),
];

/**
 * Names that a person could take for a search place (cosmiconfig's own `.config/` among them). Passing over
 * them in silence would leave rules unenforced, so they are refused with the right name.
 */
export const MISPLACED: readonly string[] = [
  `${HOME}/config.yml`,
  `${HOME}/config.json`,
  '.config/lintelrc',
  '.config/lintelrc.yaml',
  '.config/lintelrc.yml',
  '.config/lintelrc.json',
];

/** Files of a decisions folder that may hold a decision, README and templates included (their content decides). */
const DECISION_FILE = /\.(?:md|markdown|ya?ml)$/i;

export function isDecisionFile(name: string): boolean {
  return DECISION_FILE.test(name);
}

export function isMarkdown(name: string): boolean {
  return /\.(?:md|markdown)$/i.test(name);
}

/** `path` is the folder itself or lies in it. */
export function inFolder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
