/**
 * The entry of every hook that git runs (`node dist/hook.cjs NAME ARGUMENTS`): runs dist/gate.cjs, compiled
 * once and kept as V8's code cache beside lintel's other caches. V8 refuses one that another version made,
 * and dies of it, or worse, runs it, where bits of it have changed (measured with Node 20.20): so it is kept
 * sealed. Without a whole one the source is compiled as if there were none.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { readSealedBytes, writeSealed } from './store/sealed-file.js';

declare const __LINTEL_DIGEST__: string;

const { createRequire } = nodeModule;
/** Not in Node 20. */
const { enableCompileCache } = nodeModule as { enableCompileCache?: (directory: string) => unknown };

const GATE = join(__dirname, 'gate.cjs');

type Wrapper = (
  module: { exports: object },
  require: NodeJS.Require,
  filename: string,
  dirname: string,
) => void;

const common = process.env['LINTEL_COMMON'];
/** Each runs other functions of the gate, so each has its own cache. */
const QUICK_HOOKS = ['pre-commit', 'post-commit'];

function prefix(hook: string): string {
  return `gate-${hook}-`;
}

/** Where the shell of the hook says that the caches lie; without it nothing is kept. */
function cachePath(hook: string): string | null {
  if (common === undefined || common === '' || !QUICK_HOOKS.includes(hook)) return null;
  return join(
    common,
    'lintel',
    'v1',
    `${prefix(hook)}${process.version}-${process.arch}-${__LINTEL_DIGEST__.slice(7, 23)}`,
  );
}

function keep(path: string, hook: string, script: Script): void {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true });
    // Those of other versions of lintel and Node are of no use any more.
    for (const name of readdirSync(folder))
      if (name.startsWith(prefix(hook))) rmSync(join(folder, name), { force: true });
    writeSealed(path, script.createCachedData());
  } catch {
    // No room or no permission: the gate only starts some milliseconds later.
  }
}

/** Node 22.1 and later keep compiled modules by themselves: the full judge starts sooner. */
function loadJudge(): Promise<typeof import('./judge.js')> {
  if (common !== undefined && common !== '') enableCompileCache?.(join(common, 'lintel', 'v1', 'compiled'));
  return import('./judge.js');
}

const args = process.argv.slice(2);
const hook = args[0] ?? '';
const path = cachePath(hook);
const cachedData = path === null ? undefined : (readSealedBytes(path) ?? undefined);
const source = `(function (module, require, __filename, __dirname) {${readFileSync(GATE, 'utf8')}\n})`;
const script = new Script(source, { filename: GATE, ...(cachedData === undefined ? {} : { cachedData }) });
const gate = { exports: {} as typeof import('./gate.js') };
(script.runInThisContext() as Wrapper)(gate, createRequire(GATE), GATE, __dirname);
const decided = gate.exports.runGate(args, loadJudge);
// Taken after a run that was decided here, when all functions that it takes have been compiled.
if (decided && path !== null && (cachedData === undefined || script.cachedDataRejected === true)) {
  keep(path, hook, script);
}
