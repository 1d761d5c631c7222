import assert from 'node:assert/strict';
import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';
import type { Verdict } from '../../src/model/verdict.js';
import { buildIfStale, CHECKOUT, CLI } from '../support/dist.js';
import { withRepository } from '../support/repository.js';

/** What lintel's own decisions speak about. */
const JUDGED = [
  '.architecture',
  'bench',
  'examples',
  'scripts',
  'src',
  'test',
  'package.json',
  'tsconfig.json',
];

before(buildIfStale);

test('lintel keeps to its own decisions', () =>
  withRepository(repository => {
    for (const part of JUDGED)
      if (existsSync(path.join(CHECKOUT, part)))
        cpSync(path.join(CHECKOUT, part), path.join(repository.path, part), { recursive: true });
    repository.stage();
    repository.commit('lintel');
    const { stdout, stderr } = repository.run(process.execPath, [CLI, 'check', '--all', '--format', 'json'], {
      expectFailure: true,
    });
    assert.notEqual(stdout, '', stderr);
    const { findings, errors, warnings, policy, result } = JSON.parse(stdout) as Verdict;
    assert.deepEqual(errors, []);
    assert.deepEqual(warnings, []);
    assert.deepEqual(
      findings.map(({ decision, invariant, path: file, line, message }) => ({
        decision: decision.id,
        invariant,
        place: `${file}:${line}`,
        message,
      })),
      [],
    );
    assert.equal(result, 'admitted');
    assert.equal(policy.invariants.evaluated, policy.invariants.expected);
    assert.ok(policy.invariants.expected > 0);
  }));
