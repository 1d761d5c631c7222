import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ImportLanguage } from '../../src/facts/imports/language.js';
import type { ImportSite } from '../../src/model/edges.js';
import { listBlobs, readBlobs } from './blobs.js';
import type { OracleResult } from './result.js';

/** One line of a program's answer: what it found in one file. */
export interface Answer {
  readonly path: string;
  readonly error?: string;
  readonly sites: readonly Pick<ImportSite, 'specifier' | 'kind' | 'form' | 'names' | 'line' | 'column'>[];
}

type AnswerSite = Answer['sites'][number];

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

const edge = (site: AnswerSite): string => `${site.line}:${site.column} ${JSON.stringify(site.specifier)}`;
const whole = (site: AnswerSite): string =>
  `${edge(site)} ${site.kind} ${site.form ?? ''} [${(site.names ?? []).join()}]`;

/** Files larger than this are machine-made tables: too slow for some oracles. Characters. */
const LONGEST = 1_000_000;

/**
 * Compares a language's extractor with a program that reads the paths of files, one a line, on its standard input
 * and prints an `Answer` for each, one a line. Both read the same text: it is decoded, and written to a folder
 * of its own.
 */
export async function compareWith(
  repo: string,
  language: ImportLanguage,
  program: Program,
): Promise<OracleResult> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-oracle-'));
  try {
    return await compareIn(folder, repo, language, program);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compareIn(
  folder: string,
  repo: string,
  language: ImportLanguage,
  program: Program,
): Promise<OracleResult> {
  const ours = new Map<string, ReturnType<ImportLanguage['extract']>>();
  const unread: string[] = [];
  let seconds = 0;
  const blobs = listBlobs(repo, 'HEAD').filter(({ path }) => {
    const dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') + 1 && language.extensions.includes(path.slice(dot + 1).toLowerCase());
  });
  for (const [{ path }, text] of readBlobs(repo, blobs)) {
    if (text.length > LONGEST) {
      unread.push(`${path}: passed over, ${text.length} characters`);
      continue;
    }
    const start = performance.now();
    const extraction = language.extract(path, text);
    seconds += (performance.now() - start) / 1000;
    ours.set(path, extraction);
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const result = {
    files: ours.size,
    imports: 0,
    missed: [] as string[],
    extra: [] as string[],
    differing: [] as string[],
    unread,
    seconds,
  };
  for await (const answer of run(program, folder, [...ours.keys()])) {
    const extraction = ours.get(answer.path);
    if (extraction === undefined) throw new Error(`the oracle answers for ${answer.path}, never asked`);
    if (!extraction.ok || answer.error !== undefined) {
      const mine = extraction.ok ? 'read' : `${extraction.line}:${extraction.column} ${extraction.message}`;
      unread.push(`${answer.path}: lintel: ${mine}; oracle: ${answer.error ?? 'read'}`);
      // What the oracle could salvage still has to be found.
      if (!extraction.ok) continue;
    }
    compareSites(answer, extraction.sites, result);
  }
  return result;
}

function compareSites(
  answer: Answer,
  found: readonly ImportSite[],
  result: { imports: number; missed: string[]; extra: string[]; differing: string[] },
): void {
  result.imports += answer.sites.length;
  const left = new Map<string, ImportSite[]>();
  for (const site of found) left.set(edge(site), [...(left.get(edge(site)) ?? []), site]);
  for (const site of answer.sites) {
    const mine = left.get(edge(site))?.shift();
    if (mine === undefined) result.missed.push(`${answer.path}:${whole(site)}`);
    else if (whole(mine) !== whole(site))
      result.differing.push(`${answer.path}:${whole(mine)} | oracle: ${whole(site)}`);
  }
  // A reader that gave up tells nothing about what stands behind.
  if (answer.error !== undefined) return;
  for (const sites of left.values())
    for (const site of sites) result.extra.push(`${answer.path}:${whole(site)}`);
}

async function* run(program: Program, cwd: string, paths: readonly string[]): AsyncGenerator<Answer> {
  const child = spawn(program.command, program.args, { cwd, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  child.stdin.end(`${paths.join('\n')}\n`);
  let answers = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    answers++;
    yield JSON.parse(line) as Answer;
  }
  const code = await ended;
  if (code !== 0 || answers !== paths.length)
    throw new Error(`${program.command}: exit ${code}, ${answers} answers for ${paths.length} files`);
}
