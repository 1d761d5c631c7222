import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Violation } from '../../src/invariants/kind.js';
import { type Digest, type RepoPath, repoPath } from '../../src/model/brand.js';
import type { CompiledInvariant } from '../../src/model/decision.js';
import { orderEquals } from '../../src/verdict/equals.js';
import { type BaseViolations, judgeViolations } from '../../src/verdict/introduced.js';
import { fingerprintOf, keyOf } from '../../src/verdict/keys.js';

const invariant: CompiledInvariant = {
  decision: 'ADR-0001',
  id: 'rule',
  kind: 'forbid-import',
  severity: 'block',
  waiver: 'never',
  rule: null,
  digest: 'sha256:0' as Digest,
  at: { path: repoPath('.architecture/decisions/0001.md'), line: 1, column: 1 },
};

function violation(path: string, subject: string, more: Partial<Violation> = {}): Violation {
  return { path: repoPath(path), line: 1, column: 1, subject, ordinal: 0, message: 'm', ...more };
}

function base(violations: readonly Violation[], more: Partial<BaseViolations> = {}): BaseViolations {
  return { violations, renames: new Map(), waived: new Set(), ...more };
}

function introduced(
  mode: 'state' | 'measured' | 'change',
  head: readonly Violation[],
  bases: readonly BaseViolations[],
): readonly boolean[] {
  return judgeViolations(invariant, mode, head, bases).map(judged => judged.introduced);
}

describe('introduced: a state rule', () => {
  const found = violation('src/a.ts', 'src/db.ts (value)');

  it('is introduced where no base holds its key', () => {
    assert.deepEqual(introduced('state', [found], [base([])]), [true]);
  });

  it('stands where a base holds its key, on whatever line', () => {
    assert.deepEqual(introduced('state', [found], [base([{ ...found, line: 99 }])]), [false]);
  });

  it('a merge answers only for what no parent had', () => {
    assert.deepEqual(introduced('state', [found], [base([]), base([found])]), [false]);
    assert.deepEqual(introduced('state', [found], [base([]), base([])]), [true]);
  });

  it('a rename of the file carries its findings along', () => {
    const renames = new Map<RepoPath, RepoPath>([[repoPath('src/b.ts'), repoPath('src/a.ts')]]);
    const head = violation('src/b.ts', 'src/db.ts (value)');
    assert.deepEqual(introduced('state', [head], [base([found], { renames })]), [false]);
    assert.deepEqual(introduced('state', [head], [base([found])]), [true]);
  });

  it('a rename of the target carries the findings of its importers along', () => {
    const renames = new Map<RepoPath, RepoPath>([[repoPath('src/pool.ts'), repoPath('src/db.ts')]]);
    const before = violation('src/a.ts', 'src/db.ts (value)', { subjectPath: repoPath('src/db.ts') });
    const after = violation('src/a.ts', 'src/pool.ts (value)', { subjectPath: repoPath('src/pool.ts') });
    assert.deepEqual(introduced('state', [after], [base([before], { renames })]), [false]);
  });

  it('an unresolved import and the file that it later resolves to are one violation', () => {
    const unresolved = violation('src/a.ts', 'src/db (value)', { aliases: ['src/db.ts (value)'] });
    assert.deepEqual(introduced('state', [found], [base([unresolved])]), [false]);
    assert.deepEqual(introduced('state', [unresolved], [base([found])]), [false]);
  });

  it('what a base holds only by a waiver does not stand', () => {
    const waived = new Set([fingerprintOf(invariant, keyOf(found))]);
    const [judged] = judgeViolations(invariant, 'state', [found], [base([found], { waived })]);
    assert.equal(judged?.introduced, true);
    assert.equal(judged?.onceWaived, true);
  });
});

describe('introduced: a measured rule', () => {
  const at = (measure: number): Violation => violation('src/a.ts', 'lines', { measure });

  it('is introduced when worse than in every base, and stands when no worse than in one', () => {
    assert.deepEqual(introduced('measured', [at(500)], [base([at(450)])]), [true]);
    assert.deepEqual(introduced('measured', [at(500)], [base([at(500)])]), [false]);
    assert.deepEqual(introduced('measured', [at(450)], [base([at(500)])]), [false]);
    assert.deepEqual(introduced('measured', [at(500)], [base([at(450)]), base([at(600)])]), [false]);
    assert.deepEqual(introduced('measured', [at(500)], [base([])]), [true]);
  });
});

describe('introduced: a change rule', () => {
  it('must be violated against every base', () => {
    const found = violation('db/1.sql', 'modify');
    assert.deepEqual(introduced('change', [found], [base([found])]), [true]);
    assert.deepEqual(introduced('change', [found], [base([found]), base([])]), [false]);
  });
});

describe('equals: lines with the same text', () => {
  const line = (number: number): Violation =>
    violation('a.ts', 'console.log(x)', { line: number, subjectIsText: true, ordinal: number });

  it('the diff says which equals are new: standing ones keep their ordinals', () => {
    const ordered = orderEquals([line(1), line(5)], () => new Set([1]));
    assert.deepEqual(
      ordered.map(({ line: number, ordinal }) => [number, ordinal]),
      [
        [5, 0],
        [1, 1],
      ],
    );
  });

  it('keys of text hold a hash, never the line', () => {
    const { subject } = keyOf(line(1));
    assert.match(subject, /^line:[0-9a-f]{16}$/);
  });
});
