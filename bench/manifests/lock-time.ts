/**
 * How long a package-lock of 30 MB takes to become entries, beside what JSON.parse alone takes of it.
 * `node --import tsx bench/manifests/lock-time.ts [--size MB] [--version 1|2|3] [--runs N]`
 */
import { parseArgs } from 'node:util';
import { packageLock } from '../../src/facts/manifests/npm/package-lock.js';
import type { RepoPath } from '../../src/model/brand.js';
import { lockText } from './lock-text.js';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '30' },
    version: { type: 'string', default: '3' },
    runs: { type: 'string', default: '7' },
  },
});

const VERSION = versionOf(values.version);
function versionOf(text: string): 1 | 2 | 3 {
  const version = Number(text);
  if (version !== 1 && version !== 2 && version !== 3) throw new Error(`no such version: ${text}`);
  return version;
}

const BYTES = Number(values.size) * 1e6;

/** Milliseconds. The bytes are decoded anew each time. */
function timed(bytes: Buffer, work: (text: string) => unknown): number {
  const text = bytes.toString('utf8');
  globalThis.gc?.();
  const start = performance.now();
  work(text);
  return performance.now() - start;
}

const bytes = Buffer.from(lockText(VERSION, BYTES));
const path = 'package-lock.json' as RepoPath;
const entries = packageLock.parse(path, bytes.toString('utf8')).entries.length;
const json: number[] = [];
const whole: number[] = [];
// By turns, and the least of each: other work on the machine only ever adds.
for (let run = 0; run < Number(values.runs); run++) {
  json.push(timed(bytes, text => JSON.parse(text)));
  whole.push(timed(bytes, text => packageLock.parse(path, text)));
}
const [parse, read] = [Math.min(...json), Math.min(...whole)];
console.log(
  `version ${VERSION}, ${(bytes.length / 1e6).toFixed(1)} MB, ${entries} entries: ` +
    `JSON.parse ${parse.toFixed(0)} ms, entries ${read.toFixed(0)} ms, ratio ${(read / parse).toFixed(2)}`,
);
