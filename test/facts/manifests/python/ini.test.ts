/** The INI part of setup.cfg against Python's own configparser, where there is a Python. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { ManifestError } from '../../../../src/facts/manifests/format.js';
import { readIni } from '../../../../src/facts/manifests/python/ini.js';

const ORACLE = `
import configparser, io, json, sys
def read(text):
    parser = configparser.RawConfigParser()
    parser.optionxform = str
    try:
        parser.read_file(io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))
    except configparser.Error:
        return None
    return {name: dict(parser.items(name)) for name in parser.sections()}
print(json.dumps([read(text) for text in json.load(sys.stdin)]))
`;
const CASES = 200;
const LINE = fc.constantFrom(
  '[a]',
  '[options]',
  ' [b]',
  '[c] x]',
  '[DEFAULT]',
  '[]',
  'key = value',
  'key: v ; w',
  'Key=value',
  'more =',
  '=',
  'no value',
  '  indented',
  '  in = dented',
  '    deeper # x',
  '\ttab',
  '# comment',
  '  ; comment',
  'k\u0085 = \u00a0v\u2028w\u2009',
  '\u001c k2 = \u001dv',
  '\uFEFF[d]',
  '\fe = f',
  '',
  '',
  '   ',
);
const END = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r');

function ours(text: string): unknown {
  try {
    const found: Record<string, Record<string, string>> = {};
    for (const [name, section] of readIni(text)) {
      const values: Record<string, string> = {};
      for (const [key, { lines }] of section) values[key] = lines.map(line => line.text).join('\n');
      found[name] = values;
    }
    return found;
  } catch (error) {
    if (error instanceof ManifestError) return null;
    throw error;
  }
}

const PYTHON = spawnSync('python3', ['--version'], { encoding: 'utf8' }).status === 0;

test('reads what configparser reads, and refuses what it refuses', { skip: !PYTHON }, () => {
  // A section first, mostly: else nearly all would be refused.
  const texts = fc.sample(
    fc
      .array(fc.tuple(LINE, END), { maxLength: 8 })
      .chain(lines =>
        fc
          .constantFrom('[s]\n', '[s]\n', '[options]\nx = 1\n', '')
          .map(first => first + lines.flat().join('')),
      ),
    { numRuns: CASES },
  );
  const answer = spawnSync('python3', ['-c', ORACLE], { input: JSON.stringify(texts), encoding: 'utf8' });
  assert.equal(answer.status, 0, answer.stderr);
  const theirs: unknown = JSON.parse(answer.stdout);
  assert.ok(Array.isArray(theirs));
  for (const [index, text] of texts.entries())
    assert.deepEqual(ours(text), theirs[index], JSON.stringify(text));
});
