/**
 * The entry of every hook that git runs (`node dist/hook.cjs NAME ARGUMENTS`), bundled to one file without
 * YAML, globs, diff or colours. It admits what the quick gate can prove; all else goes to the full judge,
 * which is loaded only then.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { admitQuickly } from './gates/quick/admit.js';
import { parsePrefetch, readStandardInput } from './gates/quick/prefetch.js';

declare const __LINTEL_DIGEST__: string;

type RunHook = (name: string, args: readonly string[]) => Promise<number>;

const started = performance.now();
const stages: Record<string, number> = {};
const timingFile = process.env['LINTEL_TIMING'];
let last = started;

function mark(stage: string): void {
  if (timingFile === undefined) return;
  const now = performance.now();
  stages[stage] = now - last;
  last = now;
}

/** `LINTEL_TIMING=FILE` appends one line for `npm run bench`: where the gate's own time went, in milliseconds. */
function report(path: 'quick' | 'full', why: string | null): void {
  if (timingFile === undefined) return;
  const line = {
    path,
    why,
    bootstrapMs: started,
    stages,
    totalMs: performance.now(),
    maxRssKb: process.resourceUsage().maxRSS,
  };
  appendFileSync(timingFile, `${JSON.stringify(line)}\n`);
}

function gitDirectory(): string {
  const named = process.env['GIT_DIR'];
  if (named !== undefined && named !== '') return resolve(named);
  try {
    const text = readFileSync('.git', 'utf8');
    return resolve(text.replace(/^gitdir: /, '').trim());
  } catch {
    return resolve('.git');
  }
}

function commonDirectory(git: string): string {
  const named = process.env['LINTEL_COMMON'] ?? process.env['GIT_COMMON_DIR'];
  if (named !== undefined && named !== '') return resolve(named);
  try {
    const text = readFileSync(join(git, 'commondir'), 'utf8').trim();
    return isAbsolute(text) ? text : join(git, text);
  } catch {
    return git;
  }
}

function quick(): { readonly admitted: boolean; readonly why: string | null } {
  const prefetched = parsePrefetch(readStandardInput());
  mark('read');
  const git = gitDirectory();
  const verdict = admitQuickly(
    prefetched,
    {
      store: join(commonDirectory(git), 'lintel', 'v1'),
      gitDirectory: git,
      tool: __LINTEL_DIGEST__,
      asOf: new Date().toISOString().slice(0, 10),
    },
    mark,
  );
  return verdict.admitted ? { admitted: true, why: null } : verdict;
}

async function full(name: string, args: readonly string[], why: string | null): Promise<void> {
  // Computed, so that the bundler leaves it out of this file.
  const { runHookProcess } = (await import(/* the full judge */ join(__dirname, 'judge.js'))) as {
    runHookProcess: RunHook;
  };
  process.exitCode = await runHookProcess(name, args);
  mark('full');
  report('full', why);
}

const [name = '', ...args] = process.argv.slice(2);
if (name === 'pre-commit') {
  const { admitted, why } = quick();
  if (admitted) report('quick', null);
  else void full(name, args, why);
} else void full(name, args, null);
