/** Dockerfiles beside docker's own parser (docker/images.go says what it needs). `# syntax` is not among its answers. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ManifestError } from '../../src/facts/manifests/format.js';
import type { DependencyEntry } from '../../src/model/dependency.js';
import { type Facts, factsOf, inFolder, readManifests, repoOption, report } from './comparison.js';

function fact({ id, name, range, integrity, line }: DependencyEntry): readonly [string, string] {
  const image = name.startsWith('?')
    ? name.slice(1)
    : name + (range === null ? '' : `:${range}`) + integrity.map(one => `@${one}`).join('');
  // A variable without a value is nothing to that parser.
  return [`${id.slice(0, id.indexOf('/'))} ${image.replace(/\$\w+|\$\{\w+\}/g, '')}`, `${line}`];
}

const repo = repoOption();
const files = (await readManifests(repo, ['dockerfile'])).filter(
  ({ path }) => !path.endsWith('.dockerignore'),
);
const answers = inFolder(files, folder => {
  const program = join(folder, 'images');
  const source = fileURLToPath(new URL('docker/images.go', import.meta.url));
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' };
  const build = spawnSync('go', ['build', '-o', program, source], { env, stdio: 'inherit' });
  if (build.status !== 0) throw new Error('the oracle can’t be built');
  const input = files.map(({ path }) => `${path}\n`).join('');
  const run = spawnSync(program, { cwd: folder, input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout
    .trimEnd()
    .split('\n')
    .map((line): [string, string][] | string => JSON.parse(line));
});
const plain = ([key, value]: readonly [string, string]): readonly [string, string] => [
  key.replace(/ (?:docker\.io\/)?(?:library\/)?/, ' '),
  value,
];
report(
  'docker',
  repo,
  'Dockerfile',
  'docker’s parser (imagebuilder’s copy)',
  files.map(({ path, file }, index) => {
    const answer = answers[index] ?? 'no answer';
    const ours: Facts | ManifestError =
      file instanceof ManifestError
        ? file
        : factsOf(file.entries.filter(({ id }) => id !== 'syntax').map(entry => plain(fact(entry))));
    return { path, ours, theirs: typeof answer === 'string' ? answer : factsOf(answer.map(plain)) };
  }),
);
