/**
 * How long a package-lock of 30 MB takes to become entries, beside what JSON.parse alone takes of it.
 * `node --import tsx bench/manifests/lock-time.ts [--size MB] [--version 1|2|3] [--runs N]`
 */
import { parseArgs } from 'node:util';
import { packageLock } from '../../src/facts/manifests/npm/package-lock.js';
import type { RepoPath } from '../../src/model/brand.js';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '30' },
    version: { type: 'string', default: '3' },
    runs: { type: 'string', default: '7' },
  },
});

const VERSION = Number(values.version);
const BYTES = Number(values.size) * 1e6;

let seed = 7;
function random(below: number): number {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor((seed / 2147483648) * below);
}

function digest(): string {
  let text = '';
  while (text.length < 86) text += Math.floor((1 + random(2147483647)) * 1.7).toString(36);
  return `sha512-${text.slice(0, 86)}==`;
}

/** A package as npm writes one: five fields, some dependencies, every eighth a copy below another package. */
function lockText(): string {
  const packages: Record<string, unknown> = { '': { name: 'bench', version: '1.0.0', dependencies: {} } };
  const dependencies: Record<string, unknown> = {};
  const names: string[] = [];
  const wanted: Record<string, string> = {};
  for (let size = 0; size < BYTES; ) {
    const name = `${random(3) === 0 ? '@scope-' + random(50) + '/' : ''}package-${names.length}`;
    const version = `${random(20)}.${random(30)}.${random(30)}`;
    const requires: Record<string, string> = {};
    for (let count = random(7); count > 0 && names.length > 0; count--)
      requires[names[random(names.length)] ?? ''] = `^${random(20)}.${random(9)}.0`;
    const entry = {
      version,
      resolved: `https://registry.example.org/${name}/-/${name.split('/').at(-1)}-${version}.tgz`,
      integrity: digest(),
      ...(random(2) === 0 ? { dev: true } : {}),
    };
    const full = { ...entry, license: 'MIT', dependencies: requires, engines: { node: '>=18' } };
    const parent = names.length > 0 && random(8) === 0 ? `node_modules/${names[random(names.length)]}/` : '';
    packages[`${parent}node_modules/${name}`] = full;
    dependencies[name] = { ...entry, requires };
    if (random(20) === 0) wanted[name] = `^${version}`;
    names.push(name);
    size += JSON.stringify(VERSION === 1 ? dependencies[name] : full, null, 2).length + 90;
    if (VERSION === 2) size += JSON.stringify(dependencies[name], null, 2).length + 60;
  }
  packages[''] = { name: 'bench', version: '1.0.0', dependencies: wanted };
  const lock = {
    name: 'bench',
    version: '1.0.0',
    lockfileVersion: VERSION,
    requires: true,
    ...(VERSION > 1 ? { packages } : {}),
    ...(VERSION < 3 ? { dependencies } : {}),
  };
  return `${JSON.stringify(lock, null, 2)}\n`;
}

/** Milliseconds: the least of the runs, for other work only ever adds. The bytes are decoded anew each time. */
function least(bytes: Buffer, work: (text: string) => unknown): number {
  const times: number[] = [];
  for (let run = 0; run < Number(values.runs); run++) {
    const text = bytes.toString('utf8');
    globalThis.gc?.();
    const start = performance.now();
    work(text);
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}

const bytes = Buffer.from(lockText());
const path = 'package-lock.json' as RepoPath;
const entries = packageLock.parse(path, bytes.toString('utf8')).entries.length;
const json = least(bytes, text => JSON.parse(text));
const whole = least(bytes, text => packageLock.parse(path, text));
console.log(
  `version ${VERSION}, ${(bytes.length / 1e6).toFixed(1)} MB, ${entries} entries: ` +
    `JSON.parse ${json.toFixed(0)} ms, entries ${whole.toFixed(0)} ms, ratio ${(whole / json).toFixed(2)}`,
);
