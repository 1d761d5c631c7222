/**
 * Cargo.toml beside `cargo metadata --offline --no-deps` (needs cargo; Debian: cargo), what that doesn't show (the
 * workspace's dependencies, patches, replacements) and Cargo.lock beside a second parser (Python's tomllib).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { ManifestError } from '../../src/facts/manifests/format.js';
import type { DependencyEntry, DependencyFile } from '../../src/model/dependency.js';
import {
  askPython,
  type Facts,
  factsOf,
  inFolder,
  type ReadFile,
  readManifests,
  repoOption,
  report,
} from './comparison.js';

interface Metadata {
  readonly packages: readonly {
    readonly name: string;
    readonly version: string;
    readonly manifest_path: string;
    readonly dependencies: readonly {
      readonly name: string;
      readonly source: string | null;
      readonly req: string;
      readonly kind: 'dev' | 'build' | null;
      readonly rename: string | null;
      readonly optional: boolean;
      readonly target: string | null;
      readonly path?: string;
    }[];
  }[];
}

const repo = repoOption();
const files = await readManifests(repo, ['cargo-toml', 'cargo-lock']);
const manifests = files.filter(({ format }) => format === 'cargo-toml');
const canonical = (name: string): string => name.replaceAll('_', '-');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lintel-cargo-')));

/** Asks Cargo for one manifest after the other, but for those that came with another's workspace. */
function cargo(): ReadonlyMap<string, Facts | string> {
  const tar = spawnSync('sh', [
    '-c',
    `git --git-dir="$0" archive HEAD -- ':(glob)**/*.rs' ':(glob)**/*.toml' | tar x -C "$1"`,
    repo,
    folder,
  ]);
  if (tar.status !== 0) throw new Error(tar.stderr.toString());
  // Fixtures without sources have none on purpose: Cargo wants one to begin with.
  for (const { path } of manifests) {
    const source = join(folder, dirname(path), 'src');
    if (existsSync(source)) continue;
    mkdirSync(source);
    writeFileSync(join(source, 'lib.rs'), '');
  }
  const known = new Map<string, Facts | string>();
  for (const { path, file } of manifests) {
    if (known.has(path)) continue;
    const args = ['metadata', '--offline', '--no-deps', '--format-version', '1', '--manifest-path'];
    const run = spawnSync('cargo', [...args, join(folder, path)], {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      cwd: '/',
    });
    if (run.status !== 0) {
      known.set(path, run.stderr.trim().replaceAll('\n', ' ').replaceAll(folder, ''));
      continue;
    }
    const metadata: Metadata = JSON.parse(run.stdout);
    for (const one of metadata.packages)
      known.set(relative(folder, realpathSync(one.manifest_path)), factsOf(packageFacts(one)));
    // A workspace without a package of its own.
    if (!known.has(path) && !(file instanceof ManifestError) && file.project.name === null)
      known.set(path, new Map());
  }
  return known;
}

function* packageFacts(one: Metadata['packages'][number]): Generator<readonly [string, string]> {
  yield ['package', `${one.name} ${one.version}`];
  for (const { name, source, req, kind, rename, optional, target, path } of one.dependencies)
    yield [
      `${spaced(target ?? '')} ${kind ?? 'normal'} ${rename ?? name}`,
      JSON.stringify([
        canonical(name),
        req,
        optional,
        path !== undefined
          ? `path ${relative(folder, path)}`
          : source?.startsWith('git+')
            ? source
            : 'registry',
      ]),
    ];
}

/** Cargo writes conditions anew. */
function spaced(target: string): string {
  return target.replace(/\s/g, '');
}

/** Refusals for what the manifest doesn't say itself: nothing to compare. */
const ELSEWHERE =
  /believes it's in a workspace|nightly|for workspace member|registry index was not found|no targets specified|can't find/;

const KINDS: Readonly<Record<string, string>> = { dependencies: 'normal', dev: 'dev', build: 'build' };

function ours({ project, entries }: DependencyFile): Facts {
  const facts: (readonly [string, string])[] = [];
  if (project.name !== null) facts.push(['package', `${project.name} ${project.version ?? '0.0.0'}`]);
  for (const entry of entries) if (entry.role === 'dependency') facts.push(mine(entry));
  return factsOf(facts);
}

function mine({ id, name, range, scope, source }: DependencyEntry): readonly [string, string] {
  const match = /^(?:target\/(.*)\/)?([a-z]+)(?:[-_]dependencies)?\/([^/]+)$/.exec(id);
  const [, target = '', table = '', key = ''] = match ?? [];
  const place =
    source.type === 'path'
      ? `path ${source.path ?? relative(folder, join(folder, source.written))}`
      : source.type === 'git'
        ? `git+${source.url}`
        : 'registry';
  return [
    `${spaced(target)} ${KINDS[table]} ${key}`,
    JSON.stringify([name, requirement(range), scope === 'optional', place]),
  ];
}

