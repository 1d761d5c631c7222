import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { importsNothing, type MayImport } from './legal.js';
import { GENERATED, type PolicyRules, policyFiles, type Shape } from './policy.js';
import { cleanEnvironment, git } from './process.js';
import { seeded } from './random.js';
import { shapeOf } from './shape.js';
import { FILES_A_PACKAGE, mayImport, packageSources } from './source.js';

/** Bumped when what is generated changes, so that no old cache is measured. */
const GENERATION = 3;
const CACHE = join(tmpdir(), 'lintel-bench');
/** Without a policy, and with that of this run. */
const FIRST = 'refs/tags/lintel-bench-first';
export const BASE = 'refs/tags/lintel-bench-base';

export interface BenchRepository {
  readonly name: string;
  readonly path: string;
  readonly shape: Shape;
  /** Leaves of the tree, and how many of them are TypeScript. */
  readonly files: number;
  readonly sources: readonly string[];
  /** Whether a new import of `to`, which lies in the same folder, can close no cycle and make no forbidden chain. */
  readonly mayImport: MayImport;
}

/**
 * A repository of `count` TypeScript files, made once and kept in the temporary folder. Its policy is a commit of its
 * own on top, so that both policies share one repository.
 */
export async function generated(count: number, rules: PolicyRules): Promise<BenchRepository> {
  const path = join(CACHE, `generated-${count}-v${GENERATION}`);
  if (!isReady(path)) {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true });
    git(path, ['init', '--quiet', '--initial-branch=main']);
    await fastImport(path, count);
    finish(path);
  }
  withPolicy(path, policyFiles(GENERATED, rules));
  return opened(`generated ${thousands(count)}`, path, GENERATED, mayImport);
}

/** A clone (sharing objects) of a repository, with a policy fitting its folders added by one commit. */
export function cloned(source: string, rules: PolicyRules): BenchRepository {
  const name = nameOf(source);
  const path = join(CACHE, `clone-${name}-v${GENERATION}`);
  if (!isReady(path)) makeClone(source, path, () => true);
  // The shape is what the base commit's own files give, whether the clone was made now or before.
  const shape = shapeOf(typescriptFiles(path));
  withPolicy(path, policyFiles(shape, rules));
  return opened(name, path, shape);
}

/**
 * A clone whose one commit on top holds nothing but the paths that `keep` names: what every tool of `bench/peers.ts`
 * looks at. The policy is added by {@link withPolicy}.
 */
export function clonedPart(source: string, key: string, keep: (path: string) => boolean): string {
  const path = join(CACHE, `part-${nameOf(source)}-${key}-v${GENERATION}`);
  if (!isReady(path)) makeClone(source, path, keep);
  return path;
}

/** The generated repository of `bench/peers.ts`, without a policy. */
export async function generatedPart(count: number): Promise<string> {
  const path = join(CACHE, `generated-${count}-v${GENERATION}`);
  if (!isReady(path)) await generated(count, 'direct');
  return path;
}

function makeClone(source: string, path: string, keep: (path: string) => boolean): void {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  git(CACHE, ['clone', '--quiet', '--shared', '--no-tags', '--no-checkout', resolve(source), path]);
  git(path, ['read-tree', 'HEAD']);
  leaveOut(path, file => !keep(file));
  leaveOutMissing(path);
  git(path, ['checkout-index', '--all']);
  git(path, ['commit', '--quiet', '--no-verify', '--allow-empty', '--message', 'What is measured']);
  finish(path);
}

/** Puts the files on top of the first state by one commit, from which every measurement of this run starts. */
export function withPolicy(path: string, files: ReadonlyMap<string, string>): void {
  git(path, ['reset', '--quiet', '--hard', FIRST]);
  git(path, ['clean', '--quiet', '--force', '-d', '-x', '--', '.architecture']);
  for (const [file, text] of files) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  git(path, ['add', '--force', '--', ...files.keys()]);
  git(path, ['commit', '--quiet', '--no-verify', '--message', 'The policy']);
  git(path, ['update-ref', BASE, 'HEAD']);
}

function nameOf(source: string): string {
  const origin = resolve(source);
  const parts = origin.split('/').filter(part => part !== '' && part !== 'repo');
  return parts.at(-1) ?? basename(origin);
}

function leaveOut(path: string, unwanted: (path: string) => boolean): void {
  const names = git(path, ['ls-files', '-z'])
    .split('\0')
    .filter(name => name !== '' && unwanted(name));
  const input = names.map(name => `${name}\0`).join('');
  if (input !== '') git(path, ['update-index', '--force-remove', '-z', '--stdin'], input);
}

