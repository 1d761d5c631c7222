/**
 * What dist/hook.cjs runs for every hook of git, bundled to one file (dist/gate.cjs) without YAML, globs, diff
 * or colours. It admits what the quick gate can prove; all else goes to the full judge, which is loaded only
 * then.
 */
import { appendFileSync, readFileSync, statSync, writeSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { admitQuickly, OTHER_LANGUAGES, type QuickPlace } from './gates/quick/admit.js';
import { parsePrefetch, parsePrefetchedCommit, readStandardInput } from './gates/quick/prefetch.js';
import { recordQuickly } from './gates/quick/record.js';
import { admittedLine } from './report/messages.js';

declare const __LINTEL_DIGEST__: string;
/** The build makes two gates: one that knows the web's languages, and one that knows all. */
declare const __LINTEL_LANGUAGES__: 'web' | 'all';

const timingFile = process.env['LINTEL_TIMING'];
/** The first touch of `performance` costs a millisecond. */
const started = timingFile === undefined ? 0 : performance.now();
const stages: Record<string, number> = {};
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

function findGitDirectory(): string {
  const named = process.env['GIT_DIR'];
  if (named !== undefined && named !== '') return resolve(named);
  // A file in a linked worktree. To try and fail would cost more than to look.
  if (statSync('.git', { throwIfNoEntry: false })?.isFile() !== true) return resolve('.git');
  return resolve(
    readFileSync('.git', 'utf8')
      .replace(/^gitdir: /, '')
      .trim(),
  );
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

export interface Quick {
  readonly done: boolean;
  /** Why the full judge has to look. */
  readonly why: string | null;
}

/** @param input what the hook's shell has written, where another gate has read it already */
export function quickly(name: string, input: () => Buffer): Quick {
  try {
    if (name === 'pre-commit') return admit(input());
    if (name === 'post-commit') return record(input());
    return { done: false, why: null };
  } catch (error) {
    // Whatever went wrong here proves nothing: the full judge looks, and says so if it can't.
    return { done: false, why: error instanceof Error ? error.message : String(error) };
  }
}

function place(): QuickPlace {
  const gitDirectory = findGitDirectory();
  return {
    store: join(commonDirectory(gitDirectory), 'lintel', 'v1'),
    gitDirectory,
    tool: __LINTEL_DIGEST__,
    asOf: new Date().toISOString().slice(0, 10),
    languages: __LINTEL_LANGUAGES__,
  };
}

function admit(input: Buffer): Quick {
  const prefetched = parsePrefetch(input);
  mark('read');
  const verdict = admitQuickly(prefetched, place(), mark);
  if (!verdict.admitted) return { done: false, why: verdict.why };
  const { invariants } = verdict;
  // As the full judge says it; `process.stderr` would take half a millisecond to make.
  writeSync(2, `${admittedLine({ expected: invariants, evaluated: invariants })}\n`);
  return { done: true, why: null };
}

function record(input: Buffer): Quick {
  const made = parsePrefetchedCommit(input);
  mark('read');
  const why = recordQuickly(made, place(), new Date());
  mark('record');
  return { done: why === null, why };
}

/** The full judge: what dist/judge.js exports. */
export interface Judge {
  runHookProcess(name: string, args: readonly string[]): Promise<number>;
}

async function full(judge: Judge, name: string, args: readonly string[], why: string | null): Promise<void> {
  process.exitCode = await judge.runHookProcess(name, args);
  mark('full');
  report('full', why);
}

/**
 * @param loadJudge called when the quick gate can't decide: a script from V8's code cache can't import by itself
 * @param loadOther the gate that knows all languages
 * @returns true when the quick gate has decided
 */
export function runGate(
  [name = '', ...args]: readonly string[],
  loadJudge: () => Promise<Judge>,
  loadOther: () => { readonly quickly: typeof quickly },
): boolean {
  let read: Buffer | null = null;
  const input = (): Buffer => {
    read ??= readStandardInput();
    return read;
  };
  let { done, why } = quickly(name, input);
  if (why === OTHER_LANGUAGES) ({ done, why } = loadOther().quickly(name, input));
  if (done) {
    report('quick', null);
    return true;
  }
  // Should the event loop ever run dry before the judge has spoken: that is "could not judge", never a pass.
  process.exitCode = 3;
  loadJudge()
    .then(judge => full(judge, name, args, why))
    .catch((error: unknown) => {
      process.exitCode = 3;
      const reason = error instanceof Error ? error.message : String(error);
      process.stderr.write(
        `lintel: could not judge: ${reason}\n  remedy: install lintel again (npm install)\n`,
      );
    });
  return false;
}
