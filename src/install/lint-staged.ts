import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Place, readManifest } from './place.js';

const FILES = [
  '.lintstagedrc',
  '.lintstagedrc.json',
  '.lintstagedrc.yaml',
  '.lintstagedrc.yml',
  '.lintstagedrc.mjs',
  '.lintstagedrc.mts',
  '.lintstagedrc.js',
  '.lintstagedrc.ts',
  '.lintstagedrc.cjs',
  '.lintstagedrc.cts',
  'lint-staged.config.mjs',
  'lint-staged.config.mts',
  'lint-staged.config.js',
  'lint-staged.config.ts',
  'lint-staged.config.cjs',
  'lint-staged.config.cts',
];

/** The lint-staged configuration of the repository, relative to its root; `null`: none. */
export function lintStagedConfiguration(place: Place): string | null {
  const folder = place.packageFolder ?? place.root;
  const file = FILES.find(name => existsSync(join(folder, name)));
  if (file !== undefined) return place.prefix + file;
  return readManifest(folder)?.['lint-staged'] === undefined ? null : `${place.prefix}package.json`;
}

/** Its program, run in package.json's folder. Never by npx: that costs half a second a commit. */
export const LINT_STAGED = 'node_modules/.bin/lint-staged';

/** One shell command that runs it from the root. */
export function lintStagedCommand(place: Place): string {
  return place.prefix === '' ? LINT_STAGED : `(cd ${quoted(place.prefix)} && ${LINT_STAGED})`;
}

/** Does a file (a hook, a hook manager's configuration) run lint-staged already? */
export function mentionsLintStaged(paths: readonly string[]): boolean {
  return paths.some(path => existsSync(path) && /\blint-staged\b/.test(readFileSync(path, 'utf8')));
}

export function quoted(word: string): string {
  return /^[\w./@:+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
