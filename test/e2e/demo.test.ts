import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { before, test } from 'node:test';
import { buildIfStale, CHECKOUT } from '../support/dist.js';

before(buildIfStale);

test('npm run demo tells its story to the end', () => {
  // The demo holds each of its own steps to what it says; a step that goes otherwise ends it with 1.
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(CHECKOUT, 'scripts/demo.mjs')], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  for (const heading of ['1. ', '2. ', '3. ', '4. ', '5. ', 'That was all.'])
    assert.ok(stdout.includes(`\n${heading}`), `the demo never came to "${heading}"`);
});
