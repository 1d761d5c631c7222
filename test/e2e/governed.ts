/**
 * A repository under two decisions with lintel's hooks really installed, for scenarios that drive real git.
 *
 *     scenario('a plain commit', async at => {
 *       at.blocks({ 'src/ui/a.ts': VIOLATES });
 *     });
 *
 * The hooks run a copy of the built package: a rebuild in the middle of the tests would take the judge away.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { buildIfStale, CHECKOUT } from '../support/dist.js';
import {
  createRepository,
  type FileContent,
  type GitOptions,
  type RepositoryOptions,
  type RunResult,
  type TestRepository,
} from '../support/repository.js';

export const ADR = '.architecture/decisions/0001-the-ui-stays-off-the-database.md';
export const VIOLATES = "import { pool } from '../db/pool';\nexport const shown = pool;\n";
export const CONFORMS = "import { api } from '../api/client';\nexport const shown = api;\n";
export const DECISION = `---
id: ADR-0001
title: The UI stays off the database
status: accepted
invariants:
  - id: ui-off-the-database
    forbid-import: { from: "src/ui/**", to: "src/db/**" }
    because: Queries in the UI cannot be cached.
    instead: Call src/api/client.ts.
---
# The UI stays off the database
`;

export const GOVERNED: Readonly<Record<string, FileContent>> = {
  '.architecture/config.yaml': 'version: 1\n',
  [ADR]: DECISION,
  '.architecture/decisions/0002-vendor-is-frozen.md': `---
id: ADR-0002
title: Vendored code is frozen
status: accepted
invariants:
  - id: vendor-is-frozen
    append-only: { in: "vendor/**", unit: file }
  - id: no-console
    forbid-text: { in: "src/**", pattern: 'console\\.log', where: [code] }
---
# Vendored code is frozen
`,
  'src/db/pool.ts': 'export const pool = 1;\n',
  'src/api/client.ts': 'export const api = 1;\n',
  'src/ui/list.ts': "import { api } from '../api/client';\nexport const list = [api];\n",
  'vendor/lib.js': 'lib();\n',
};

const HOOKS = ['pre-commit', 'pre-merge-commit', 'post-commit', 'pre-push'];

let packageFolder = '';

export interface Governed {
  readonly repository: TestRepository;
  /** Writes, stages, and commits with the hooks; git's result whatever it is. */
  tries(files: Readonly<Record<string, FileContent>>, ...args: readonly string[]): RunResult;
  /** The change is blocked, by this decision, and leaves HEAD where it was. The index is emptied of it. */
  blocks(files: Readonly<Record<string, FileContent>>, decision?: string): RunResult;
  /** The change is committed. Returns the new HEAD. */
  admits(files: Readonly<Record<string, FileContent>>): string;
  git(args: readonly string[], options?: GitOptions): RunResult;
  /** `git` with the expectation that lintel stops it: it fails, says so, and the revision stays. */
  stops(args: readonly string[], options?: GitOptions & { readonly decision?: string }): RunResult;
  /** What `lintel log` says of a revision. */
  logged(revision: string): 'judged' | 'unjudged' | 'absent';
  lintel(...args: readonly string[]): RunResult;
  /**
   * A hash of what lintel must not write: the index as bytes, the working tree, the refs. Not the objects: git's own
   * diff-index writes the trees of a sparse index.
   */
  untouched(): string;
}

/** Writes `.git/hooks` as `lintel init --hooks git` does, with this checkout's build as the package. */
export function installHooks(repository: TestRepository, gitDirectory = '.git'): void {
  const launcher = readFileSync(path.join(CHECKOUT, 'hooks/launcher.sh'), 'utf8');
  const files: Record<string, FileContent> = {
    [`${gitDirectory}/lintel/node`]: `${process.execPath}\n`,
    [`${gitDirectory}/lintel/entry`]: `${packageFolder}\n`,
  };
  for (const hook of HOOKS) files[`${gitDirectory}/hooks/${hook}`] = { executable: launcher };
  repository.write(files);
}

export interface GovernedOptions extends Omit<RepositoryOptions, 'files'> {
  /** `unborn`: no commit yet, and no policy. Default: the policy is committed. */
  readonly start?: 'unborn' | 'governed';
}

async function createGoverned({ start = 'governed', ...options }: GovernedOptions = {}): Promise<Governed> {
  const repository = await createRepository({
    ...options,
    ...(start === 'unborn' ? {} : { files: GOVERNED }),
  });
  installHooks(repository);
  return governed(repository);
}

