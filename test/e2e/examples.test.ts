import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Verdict } from '../../src/model/verdict.js';
import { buildIfStale, CLI } from '../support/dist.js';
import {
  changeNames,
  createExample,
  type Expected,
  exampleNames,
  expectedOf,
  stageChange,
} from '../support/example.js';
import type { RunResult, TestRepository } from '../support/repository.js';

function check(repository: TestRepository, ...args: readonly string[]): RunResult & { verdict: Verdict } {
  const result = repository.run(process.execPath, [CLI, 'check', ...args, '--format', 'json'], {
    expectFailure: true,
  });
  assert.notEqual(result.stdout, '', `no verdict was printed:\n${result.stderr}`);
  return { ...result, verdict: JSON.parse(result.stdout) as Verdict };
}

function introduced(verdict: Verdict): Expected[] {
  return verdict.findings
    .filter(finding => finding.state === 'introduced' && finding.severity === 'block')
    .map(({ decision, invariant, path }) => ({ decision: decision.id, invariant, path }))
    .sort(byText);
}

function byText(a: object, b: object): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

before(buildIfStale);

for (const example of exampleNames()) {
  describe(`the example ${example}`, () => {
    let repository: TestRepository;
    before(async () => {
      repository = await createExample(example);
    });
    after(() => repository.dispose());

    test('stands in agreement with its own decisions, and warns of nothing', () => {
      const { verdict, code } = check(repository, '--all');
      assert.deepEqual(verdict.errors, []);
      assert.deepEqual(verdict.warnings, []);
      assert.deepEqual(introduced(verdict), []);
      assert.equal(verdict.standing, 0);
      assert.equal(code, 0);
      assert.ok(verdict.policy.invariants.expected > 0);
      assert.equal(verdict.policy.invariants.evaluated, verdict.policy.invariants.expected);
    });

    test('says what each of its changes is told', () => {
      assert.deepEqual(Object.keys(expectedOf(example)).sort(), changeNames(example).sort());
    });

    for (const [change, expected] of Object.entries(expectedOf(example))) {
      test(`${change} is ${expected.length === 0 ? 'admitted' : 'blocked'}`, () => {
        repository.git(['reset', '--quiet', '--hard', 'HEAD']);
        repository.git(['clean', '--quiet', '--force', '-d']);
        stageChange(repository, example, change);
        const { verdict, code } = check(repository, '--staged');
        assert.deepEqual(verdict.errors, []);
        assert.deepEqual(introduced(verdict), [...expected].sort(byText));
        assert.equal(verdict.result, expected.length === 0 ? 'admitted' : 'blocked');
        assert.equal(code, expected.length === 0 ? 0 : 1);
        assert.equal(change.startsWith('violating/'), expected.length > 0);
      });
    }
  });
}
