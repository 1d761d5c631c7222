import assert from 'node:assert/strict';
import { cpSync, lstatSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BASIC, VIOLATION } from '../gates/project.js';
import { expectBoth, type Gate, withGate } from './gate.js';

export const CLEAN = { 'src/ui/list.ts': "import { pool } from '../api';\nexport const list = pool;\n" };

/** Every file below a folder, but for what `lintel install` keeps there. */
export function cacheFiles(cache: string): readonly string[] {
  return readdirSync(cache, { recursive: true, encoding: 'utf8' })
    .map(name => path.join(cache, name))
    .filter(file => lstatSync(file).isFile())
    .sort();
}

export const DAMAGES: Readonly<Record<string, (file: string) => void>> = {
  emptied: file => writeFileSync(file, ''),
  'cut in half': file => truncateSync(file, Math.floor(lstatSync(file).size / 2)),
  'cut by one byte': file => truncateSync(file, Math.max(0, lstatSync(file).size - 1)),
  'with flipped bits': file => {
    const bytes = readFileSync(file);
    for (let at = 7; at < bytes.length; at += 97) bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    writeFileSync(file, bytes);
  },
  garbage: file =>
    writeFileSync(file, Buffer.from(Array.from({ length: 999 }, (_, at) => (at * 7919) % 251))),
  'zeros of the same length': file => writeFileSync(file, Buffer.alloc(lstatSync(file).size)),
  'another file': file => {
    const other = cacheFiles(path.dirname(file)).find(name => name !== file) ?? file;
    writeFileSync(file, readFileSync(other));
  },
  'valid JSON of nothing': file => writeFileSync(file, '{}'),
  gone: file => rmSync(file),
  'of another version': file => {
    const text = readFileSync(file, 'latin1');
    writeFileSync(file, text.replace(/^lintel\d+ /, 'lintel0 ').replace('quick/1', 'quick/9'), 'latin1');
  },
};

/** A cache that holds one of everything. */
export function warm(gate: Gate): void {
  // The first by the full judge, the second by the quick gate, which keeps its own code.
  for (const content of ['export {};\n', 'export const a = 1;\n']) {
    gate.change({ 'src/api/warm.ts': content });
    assert.equal(gate.commit().code, 0);
  }
  gate.change(VIOLATION);
  assert.equal(gate.commit().code, 1);
  const names = cacheFiles(gate.cache).map(file => path.relative(gate.cache, file));
  for (const kind of ['gate-pre-commit-', 'quick.json', 'quick.bin', 'policy/', 'receipts/', 'log.jsonl'])
    assert.ok(
      names.some(name => name.startsWith(`v1/${kind}`)),
      `${kind} is not in ${names.join(' ')}`,
    );
}

/** The verdict with a damaged cache is the one without any; and what was damaged is made anew. */
export function assertSurvives(damage: (file: string) => void): Promise<void> {
  return withGate(BASIC, gate => {
    warm(gate);
    const whole = path.join(gate.repo.folder, 'whole');
    cpSync(gate.cache, whole, { recursive: true });
    const json = (): string => gate.lintel(['check', '--format', 'json']).stdout;
    rmSync(gate.cache, { recursive: true });
    const expected = json();
    assert.match(expected, /"result":"blocked"/);
    rmSync(gate.cache, { recursive: true });
    cpSync(whole, gate.cache, { recursive: true });
    for (const file of cacheFiles(gate.cache)) damage(file);
    assert.equal(json(), expected);
    for (const file of cacheFiles(gate.cache)) damage(file);
    expectBoth(gate, { code: 1, says: ['ui-off-db'] });
    gate.change(CLEAN);
    for (const file of cacheFiles(gate.cache)) damage(file);
    expectBoth(gate, { code: 0 });
    assert.equal(gate.lintel(['log']).code, 0);
  });
}
