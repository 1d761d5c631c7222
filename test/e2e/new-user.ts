/** A person with a small npm repository, the packed tarball, git and npm: nothing of this checkout but the tarball. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import { buildIfStale, CHECKOUT } from '../support/dist.js';
import {
  createRepository,
  type FileContent,
  type GitOptions,
  type RunResult,
  type TestRepository,
} from '../support/repository.js';

export const SHOP: Readonly<Record<string, FileContent>> = {
  '.gitignore': 'node_modules/\n',
  'package.json': `${JSON.stringify({ name: 'shop', version: '1.0.0', private: true }, null, 2)}\n`,
  'src/db/pool.ts': 'export const pool = { query: (sql: string) => sql };\n',
  'src/ui/list.ts': 'export const list = (): readonly string[] => [];\n',
  'src/index.ts': "export { list } from './ui/list.js';\n",
};

export interface User {
  readonly repository: TestRepository;
  /** Runs a line as it was printed or as one would type it; standard output and error as one text. */
  sh(line: string, options?: GitOptions): { readonly code: number; readonly text: string };
  /** The same, and it must succeed. */
  ok(line: string, options?: GitOptions): string;
  lintel(args: string, options?: GitOptions): { readonly code: number; readonly text: string };
  npm(args: string, options?: GitOptions): { readonly code: number; readonly text: string };
  tarball: string;
}

let packed = '';

/** `npm pack` of the built project, once for a test file. */
export function withTarball(): void {
  let folder = '';
  before(() => {
    buildIfStale();
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'lintel-pack-')));
    const args = ['pack', '--ignore-scripts', '--pack-destination', folder];
    const result = spawnSync('npm', args, { cwd: CHECKOUT, encoding: 'utf8' });
    assert.equal(result.status, 0, result.stderr);
    const [name = ''] = readdirSync(folder);
    packed = path.join(folder, name);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
}

/** The repository, with the tarball beside it and one commit in it; nothing of lintel yet. */
export async function newUser(files: Readonly<Record<string, FileContent>> = SHOP): Promise<User> {
  const home = process.env['HOME'] ?? '';
  const repository = await createRepository({
    files,
    env: {
      // The machine's way to the registry, which the isolated HOME hides.
      npm_config_userconfig: path.join(home, '.npmrc'),
      npm_config_cache: process.env['npm_config_cache'] ?? path.join(home, '.npm'),
      npm_config_loglevel: 'error',
      npm_config_audit: 'false',
      npm_config_fund: 'false',
    },
  });
  repository.run('cp', [packed, '../']);
  const sh: User['sh'] = (line, options) => {
    const given = { ...options, expectFailure: true };
    const result: RunResult = repository.run('sh', ['-c', `{ ${line}\n} 2>&1`], given);
    return { code: result.code, text: result.stdout };
  };
  return {
    repository,
    tarball: `../${path.basename(packed)}`,
    sh,
    ok(line, options) {
      const { code, text } = sh(line, options);
      assert.equal(code, 0, `${line}\n${text}`);
      return text;
    },
    lintel: (args, options) => sh(`npx --no-install lintel ${args}`, options),
    npm: (args, options) => sh(`npm ${args}`, options),
  };
}

/**
 * A registry that serves packages for this platform alone leaves the others out of the lock file, and `npm ci`
 * refuses such a lock. What the public registry would have written is added; no package of it is ever fetched.
 */
export function completeLock({ repository }: User, folder = ''): void {
  const name = `${folder}package-lock.json`;
  interface Locked {
    readonly version?: string;
    readonly optionalDependencies?: Readonly<Record<string, string>>;
  }
  const lock = JSON.parse(repository.read(name)) as { packages: Record<string, Locked | object> };
  for (const locked of Object.values({ ...lock.packages }) as Locked[])
    for (const [dependency, version] of Object.entries(locked.optionalDependencies ?? {}))
      lock.packages[`node_modules/${dependency}`] ??= {
        version,
        optional: true,
        dev: true,
        cpu: ['none'],
        os: ['none'],
      };
  repository.write({ [name]: `${JSON.stringify(lock, null, 2)}\n` });
}

/** The block of commands that init printed under a heading. */
export function printed(text: string, heading: string): string {
  const block = text.split(heading)[1]?.split(/\n(?=\S)/)[0];
  assert.ok(block !== undefined, `no ${JSON.stringify(heading)} in\n${text}`);
  return block
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .join('\n');
}

/** No inner value, no stack trace, and nouns in the number that they have. */
export function readsWell(text: string): void {
  assert.doesNotMatch(text, /undefined|\[object|\bNaN\b|(?<!\/dev\/)\bnull\b/, text);
  assert.doesNotMatch(text, /\n\s+at .*:\d+:\d+/, 'a stack trace');
  assert.doesNotMatch(
    text,
    /\b1 (?:findings|decisions|invariants|waivers|commits|files|warnings|problems)\b/,
    text,
  );
}

/** Files whose bytes or mode differ, those of installed packages aside. */
export function differing(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): readonly string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter(name => a[name] !== b[name] && !name.includes('node_modules/'));
}

/** The first finding of a report, as its `waive` line names it. */
export function findingOf(text: string): string {
  const id = /lintel waive ([0-9a-f]{7})/.exec(text)?.[1];
  assert.ok(id !== undefined, text);
  return id;
}
