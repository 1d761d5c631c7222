import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { ImportLanguage } from '../../../src/facts/imports/language.js';

/** What an oracle of bench/oracle prints for one file. */
interface Answer {
  readonly path: string;
  readonly error?: string;
  readonly sites: readonly {
    readonly specifier: string | null;
    readonly kind: string;
    readonly line: number;
    readonly column: number;
  }[];
}

export interface Comparison {
  /** Texts that the oracle could read. */
  readonly read: number;
  readonly imports: number;
  /** Texts on which the two do not agree, with both answers. */
  readonly differences: readonly string[];
}

function shown(sites: Answer['sites']): string {
  return sites
    .map(({ specifier, kind, line, column }) => `${line}:${column} ${kind} ${specifier}`)
    .sort()
    .join('\n');
}

/** Texts of a few pieces each, the same for the same seed. */
export function textsOf(pieces: readonly string[], count: number, seed: number): readonly string[] {
  return fc
    .sample(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 7 }), { numRuns: count, seed })
    .map(list => list.join(''));
}

/** Asks an oracle's script and a language's extractor about the same texts. */
export function compareTexts(
  language: ImportLanguage,
  extension: string,
  command: readonly [string, ...string[]],
  texts: readonly string[],
): Comparison {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-pieces-'));
  try {
    for (const [at, text] of texts.entries()) writeFileSync(join(folder, `${at}.${extension}`), text);
    const [program, ...args] = command;
    const input = texts.map((_, at) => `${at}.${extension}\n`).join('');
    const run = spawnSync(program, args, { cwd: folder, input, maxBuffer: 2 ** 28, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`${program}: ${run.stderr}`);
    const answers = run.stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Answer);
    if (answers.length !== texts.length)
      throw new Error(`${answers.length} answers for ${texts.length} texts`);
    let read = 0;
    let imports = 0;
    const differences: string[] = [];
    for (const [at, text] of texts.entries()) {
      const theirs = answers[at];
      const ours = language.extract(`${at}.${extension}`, text);
      if (theirs === undefined || theirs.error !== undefined) continue;
      read++;
      imports += theirs.sites.length;
      const mine = ours.ok ? shown(ours.sites) : `${ours.line}:${ours.column} ${ours.message}`;
      if (mine !== shown(theirs.sites))
        differences.push(`${JSON.stringify(text)}\nlintel:\n${mine}\noracle:\n${shown(theirs.sites)}`);
    }
    return { read, imports, differences };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Why an oracle can't be asked; `false`: it can. */
export function missing(program: string): string | false {
  return spawnSync(program, ['--version']).status === 0 ? false : `${program} is not installed`;
}
