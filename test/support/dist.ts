import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of this checkout. */
export const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
/** The built command line: what users run. */
export const CLI = path.join(CHECKOUT, 'dist/cli.js');

/**
 * Builds dist/ when it is missing or older than any file of src/.
 * @throws Error with the build's own words when it fails: nothing is tested against an old build.
 */
export function buildIfStale(): void {
  if (modified(CLI) >= newestSource()) return;
  const build = spawnSync(process.execPath, ['scripts/build.mjs', '--no-types'], {
    cwd: CHECKOUT,
    encoding: 'utf8',
  });
  if (build.status !== 0) throw new Error(`the build failed:\n${build.stdout}${build.stderr}`);
}

function newestSource(): number {
  const files = readdirSync(path.join(CHECKOUT, 'src'), { recursive: true, encoding: 'utf8' });
  return Math.max(
    modified(path.join(CHECKOUT, 'scripts/build.mjs')),
    ...files.map(file => modified(path.join(CHECKOUT, 'src', file))),
  );
}

function modified(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
