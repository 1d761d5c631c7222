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

type Wrapper = (
  module: { exports: object },
  require: NodeJS.Require,
  filename: string,
  dirname: string,
) => void;

const common = process.env['LINTEL_COMMON'];
/** Each runs other functions of the gate, so each has its own cache. */
const QUICK_HOOKS = ['pre-commit', 'post-commit'];

function prefix(hook: string, bundle: string): string {
  return `${bundle.slice(0, -'.cjs'.length)}-${hook}-`;
}

/** Where the shell of the hook says that the caches lie; without it nothing is kept. */
function cachePath(hook: string, bundle: string): string | null {
  if (common === undefined || common === '' || !QUICK_HOOKS.includes(hook)) return null;
  return join(
    common,
    'lintel',
    'v1',
    `${prefix(hook, bundle)}${process.version}-${process.arch}-${__LINTEL_DIGEST__.slice(7, 23)}`,
  );
}

function keep(path: string, own: string, script: Script): void {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true });
    // Those of other versions of lintel and Node are of no use any more.
    for (const name of readdirSync(folder))
      if (name.startsWith(own)) rmSync(join(folder, name), { force: true });
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

interface Loaded {
  readonly gate: typeof import('./gate.js');
  /** To be called after a run that was decided by it, when all functions that it takes have been compiled. */
  keep(): void;
}

function load(bundle: string): Loaded {
  const file = join(__dirname, bundle);
  const path = cachePath(hook, bundle);
  const cachedData = path === null ? undefined : (readSealedBytes(path) ?? undefined);
  const source = `(function (module, require, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`;
  const script = new Script(source, {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const module = { exports: {} as typeof import('./gate.js') };
  (script.runInThisContext() as Wrapper)(module, createRequire(file), file, __dirname);
  return {
    gate: module.exports,
    keep() {
      if (path !== null && (cachedData === undefined || script.cachedDataRejected === true))
        keep(path, prefix(hook, bundle), script);
    },
  };
}

const loaded = [load('gate.cjs')];
const decided = loaded[0]?.gate.runGate(args, loadJudge, () => {
  const other = load('gate-all.cjs');
  loaded.push(other);
  return other.gate;
});
if (decided === true) for (const { keep: keepIt } of loaded) keepIt();
