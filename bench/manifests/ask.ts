import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Facts, factsOf } from './comparison.js';

/**
 * Runs a parser beside this file, as `command … script`. It reads paths on its standard input, one a line, and prints
 * for each one line of JSON: `[[key, value], …]`, or a string: why it refuses the file.
 */
export function ask(
  command: readonly string[],
  script: string,
  folder: string,
  paths: readonly string[],
): (Facts | string)[] {
  const [program = '', ...options] = command;
  const run = spawnSync(program, [...options, fileURLToPath(new URL(script, import.meta.url))], {
    cwd: folder,
    input: paths.map(path => `${path}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (run.status !== 0) throw new Error(`${script}: ${run.stderr}`);
  const lines = run.stdout.split('\n').filter(line => line !== '');
  if (lines.length !== paths.length) throw new Error(`${script}: ${lines.length} answers\n${run.stderr}`);
  return lines.map(line => {
    const answer: string | [string, string][] = JSON.parse(line);
    return typeof answer === 'string' ? answer : factsOf(answer);
  });
}
