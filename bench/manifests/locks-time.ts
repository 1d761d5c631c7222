/**
 * How long lock files of pnpm and Yarn of 30 MB take to become entries, beside what the package managers' parsers
 * alone take of them: js-yaml for pnpm, parseSyml for Yarn. The least of several runs.
 * `node --import tsx bench/manifests/locks-time.ts [--size MB] [--runs N]`
 */
import { parseArgs } from 'node:util';
import { parseSyml } from '@yarnpkg/parsers';
import { load } from 'js-yaml';
import { pnpmLock } from '../../src/facts/manifests/npm/pnpm-lock.js';
import { yarnLock } from '../../src/facts/manifests/npm/yarn-lock.js';
import type { RepoPath } from '../../src/model/brand.js';

const { values } = parseArgs({
  options: { size: { type: 'string', default: '30' }, runs: { type: 'string', default: '5' } },
});
const BYTES = Number(values.size) * 1e6;
const RUNS = Number(values.runs);
const DIGEST = 'sZGFkc2Zkc2ZhZHNmYXNkZmFzZGZhc2RmYXNkZmFzZGZhc2RmYXNkZmFzZGZhc2RmYXNkZmFzZGZhc2RmYXNkZg==';

interface Package {
  readonly name: string;
  readonly version: string;
  readonly requires: readonly Package[];
}

/** Each requires up to six of those before it. */
function packages(bytesEach: number): readonly Package[] {
  const all: Package[] = [];
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  for (let size = 0; size < BYTES; size += bytesEach) {
    const scope = random(3) === 0 ? `@scope-${random(50)}/` : '';
    const requires = Array.from({ length: random(7) }, () => all[random(all.length)]);
    all.push({
      name: `${scope}package-${all.length}`,
      version: `${random(20)}.${random(30)}.${random(30)}`,
      requires: [...new Set(requires.filter(one => one !== undefined))],
    });
  }
  return all;
}

function key(text: string): string {
  return text.startsWith('@') ? `'${text}'` : text;
}

function pnpmText(): string {
  const all = packages(330);
  const last = all.at(-1);
  const about = all.map(
    ({ name, version }) =>
      `  ${key(`${name}@${version}`)}:\n    resolution: {integrity: sha512-${DIGEST}}\n    engines: {node: '>=18'}\n`,
  );
  const snapshots = all.map(({ name, version, requires }) => {
    const deps = requires.map(one => `      ${key(one.name)}: ${one.version}\n`).join('');
    return `  ${key(`${name}@${version}`)}:${deps === '' ? ' {}\n' : `\n    dependencies:\n${deps}`}`;
  });
  const importers = `importers:\n\n  .:\n    dependencies:\n      ${last?.name}:\n        specifier: ^1.0.0\n        version: ${last?.version}\n`;
  return `lockfileVersion: '9.0'\n\n${importers.replace(/@.*(?=:\n {8})/, "'$&'")}\npackages:\n\n${about.join('\n')}\nsnapshots:\n\n${snapshots.join('\n')}`;
}

function classicText(): string {
  const blocks = packages(400).map(({ name, version, requires }) => {
    const deps = requires.map(one => `    "${one.name}" "^${one.version}"\n`).join('');
    const file = `https://registry.yarnpkg.com/${name}/-/package-${version}.tgz#${'0123456789'.repeat(4)}`;
    return `"${name}@^${version}":\n  version "${version}"\n  resolved "${file}"\n  integrity sha512-${DIGEST}\n${deps === '' ? '' : `  dependencies:\n${deps}`}`;
  });
  return `# yarn lockfile v1\n\n\n${blocks.join('\n')}`;
}

function berryText(): string {
  const blocks = packages(420).map(({ name, version, requires }) => {
    const deps = requires.map(
      one => `    ${one.name.startsWith('@') ? `"${one.name}"` : one.name}: "npm:^${one.version}"\n`,
    );
    return `"${name}@npm:^${version}":\n  version: ${version}\n  resolution: "${name}@npm:${version}"\n${deps.length === 0 ? '' : `  dependencies:\n${deps.join('')}`}  checksum: 10c0/${'0123456789abcdef'.repeat(8)}\n  languageName: node\n  linkType: hard\n`;
  });
  return `__metadata:\n  version: 8\n  cacheKey: 10c0\n\n${blocks.join('\n')}`;
}

function least(action: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    action();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function compare(name: string, text: string, alone: () => unknown, ours: () => readonly unknown[]): void {
  const entries = ours().length;
  const parser = least(alone);
  const own = least(ours);
  console.log(
    `${name}: ${(text.length / 1e6).toFixed(1)} MB, ${entries} entries: parser alone ${parser.toFixed(0)} ms, lintel ${own.toFixed(0)} ms: ${(own / parser).toFixed(2)} times`,
  );
}

const pnpm = pnpmText();
compare(
  'pnpm-lock, js-yaml',
  pnpm,
  () => load(pnpm),
  () => pnpmLock.parse('pnpm-lock.yaml' as RepoPath, pnpm).entries,
);
const classic = classicText();
compare(
  'yarn-lock (classic), parseSyml',
  classic,
  () => parseSyml(classic),
  () => yarnLock.parse('yarn.lock' as RepoPath, classic).entries,
);
const berry = berryText();
compare(
  'yarn-lock (berry), parseSyml',
  berry,
  () => parseSyml(berry),
  () => yarnLock.parse('yarn.lock' as RepoPath, berry).entries,
);
