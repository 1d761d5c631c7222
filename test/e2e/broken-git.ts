/** The most important test of all: a git that goes wrong, whichever of its commands and however, admits nothing. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { BASIC, VIOLATION } from '../gates/project.js';
import type { RunResult } from '../support/repository.js';
import { createFakeGit, type FakeGit, type Fault, faultName } from './fake-git.js';
import { createGate, type Gate } from './gate.js';

export const FAULTS: readonly Fault[] = [
  { fault: 'fails', code: 1 },
  { fault: 'fails', code: 128 },
  { fault: 'says nothing' },
  { fault: 'is killed' },
  { fault: 'is cut off', bytes: 1, code: 0 },
  { fault: 'is cut off', bytes: 60, code: 0 },
  { fault: 'is cut off', bytes: 60, code: 1 },
  { fault: 'is cut off', bytes: 130, code: 0 },
];

export interface Place {
  readonly name: string;
  /** Runs the gate with the fake git; @returns what it said. Exit code 0 means: let through. */
  run(gate: Gate, fake: FakeGit): RunResult;
  /** Before each run: what the fault before may have changed. */
  prepare?(gate: Gate): void;
}

/** A repository whose quick gate is warm, with a violation staged. */
export async function createViolation(): Promise<{ readonly gate: Gate; readonly fake: FakeGit }> {
  const gate = await createGate(BASIC);
  gate.change({ 'src/api/warm.ts': 'export {};\n' });
  assert.equal(gate.commit().code, 0);
  gate.change(VIOLATION);
  return { gate, fake: createFakeGit(gate.repo) };
}

/** On PATH, as for a program that a hook manager starts. */
export function onPath(fake: FakeGit): { readonly env: Readonly<Record<string, string | undefined>> } {
  return {
    env: { PATH: `${fake.folder}${path.delimiter}${process.env['PATH'] ?? ''}`, LINTEL_GIT: undefined },
  };
}

/** git puts its exec path in front of the hooks' PATH: so a real commit runs real hooks with the fake git. */
export const COMMIT: Place = {
  name: 'git commit',
  run: (gate, fake) => gate.commit({ args: [`--exec-path=${fake.folder}`] }),
};

export const COLD_COMMIT: Place = {
  ...COMMIT,
  name: 'git commit without a cache',
  prepare: gate => rmSync(gate.cache, { recursive: true, force: true }),
};

export const CHECK: Place = {
  name: 'check --staged',
  run: (gate, fake) => gate.lintel(['check', '--staged'], onPath(fake)),
};

/** The commands that the gate really uses there, found by listening. */
export function commandsOf(place: Place, gate: Gate, fake: FakeGit): readonly string[] {
  place.prepare?.(gate);
  fake.break(null);
  fake.called();
  const { code, stdout, stderr } = place.run(gate, fake);
  assert.notEqual(code, 0, `a git that is well admitted it:\n${stdout}${stderr}`);
  return fake.called();
}

export function assertNeverAdmitted(
  place: Place,
  { gate, fake }: { readonly gate: Gate; readonly fake: FakeGit },
  command: string,
  fault: Fault,
): void {
  const { repo } = gate;
  place.prepare?.(gate);
  const head = repo.revision('HEAD');
  const staged = repo.git(['ls-files', '--stage']).stdout;
  fake.break(command, fault);
  const { code, stdout, stderr } = place.run(gate, fake);
  fake.break(null);
  const what = `${place.name}, git ${command} ${faultName(fault)}: ${code}\n${stdout}${stderr}`;
  assert.notEqual(code, 0, what);
  assert.match(stdout + stderr, /lintel: \S/, `without a word: ${what}`);
  assert.doesNotMatch(stdout + stderr, /admitted|internal error|\n {4}at /, what);
  assert.equal(repo.revision('HEAD'), head, what);
  assert.equal(repo.git(['ls-files', '--stage']).stdout, staged, what);
}