/** A snapshot may lack its largest blobs: what can't be checked out is no part of the base commit. */
function leaveOutMissing(path: string): void {
  const entries = git(path, ['ls-files', '-s', '-z'])
    .split('\0')
    .filter(line => line !== '');
  const blobs = entries.filter(line => !line.startsWith('160000'));
  const ids = blobs.map(line => line.split(' ')[1] ?? '').join('\n');
  const missing = new Set<string>();
  for (const answer of git(path, ['cat-file', '--batch-check'], `${ids}\n`).split('\n'))
    if (answer.endsWith(' missing')) missing.add(answer.slice(0, -' missing'.length));
  const gone = blobs.filter(line => missing.has(line.split(' ')[1] ?? ''));
  const paths = gone.map(line => `${line.slice(line.indexOf('\t') + 1)}\0`).join('');
  if (paths !== '') git(path, ['update-index', '--force-remove', '-z', '--stdin'], paths);
}

/** Puts the repository back to its first state, without hooks and without anything that lintel keeps. */
export function reset(repository: BenchRepository): void {
  git(repository.path, ['reset', '--quiet', '--hard', BASE]);
  git(repository.path, ['clean', '--quiet', '--force', '-d']);
  rmSync(join(repository.path, '.git/lintel'), { recursive: true, force: true });
  rmSync(join(repository.path, '.git/hooks'), { recursive: true, force: true });
  mkdirSync(join(repository.path, '.git/hooks'));
  git(repository.path, ['reflog', 'expire', '--expire=now', '--all']);
  git(repository.path, ['prune', '--expire=now']);
}

/** What bench/peers.ts stages in: the TypeScript files below one folder of a repository made here. */
export function part(name: string, path: string, root: string, set: string): BenchRepository {
  const whole = opened(name, path, GENERATED, set === 'generated' ? mayImport : importsNothing);
  return { ...whole, sources: whole.sources.filter(source => source.startsWith(`${root}/`)) };
}

function opened(
  name: string,
  path: string,
  shape: Shape,
  legal: MayImport = importsNothing,
): BenchRepository {
  const files = git(path, ['ls-tree', '-r', '-z', '--name-only', BASE]).split('\0').length - 1;
  return { name, path, shape, files, sources: typescriptFiles(path), mayImport: legal };
}

function isReady(path: string): boolean {
  return existsSync(join(path, '.git/lintel-bench-ready'));
}

/** Marks the state that every measurement starts from; last of all, so that an interrupted one is made again. */
function finish(path: string): void {
  // Else `git commit` starts a maintenance process at a time of its own choosing.
  git(path, ['config', 'maintenance.auto', 'false']);
  git(path, ['config', 'gc.auto', '0']);
  git(path, ['config', 'commit.gpgSign', 'false']);
  git(path, ['update-ref', FIRST, 'HEAD']);
  writeFileSync(join(path, '.git/lintel-bench-ready'), '');
}

function typescriptFiles(path: string): string[] {
  const names = git(path, ['ls-tree', '-r', '-z', '--name-only', 'HEAD']).split('\0');
  return names.filter(name => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'));
}

async function fastImport(path: string, count: number): Promise<void> {
  const child = spawn('git', ['fast-import', '--quiet', '--done'], {
    cwd: path,
    env: cleanEnvironment(),
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const ended = once(child, 'close');
  const write = async (text: string): Promise<void> => {
    if (!child.stdin.write(text)) await once(child.stdin, 'drain');
  };
  await write('commit refs/heads/main\ncommitter Bench <bench@example.com> 1767225600 +0000\n');
  await write(`data 9\ngenerated\n`);
  for (const [file, text] of rootFiles()) await write(entry(file, text));
  const random = seeded(count);
  for (let made = 0, index = 0; made < count; made += FILES_A_PACKAGE, index++) {
    const files = packageSources(index, Math.min(FILES_A_PACKAGE, count - made), random);
    await write([...files].map(([file, text]) => entry(file, text)).join(''));
  }
  child.stdin.end('done\n');
  const [status] = await ended;
  if (status !== 0) throw new Error(`git fast-import exited with ${status}`);
  git(path, ['reset', '--quiet', '--hard', 'main']);
}

/** `paths` as well as workspaces: no packages are installed, and only lintel knows workspaces without links. */
const COMPILER_OPTIONS = {
  module: 'esnext',
  moduleResolution: 'bundler',
  strict: true,
  paths: { '@bench/*': ['./packages/*/src/index.ts'] },
};

function rootFiles(): Map<string, string> {
  return new Map([
    ['package.json', '{\n  "name": "bench",\n  "private": true,\n  "workspaces": ["packages/*"]\n}\n'],
    ['tsconfig.json', `${JSON.stringify({ compilerOptions: COMPILER_OPTIONS }, null, 2)}\n`],
  ]);
}

function entry(path: string, text: string): string {
  return `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
}

function thousands(count: number): string {
  return count % 1000 === 0 ? `${count / 1000}k` : String(count);
}
