import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ManifestError } from '../../src/facts/manifests/format.js';
import { MANIFEST_FORMATS } from '../../src/facts/manifests/formats.js';
import { manifestFormat } from '../../src/facts/manifests/names.js';
import { repoPath } from '../../src/model/brand.js';
import type { DependencyFile } from '../../src/model/dependency.js';
import { listBlobs, readBlobs } from '../oracle/blobs.js';

/** What both sides say of one entry, by what both call it. */
export type Facts = ReadonlyMap<string, string>;

export interface ReadFile {
  readonly path: string;
  readonly format: string;
  readonly text: string;
  /** Linked; else the refusal. */
  readonly file: DependencyFile | ManifestError;
}

/** The manifests and lock files of a repository's HEAD that have one of the formats, parsed and linked. */
export async function readManifests(repo: string, formats: readonly string[]): Promise<readonly ReadFile[]> {
  const read: ReadFile[] = [];
  const parsed = new Map<string, DependencyFile>();
  const blobs = listBlobs(repo, 'HEAD').filter(({ path }) => formats.includes(manifestFormat(path) ?? ''));
  for (const [{ path }, text] of readBlobs(repo, blobs)) {
    const format = manifestFormat(path) ?? '';
    const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
    const parser = await MANIFEST_FORMATS[format]?.();
    if (parser === undefined) throw new Error(`no format ${format}`);
    const file = guarded(() => parser.parse(repoPath(path), plain));
    if (!(file instanceof ManifestError)) parsed.set(path, file);
    read.push({ path, format, text: plain, file });
  }
  const others = { file: (path: string) => parsed.get(path) ?? null, all: () => parsed.values() };
  const linked: ReadFile[] = [];
  for (const one of read) {
    const link = (await MANIFEST_FORMATS[one.format]?.())?.link;
    const { file } = one;
    if (link === undefined || file instanceof ManifestError) linked.push(one);
    else linked.push({ ...one, file: guarded(() => link(file, others)) });
  }
  return linked;
}

function guarded(action: () => DependencyFile): DependencyFile | ManifestError {
  try {
    return action();
  } catch (error) {
    if (error instanceof ManifestError) return error;
    throw error;
  }
}

/** Keys that a side says twice get a number: nothing is lost in a map. */
export class FactsOf {
  readonly facts = new Map<string, string>();

  add(key: string, value: string): void {
    let name = key;
    for (let count = 2; this.facts.has(name); count++) name = `${key} (${count})`;
    this.facts.set(name, value);
  }
}

export function factsOf(entries: Iterable<readonly [string, string]>): Facts {
  const facts = new FactsOf();
  for (const [key, value] of entries) facts.add(key, value);
  return facts.facts;
}

interface Compared {
  readonly path: string;
  readonly ours: Facts | ManifestError;
  /** A string: why the oracle refuses the file. */
  readonly theirs: Facts | string;
}

/** Prints what differs, and a row of the table in docs/. Files that both refuse agree. */
export function report(
  ecosystem: string,
  repo: string,
  format: string,
  oracle: string,
  files: readonly Compared[],
): void {
  const missed: string[] = [];
  const extra: string[] = [];
  const differing: string[] = [];
  let entries = 0;
  let refused = 0;
  for (const { path, ours, theirs } of files) {
    if (ours instanceof ManifestError || typeof theirs === 'string') {
      refused++;
      if (ours instanceof ManifestError && typeof theirs === 'string') {
        console.log(`${path}: both refuse (${ours.line}: ${ours.message} | ${theirs})`);
        continue;
      }
      if (ours instanceof ManifestError) missed.push(`${path}: refused: ${ours.line}: ${ours.message}`);
      else extra.push(`${path}: the oracle refuses: ${theirs}`);
      continue;
    }
    entries += theirs.size;
    for (const [key, value] of theirs) {
      const own = ours.get(key);
      if (own === undefined) missed.push(`${path}: ${key} (${value})`);
      else if (own !== value) differing.push(`${path}: ${key}: ${own} instead of ${value}`);
    }
    for (const [key, value] of ours) if (!theirs.has(key)) extra.push(`${path}: ${key} (${value})`);
  }
  for (const [name, list] of Object.entries({ missed, extra, differing }))
    for (const line of list.slice(0, 40)) console.log(`${name}: ${line}`);
  if (refused > 0) console.log(`${refused} file(s) refused by one or both`);
  const name = basename(dirname(repo)).replace('+', '/');
  console.log(
    `| ${ecosystem} | ${name} | ${format} | ${files.length} | ${entries} | ${oracle} | ${missed.length} | ${extra.length} | ${differing.length} |`,
  );
}

/** `--repo PATH`: a git directory. @throws Error when it is not said */
export function repoOption(): string {
  const { repo } = parseArgs({ options: { repo: { type: 'string' } } }).values;
  if (repo === undefined) throw new Error('say which repository: --repo PATH (a git directory)');
  return repo;
}

/** Gives a program the files, in a folder of their own; it is removed afterwards. */
export function inFolder<T>(files: readonly ReadFile[], action: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-manifests-'));
  try {
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return action(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs a parser in Python beside this file. It reads paths on its standard input, one a line, and prints for each one
 * line of JSON: `[[key, value], …]`, or a string: why it refuses the file.
 */
export function askPython(script: string, folder: string, paths: readonly string[]): (Facts | string)[] {
  const run = spawnSync('python3', [fileURLToPath(new URL(script, import.meta.url))], {
    cwd: folder,
    input: paths.map(path => `${path}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (run.status !== 0) throw new Error(`${script}: ${run.stderr}`);
  const lines = run.stdout.split('\n').filter(line => line !== '');
  if (lines.length !== paths.length) throw new Error(`${script}: ${lines.length} answers`);
  return lines.map(line => {
    const answer: string | [string, string][] = JSON.parse(line);
    return typeof answer === 'string' ? answer : factsOf(answer);
  });
}