/** As Cargo's own library writes a range. */
function requirement(range: string | null): string {
  if (range === null) return '*';
  return range
    .split(',')
    .map(part =>
      part
        .trim()
        .replace(/^([<>=~^]+)\s+/, '$1')
        .replace(/\.[xX]/g, '.*'),
    )
    .filter(part => part !== '')
    .map(part => (/^\d/.test(part) && !part.includes('*') ? `^${part}` : part))
    .join(', ');
}

function withoutReference(value: string): string {
  return value.replace(/(git\+[^"?#]*)[?#][^"]*/, '$1');
}

function tables({ entries }: DependencyFile): Facts {
  return factsOf(
    entries
      .filter(({ role }) => role !== 'dependency')
      .map(({ id, range, source }) => [
        id,
        JSON.stringify([
          range,
          source.type === 'git'
            ? `git ${source.url} ${source.revision ?? ''}`
            : source.type === 'path'
              ? `path ${source.written}`
              : source.type === 'registry'
                ? (source.url ?? '')
                : '',
        ]),
      ]),
  );
}

function lock({ entries }: DependencyFile): Facts {
  const byId = new Map(entries.map(entry => [entry.id, entry]));
  const label = (entry: DependencyEntry | undefined): string => `${entry?.name} ${entry?.version}`;
  return factsOf(
    entries.map(entry => {
      const { name, version, source, role, integrity, requires } = entry;
      if (role === 'redirect') return [`unused ${name} ${version}`, ''];
      const place =
        source.type === 'registry'
          ? source.url
          : source.type === 'git'
            ? source.url + (source.revision === null ? '' : `#${source.revision}`)
            : 'path';
      const wants = (requires ?? []).map(id => label(byId.get(id))).sort();
      return [`${name} ${version} ${place}`, JSON.stringify([integrity[0]?.slice(7) ?? null, wants])];
    }),
  );
}

function python(these: readonly ReadFile[]): (Facts | string)[] {
  return inFolder(these, place =>
    askPython(
      'cargo_tables.py',
      place,
      these.map(({ path }) => path),
    ),
  );
}

/** Python's answers with names as ours are, and sources without their kind and what they ask for. */
function lockAnswer(answer: Facts | string): Facts | string {
  if (typeof answer === 'string') return answer;
  return factsOf(
    [...answer].map(([key, value]) => {
      const [name = '', version, place] = key.split(' ');
      if (name === 'unused') return [`unused ${canonical(version ?? '')} ${place}`, ''];
      const [checksum, wants]: [string | null, string[]] = JSON.parse(value);
      const plain = place?.replace(/^[a-z-]+\+/, '').replace(/\?[^#]*/, '');
      return [
        `${canonical(name)} ${version} ${plain}`,
        JSON.stringify([checksum, wants.map(canonical).sort()]),
      ];
    }),
  );
}

const own = (one: ReadFile, facts: (file: DependencyFile) => Facts): Facts | ManifestError =>
  one.file instanceof ManifestError ? one.file : facts(one.file);
const isElsewhere = (answer: Facts | string | undefined): boolean =>
  typeof answer === 'string' && ELSEWHERE.test(answer);
let known: ReadonlyMap<string, Facts | string>;
try {
  known = cargo();
  const without = manifests.filter(({ path }) => isElsewhere(known.get(path)));
  console.log(`${without.length} manifest(s) that Cargo doesn’t read for what is around them`);
  const plain = (facts: Facts): Facts =>
    new Map([...facts].map(([key, value]) => [key, withoutReference(value)]));
  report(
    'cargo',
    repo,
    'Cargo.toml',
    'cargo metadata --offline --no-deps',
    manifests
      .filter(({ path }) => !isElsewhere(known.get(path)))
      .map(one => {
        const answer = known.get(one.path) ?? 'cargo doesn’t show it';
        return {
          path: one.path,
          ours: own(one, ours),
          theirs: typeof answer === 'string' ? answer : plain(answer),
        };
      }),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const answers = python(manifests);
report(
  'cargo',
  repo,
  'Cargo.toml: workspace, patch, replace',
  'second parser (tomllib)',
  manifests.map((one, index) => {
    const cargos = known.get(one.path);
    const refusal = one.file instanceof ManifestError && typeof cargos === 'string' ? cargos : null;
    const answer = refusal ?? answers[index] ?? 'no answer';
    const theirs =
      typeof answer === 'string'
        ? answer
        : new Map([...answer].map(([key, value]) => [key, JSON.stringify(JSON.parse(value).slice(1))]));
    return { path: one.path, ours: own(one, tables), theirs };
  }),
);
const locks = files.filter(({ format }) => format === 'cargo-lock');
const lockAnswers = python(locks);
report(
  'cargo',
  repo,
  'Cargo.lock',
  'second parser (tomllib)',
  locks.map((one, index) => ({
    path: one.path,
    ours: own(one, lock),
    theirs: lockAnswer(lockAnswers[index] ?? 'no answer'),
  })),
);
