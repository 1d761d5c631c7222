/**
 * pnpm-lock, yarn-lock and bun-lock as lintel reads them, beside the package managers' own code:
 * `LINTEL_ORACLES=DIR node --import tsx bench/manifests/locks.ts --repo PATH`
 *
 * DIR is a folder where these are installed: @pnpm/lockfile.fs@1001 @pnpm/lockfile.utils @pnpm/dependency-path
 * @pnpm/lockfile.detect-dep-types @pnpm/logger @yarnpkg/lockfile @yarnpkg/cli-dist @oven/bun-linux-x64, and in its
 * folders `old6`: @pnpm/lockfile-file@8 @pnpm/logger@5, and `yarn8`: @yarnpkg/cli-dist@4.5.
 */
import { manifestFormat } from '../../src/facts/manifests/names.js';
import { readManifests, repoOption, report } from './comparison.js';
import { bunTree } from './locks/bun.js';
import type { Oracle } from './locks/oracle.js';
import { pnpmLibrary } from './locks/pnpm.js';
import { yarnInfo } from './locks/yarn-berry.js';
import { yarnLibrary } from './locks/yarn-classic.js';

const FORMATS = ['pnpm-lock', 'yarn-lock', 'bun-lock'];
const ORACLES: readonly Oracle[] = [pnpmLibrary, yarnLibrary, yarnInfo, bunTree];

const repo = repoOption();
const files = await readManifests(repo, [...FORMATS, 'package-json', 'pnpm-workspace']);
for (const oracle of ORACLES) {
  const compared = [];
  for (const one of files) {
    if (manifestFormat(one.path) !== oracle.format || !oracle.reads(one.text)) continue;
    compared.push({ path: one.path, ...(await oracle.compare(repo, one)) });
  }
  if (compared.length > 0) report('npm', repo, oracle.label, oracle.name, compared);
}
