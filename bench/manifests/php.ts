/**
 * composer.json and composer.lock beside a second parser (Python's json); with LINTEL_COMPOSER set, the lock files also beside
 * `composer show --locked` (Debian: composer), without plugins, scripts and network.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { ManifestError } from '../../src/facts/manifests/format.js';
import type { DependencyFile } from '../../src/model/dependency.js';
import { askPython, type Facts, factsOf, inFolder, readManifests, repoOption, report } from './comparison.js';

const repo = repoOption();
const files = await readManifests(repo, ['composer-json', 'composer-lock']);

function manifest({ entries }: DependencyFile): Facts {
  return factsOf(
    entries.map(({ id, role, alias, name, range, version, source }): [string, string] => {
      const [field, key, ...rest] = id.replace(/#\d+$/, '').split('/');
      if (field !== 'repositories')
        return [`${field} ${role === 'redirect' ? alias : name}`, range ?? 'self.version'];
      if (rest.length > 0) return [`repository ${key} ${name}`, version ?? 'null'];
      return [
        `repository ${key}`,
        source.type === 'git' ? source.url : source.type === 'path' ? source.written : '',
      ];
    }),
  );
}

function lock({ entries }: DependencyFile): Facts {
  const names = new Map(entries.map(({ id, name }) => [id, name]));
  return factsOf(
    entries.map(({ name, version, scope, source, license, requires }) => {
      const wants = [...new Set((requires ?? []).map(id => names.get(id)))].sort();
      const url =
        source.type === 'registry' || source.type === 'url'
          ? source.url
          : source.type === 'path'
            ? source.written
            : null;
      return [`${name} ${version}`, JSON.stringify([scope === 'development', url, license ?? '', wants])];
    }),
  );
}

/** Packages that come straight from a repository: theirs is the archive, ours the repository. */
function withoutGit(facts: Facts, other: Facts): Facts {
  return new Map(
    [...facts].map(([key, value]) => {
      const given: unknown[] = JSON.parse(value);
      const own = other.get(key);
      if (own === undefined) return [key, value];
      const parts: unknown[] = JSON.parse(own);
      return [key, JSON.stringify(parts[1] === null ? [given[0], null, ...given.slice(2)] : given)];
    }),
  );
}

for (const format of ['composer-json', 'composer-lock']) {
  const these = files.filter(file => file.format === format);
  if (these.length === 0) continue;
  const paths = these.map(({ path }) => path);
  const theirs = inFolder(these, folder => askPython('./php_oracle.py', folder, paths));
  report(
    'composer',
    repo,
    format,
    "second parser: Python's json",
    these.map(({ path, file }, index) => {
      const other = theirs[index] ?? '';
      if (file instanceof ManifestError) return { path, ours: file, theirs: other };
      if (format === 'composer-json') return { path, ours: manifest(file), theirs: other };
      const own = lock(file);
      return { path, ours: own, theirs: typeof other === 'string' ? other : withoutGit(other, own) };
    }),
  );
}

interface Shown {
  readonly locked: readonly {
    readonly name: string;
    readonly version: string;
    readonly 'direct-dependency': boolean;
  }[];
}

/** Composer's own list of what is locked. */
function shown(folder: string): Facts | string {
  const run = spawnSync(
    'composer',
    [
      'show',
      '--locked',
      '--format=json',
      '--no-plugins',
      '--no-scripts',
      '--no-interaction',
      '--working-dir',
      folder,
    ],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      env: { ...process.env, COMPOSER_DISABLE_NETWORK: '1', COMPOSER_ALLOW_SUPERUSER: '1' },
    },
  );
  if (run.status !== 0) return run.stderr.trim().slice(0, 200);
  const { locked }: Shown = JSON.parse(run.stdout);
  return factsOf(
    locked.map(one => [one.name.toLowerCase(), JSON.stringify([one.version, one['direct-dependency']])]),
  );
}

const locks = files.filter(
  ({ path, format }) =>
    format === 'composer-lock' && files.some(one => one.path === path.replace(/lock$/, 'json')),
);
if (locks.length > 0 && process.env['LINTEL_COMPOSER'] !== undefined)
  inFolder(files, folder =>
    report(
      'composer',
      repo,
      'composer-lock',
      '`composer show --locked`',
      locks.map(({ path, file }) => ({
        path,
        ours:
          file instanceof ManifestError
            ? file
            : factsOf(
                file.entries.map(({ name, version, source, direct }) => {
                  // Composer shows of branches the commit, too.
                  const commit = version?.includes('dev') ? commitOf(file, name, source) : '';
                  return [name, JSON.stringify([`${version}${commit}`, direct])];
                }),
              ),
        theirs: shown(join(folder, dirname(path))),
      })),
    ),
  );

function commitOf(
  { entries }: DependencyFile,
  name: string,
  source: DependencyFile['entries'][number]['source'],
): string {
  const found = entries.find(entry => entry.name === name)?.integrity[0]?.replace(/^git-/, '');
  const commit = source.type === 'git' ? source.revision : found;
  return commit === undefined || commit === null ? '' : ` ${commit.slice(0, 7)}`;
}