/** The same hands for a clone or a linked worktree. */
export function governed(repository: TestRepository): Governed {
  const git: Governed['git'] = (args, options) => repository.git(args, options);
  const head = (): string => git(['rev-parse', '-q', '--verify', 'HEAD'], { expectFailure: true }).stdout;
  const stops: Governed['stops'] = (args, options = {}) => {
    const { decision = 'ADR-0001', ...given } = options;
    const was = head();
    const result = git(args, { ...given, expectFailure: true });
    const said = result.stdout + result.stderr;
    assert.notEqual(result.code, 0, `git ${args.join(' ')} was not stopped\n${said}`);
    assert.match(said, new RegExp(`^${decision} `, 'm'), said);
    assert.match(said, /^lintel: .*blocked — /m, said);
    assert.equal(head(), was, 'HEAD has moved');
    return result;
  };
  const put = (files: Readonly<Record<string, FileContent>>): void => {
    repository.write(files);
    repository.stage(...Object.keys(files));
  };
  const lintel: Governed['lintel'] = (...args) =>
    repository.run(process.execPath, [path.join(packageFolder, 'dist/cli.js'), ...args], {
      expectFailure: true,
    });
  const logged: Governed['logged'] = revision => {
    const wanted = git(['rev-parse', '--short=7', revision]).stdout.trim();
    const line = lintel('log')
      .stdout.split('\n')
      .find(one => one.startsWith(wanted));
    return line === undefined ? 'absent' : / unjudged /.test(line) ? 'unjudged' : 'judged';
  };
  return {
    repository,
    git,
    stops,
    lintel,
    logged,
    tries(files, ...args) {
      put(files);
      return git(['commit', '-m', 'tried', ...args], { expectFailure: true });
    },
    blocks(files, decision) {
      put(files);
      const result = stops(['commit', '-m', 'blocked'], decision === undefined ? {} : { decision });
      git(['reset', '-q', '--hard']);
      return result;
    },
    admits(files) {
      put(files);
      const was = head();
      const result = git(['commit', '-m', 'admitted'], { expectFailure: true });
      assert.equal(result.code, 0, result.stdout + result.stderr);
      assert.notEqual(head(), was);
      return head().trim();
    },
    untouched() {
      const index = path.resolve(
        repository.path,
        git(['rev-parse', '--git-path', 'index']).stdout.replace(/\n$/, ''),
      );
      const hash = createHash('sha256').update(existsSync(index) ? readFileSync(index) : '');
      // Without optional locks, or status itself would refresh the index.
      for (const args of [
        ['--no-optional-locks', 'status', '--porcelain=v2', '-z', '--untracked-files=all'],
        ['for-each-ref'],
      ])
        hash.update(git(args).bytes);
      return hash.digest('hex');
    },
  };
}

/** One repository, one story. */
export function scenario(
  name: string,
  use: (at: Governed) => void | Promise<void>,
  options: GovernedOptions & { readonly skip?: string | false } = {},
): void {
  const { skip = false, ...given } = options;
  test(name, { skip }, async () => {
    const at = await createGoverned(given);
    try {
      await use(at);
    } finally {
      await at.repository.dispose();
    }
  });
}

/** `main` and `topic` have each one commit that the other lacks, made without hooks. */
export function branches(
  at: Governed,
  main: Readonly<Record<string, FileContent>>,
  topic: Readonly<Record<string, FileContent>>,
): void {
  at.git(['checkout', '-q', '-b', 'topic']);
  at.repository.write(topic);
  at.repository.stage();
  at.repository.commit('topic', '--no-verify');
  at.git(['checkout', '-q', 'main']);
  at.repository.write(main);
  at.repository.stage();
  at.repository.commit('main', '--no-verify');
}

/** Builds where needed, and makes the copy of the package that hooks run. Call it once in a test file. */
export function withPackage(): void {
  before(() => {
    buildIfStale();
    packageFolder = realpathSync(mkdtempSync(path.join(tmpdir(), 'lintel-package-')));
    for (const name of ['dist', 'hooks', 'schema', 'templates', 'package.json'])
      cpSync(path.join(CHECKOUT, name), path.join(packageFolder, name), { recursive: true });
    symlinkSync(path.join(CHECKOUT, 'node_modules'), path.join(packageFolder, 'node_modules'));
  });
  after(() => rmSync(packageFolder, { recursive: true, force: true }));
}
