import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertNeverAdmitted, COMMIT, commandsOf, createViolation, type Place } from './broken-git.js';
import { type Fault, faultName } from './fake-git.js';

/** The faults that exit with 0, and one that doesn't: broken-git.slow.test.ts has all of them everywhere. */
const QUIET: readonly Fault[] = [
  { fault: 'says nothing' },
  { fault: 'is cut off', bytes: 60, code: 0 },
  { fault: 'fails', code: 1 },
];
/** What the commit gate is known to call. A command more, and its faults must be looked into here. */
const CALLED = ['cat-file', 'diff-index', 'ls-tree', 'rev-list', 'rev-parse'];

describe('a git that goes wrong under git commit', () => {
  let broken: Awaited<ReturnType<typeof createViolation>>;
  const place: Place = COMMIT;
  before(async () => {
    broken = await createViolation();
  });
  after(() => broken.gate.dispose());

  it('is called for no more than is broken below', () => {
    assert.deepEqual(commandsOf(place, broken.gate, broken.fake), CALLED);
  });

  for (const command of CALLED)
    for (const fault of QUIET)
      it(`git ${command} ${faultName(fault)}: the violation is not admitted`, () =>
        assertNeverAdmitted(place, broken, command, fault));
});
