import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import {
  assertNeverAdmitted,
  CHECK,
  COLD_COMMIT,
  COMMIT,
  commandsOf,
  createViolation,
  FAULTS,
  onPath,
  type Place,
} from './broken-git.js';

/** The violation is committed past the hooks; what a remote has is the commit before it. */
const RANGE: Place = {
  name: 'check --base',
  run: (gate, fake) => gate.lintel(['check', '--base', 'HEAD~1'], onPath(fake)),
};

function pushOf(name: string, args: readonly string[]): Place {
  return {
    name,
    run: ({ repo }, fake) =>
      repo.git([`--exec-path=${fake.folder}`, 'push', '-q', ...args], { expectFailure: true }),
  };
}

const PUSH = pushOf('git push of the trunk', ['origin', 'main']);
const BRANCH = pushOf('git push of a new branch', ['origin', 'main:refs/heads/topic']);
const FIRST = pushOf('git push to an empty remote', ['../empty.git', 'main']);

async function everyFault(place: Place, commit: 'staged' | 'committed'): Promise<void> {
  const broken = await createViolation();
  const { gate, fake } = broken;
  try {
    if (commit === 'committed') {
      const { repo } = gate;
      const remote = path.join(repo.folder, 'remote.git');
      repo.git(['clone', '-q', '--bare', '.', remote]);
      repo.git(['init', '-q', '--bare', path.join(repo.folder, 'empty.git')]);
      repo.git(['remote', 'add', 'origin', remote]);
      repo.git(['fetch', '-q', 'origin']);
      repo.git(['commit', '-q', '-n', '-m', 'past the hook']);
    }
    const commands = commandsOf(place, gate, fake).filter(name => !TRANSPORT.has(name));
    assert.ok(commands.length >= 3, commands.join(' '));
    for (const command of commands)
      for (const fault of FAULTS) assertNeverAdmitted(place, broken, command, fault);
  } finally {
    await gate.dispose();
  }
}

/** What git itself runs for a push. */
const TRANSPORT = new Set([
  'receive-pack',
  'send-pack',
  'pack-objects',
  'maintenance',
  'gc',
  'unpack-objects',
]);

describe('whichever git command goes wrong, and however, a violation is not admitted', () => {
  for (const place of [COMMIT, COLD_COMMIT, CHECK]) it(place.name, () => everyFault(place, 'staged'));
  for (const place of [RANGE, PUSH, BRANCH, FIRST]) it(place.name, () => everyFault(place, 'committed'));
});
