/**
 * What a large lock file costs: parsed alone, judged when one entry of it changes, and beside a commit that does not
 * touch it. `npm run bench:lock -- [--size MB] [--runs N]`; needs `npm run build`.
 *
 * Each figure is a process of its own, as at a commit: a warmed-up compiler would flatter all of them.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { install } from './lintel.js';
import { lockText } from './manifests/lock-text.js';
import { hookEnvironment } from './measures.js';
import { cleanEnvironment, git, timed } from './process.js';
import { seeded, shuffled } from './random.js';
import { median } from './statistics.js';

const CHECKOUT = dirname(dirname(fileURLToPath(import.meta.url)));
const CLI = join(CHECKOUT, 'dist/cli.js');
const { values } = parseArgs({
  options: { size: { type: 'string', default: '30' }, runs: { type: 'string', default: '7' } },
});
const RUNS = Number(values.runs);

const DECISION = `---
id: ADR-0001
title: Packages are chosen
status: accepted
invariants:
  - id: no-pg
    forbid-dependency: ["npm:pg", "npm:request"]
  - id: registry
    dependency-source: { types: [registry], hosts: [registry.example.org] }
---
# Packages are chosen
`;

/** This one compares the checksums of both sides: what stood before has to be parsed, too. */
const STRICT = DECISION.replace('types: [registry]', 'types: [registry], integrity: required');

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** A repository with lintel's hooks, with or without the lock file. */
function repository(lock: string | null, decision = DECISION): string {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-bench-lock-'));
  git(folder, ['init', '--quiet']);
  write(folder, {
    '.architecture/decisions/0001-packages.md': decision,
    'package.json': '{ "name": "bench", "version": "1.0.0" }\n',
    'src/a.ts': 'export const a = 1;\n',
    ...(lock === null ? {} : { 'package-lock.json': lock }),
  });
  git(folder, ['add', '.']);
  git(folder, ['commit', '--quiet', '--message', 'start']);
  install({ path: folder });
  return folder;
}

/** The changed lock file: one entry is another version. */
function changed(lock: string): string {
  const middle = lock.indexOf('"version": "', lock.length / 2) + '"version": "'.length;
  return `${lock.slice(0, middle)}9${lock.slice(middle)}`;
}

function check(folder: string): number {
  const { milliseconds, status, output } = timed({
    file: process.execPath,
    args: [CLI, 'check', '--staged'],
    cwd: folder,
    environment: cleanEnvironment(),
  });
  if (status !== 0) throw new Error(`lintel check exited with ${status}:\n${output}`);
  return milliseconds;
}

function gate(folder: string): number {
  const { milliseconds, status, output } = timed({
    file: 'sh',
    args: ['.git/hooks/pre-commit'],
    cwd: folder,
    environment: hookEnvironment(),
  });
  if (status !== 0) throw new Error(`the gate exited with ${status}:\n${output}`);
  return milliseconds;
}

/** The parser alone: reads the file, makes entries of it, and ends. */
function parse(folder: string, how: 'JSON.parse' | 'entries'): number {
  const code =
    how === 'JSON.parse'
      ? `JSON.parse(readFileSync('package-lock.json', 'utf8'))`
      : `(await import(${JSON.stringify(join(folder, 'parser.mjs'))})).packageLock.parse('package-lock.json', readFileSync('package-lock.json', 'utf8'))`;
  const { milliseconds, status, output } = timed({
    file: process.execPath,
    args: ['--input-type=module', '--eval', `import { readFileSync } from 'node:fs';\n${code}`],
    cwd: folder,
    environment: cleanEnvironment(),
  });
  if (status !== 0) throw new Error(output);
  return milliseconds;
}

let seed = 0;
function fresh(text: string): string {
  seed++;
  return `${text}// ${process.pid}.${seed}\n`;
}

async function main(): Promise<void> {
  if (!existsSync(CLI)) throw new Error('dist/cli.js is missing: run "npm run build" first');
  const lock = lockText(3, Number(values.size) * 1e6);
  const [large, strict, none] = [repository(lock), repository(lock, STRICT), repository(null)];
  const { build } = await import('esbuild');
  await build({
    entryPoints: [join(CHECKOUT, 'src/facts/manifests/npm/package-lock.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: join(large, 'parser.mjs'),
  });
  const source = readFileSync(join(large, 'src/a.ts'), 'utf8');
  const stage = (folder: string, files: Readonly<Record<string, string>>): void => {
    git(folder, ['reset', '--quiet', '--hard']);
    write(folder, files);
    git(folder, ['add', ...Object.keys(files)]);
  };
  const unrelated = (folder: string): number => {
    stage(folder, { 'src/a.ts': fresh(source) });
    return gate(folder);
  };
  const measures: Readonly<Record<string, () => number>> = {
    'node, reading the file and JSON.parse': () => parse(large, 'JSON.parse'),
    'node, reading the file and making entries of it': () => parse(large, 'entries'),
    'judge, one entry of the lock file changed': () => {
      stage(large, { 'package-lock.json': changed(lock) });
      return check(large);
    },
    'the same, with the rule that checksums stay': () => {
      stage(strict, { 'package-lock.json': changed(lock) });
      return check(strict);
    },
    'judge, one source file changed': () => {
      stage(large, { 'src/a.ts': fresh(source) });
      return check(large);
    },
    'commit gate, one source file changed': () => unrelated(large),
    'commit gate, the same without any lock file': () => unrelated(none),
  };
  const runs = new Map<string, number[]>();
  const random = seeded(1);
  for (let round = -2; round < RUNS; round++)
    for (const [name, measure] of shuffled(Object.entries(measures), random)) {
      const milliseconds = measure();
      if (round >= 0) runs.set(name, [...(runs.get(name) ?? []), milliseconds]);
    }
  const base = median(runs.get('node, reading the file and making entries of it') ?? []);
  console.log(
    `| package-lock.json of ${(lock.length / 1e6).toFixed(1)} MB | median ms | × its parser |\n|-|-:|-:|`,
  );
  for (const name of Object.keys(measures)) {
    const middle = median(runs.get(name) ?? []);
    console.log(`| ${name} | ${middle.toFixed(0)} | ${(middle / base).toFixed(2)} |`);
  }
  for (const folder of [large, strict, none]) rmSync(folder, { recursive: true, force: true });
}

await main();
