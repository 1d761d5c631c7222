/**
 * A stand-in for the installed package: the real `hooks/`, and a `dist/hook.cjs` that records how it was called and
 * exits as it is told. What the gate itself decides is tested elsewhere.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CHECKOUT } from '../support/dist.js';
import type { TestRepository } from '../support/repository.js';

interface HookCall {
  readonly hook: string;
  readonly args: readonly string[];
  readonly input: string;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

export interface FakePackage {
  readonly folder: string;
  /** Every call so far, in order. */
  calls(): readonly HookCall[];
  /** Forgets them. */
  forget(): void;
  /** From now on the hook exits with this code. */
  exitWith(hook: string, code: number): void;
}

const RECORDER = `
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const [hook, ...args] = process.argv.slice(2);
let input = '';
// A terminal or a closed input has nothing to say.
try { input = readFileSync(0).toString('latin1'); } catch (error) { if (error.code !== 'EAGAIN') throw error; }
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(?:GIT|NODE_)/.test(name)));
appendFileSync(__dirname + '/calls', JSON.stringify({ hook, args, input, cwd: process.cwd(), environment }) + '\\n');
const code = __dirname + '/exit-' + hook;
if (existsSync(code)) { console.error('fake lintel: ' + hook + ' says no'); process.exit(Number(readFileSync(code, 'utf8'))); }
`;

/** @param at folder of the package, below the repository's temporary folder. */
export function fakePackage(repository: TestRepository, at = 'repo/node_modules/lintel'): FakePackage {
  const folder = path.join(repository.folder, at);
  mkdirSync(path.join(folder, 'dist'), { recursive: true });
  cpSync(path.join(CHECKOUT, 'hooks'), path.join(folder, 'hooks'), { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{"name":"lintel","version":"0.0.0"}\n');
  writeFileSync(path.join(folder, 'dist/hook.cjs'), RECORDER);
  const log = path.join(folder, 'dist/calls');
  return {
    folder,
    calls: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trimEnd()
            .split('\n')
            .filter(line => line !== '')
            .map(line => JSON.parse(line) as HookCall)
        : [],
    forget: () => writeFileSync(log, ''),
    exitWith: (hook, code) => writeFileSync(path.join(folder, `dist/exit-${hook}`), String(code)),
  };
}
