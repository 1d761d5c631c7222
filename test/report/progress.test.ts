import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressLine } from '../../src/report/progress.js';

function terminal(isTTY: boolean) {
  const written: string[] = [];
  let time = 0;
  const line = progressLine({ isTTY, columns: 80, write: text => written.push(text) }, () => time);
  return {
    written,
    line,
    at(milliseconds: number, done: number) {
      time = milliseconds;
      line.update({ stage: 'imports', done, total: 200 });
    },
  };
}

test('short work shows nothing, and has nothing to clear', () => {
  const { at, line, written } = terminal(true);
  at(0, 1);
  at(399, 100);
  line.clear();
  assert.deepEqual(written, []);
});

test('long work shows one line, redrawn ten times a second at most, and cleared', () => {
  const { at, line, written } = terminal(true);
  at(400, 50);
  at(450, 60);
  at(500, 100);
  line.clear();
  assert.deepEqual(written, [
    '\r\u001b[2Klintel: imports 50/200 25 %',
    '\r\u001b[2Klintel: imports 100/200 50 %',
    '\r\u001b[2K',
  ]);
});

test('nothing is drawn where there is no terminal', () => {
  const { at, line, written } = terminal(false);
  at(5000, 50);
  line.clear();
  assert.deepEqual(written, []);
});
