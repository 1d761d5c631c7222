import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { GENERATED, policyFiles, type Shape } from './policy.js';
import { cleanEnvironment, git } from './process.js';
import { seeded } from './random.js';
import { shapeOf } from './shape.js';
import { FILES_A_PACKAGE, packageSources } from './source.js';

/** Bumped when what is generated changes, so that no old cache is measured. */
const GENERATION = 1;
const CACHE = join(tmpdir(), 'lintel-bench');
const BASE = 'refs/tags/lintel-bench-base';

export interface BenchRepository {
  readonly name: string;
  readonly path: string;
  readonly shape: Shape;
  /** Leaves of the tree, and how many of them are TypeScript. */
  readonly files: number;
  readonly sources: readonly string[];
}

/** A repository of `count` TypeScript files, made once and kept in the temporary folder. */
export async function generated(count: number): Promise<BenchRepository> {
  const path = join(CACHE, `generated-${count}-v${GENERATION}`);
  if (!isReady(path)) {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true });
    git(path, ['init', '--quiet', '--initial-branch=main']);
    await fastImport(path, count);
    finish(path);
  }
  return opened(`generated ${thousands(count)}`, path, GENERATED);
}

/** A clone (sharing objects) of a repository, with a policy fitting its folders added by one commit. */
export function cloned(source: string): BenchRepository {
  const origin = resolve(source);
  const name =
    origin
      .split('/')
      .filter(part => part !== '' && part !== 'repo')
      .at(-1) ?? basename(origin);
  const path = join(CACHE, `clone-${name}-v${GENERATION}`);
  if (!isReady(path)) {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(CACHE, { recursive: true });
    git(CACHE, ['clone', '--quiet', '--shared', '--no-tags', '--no-checkout', origin, path]);
    git(path, ['read-tree', 'HEAD']);
    leaveOutMissing(path);
    git(path, ['checkout-index', '--all']);
    const shape = shapeOf(typescriptFiles(path));
    for (const [file, text] of policyFiles(shape)) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), text);
    }
    git(path, ['add', '--force', '--', '.architecture']);
    git(path, ['commit', '--quiet', '--no-verify', '--message', 'A policy of twenty invariants']);
    finish(path);
  }
  // The shape is what the base commit's own files give, whether the clone was made now or before.
  return opened(name, path, shapeOf(typescriptFiles(path)));
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

function opened(name: string, path: string, shape: Shape): BenchRepository {
  const files = git(path, ['ls-tree', '-r', '-z', '--name-only', BASE]).split('\0').length - 1;
  return { name, path, shape, files, sources: typescriptFiles(path) };
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
  git(path, ['update-ref', BASE, 'HEAD']);
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

function rootFiles(): Map<string, string> {
  return new Map([
    ...policyFiles(GENERATED),
    ['package.json', '{\n  "name": "bench",\n  "private": true,\n  "workspaces": ["packages/*"]\n}\n'],
    [
      'tsconfig.json',
      '{\n  "compilerOptions": { "module": "esnext", "moduleResolution": "bundler", "strict": true }\n}\n',
    ],
  ]);
}

function entry(path: string, text: string): string {
  return `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
}

function thousands(count: number): string {
  return count % 1000 === 0 ? `${count / 1000}k` : String(count);
}
