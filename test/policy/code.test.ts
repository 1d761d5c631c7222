/** `forbid-code` as written in a decision: what is wrong is told with its place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadPolicy } from '../../src/policy/index.js';
import { createTree } from './create-tree.js';

async function problems(rule: string): Promise<readonly string[]> {
  const lines = rule.split('\n').map(line => `      ${line}`);
  const decision = `---\nstatus: accepted\ninvariants:\n  - id: x\n    forbid-code:\n${lines.join('\n')}\n---\n# A\n`;
  const outcome = await loadPolicy(createTree({ '.architecture/decisions/0001-a.md': decision, 'a.ts': '' }));
  if (outcome.kind === 'policy') return [];
  assert.equal(outcome.kind, 'invalid');
  return outcome.kind === 'invalid'
    ? outcome.problems.map(
        ({ message, line, column, hint }) => `${line}:${column} ${message} (${hint ?? ''})`,
      )
    : [];
}

const HEAD = 'in: "**"\nlanguage: typescript\n';

test('a right rule compiles, with an engine and without', async () => {
  assert.deepEqual(await problems(`${HEAD}rule: console.log($$$)`), []);
  assert.deepEqual(
    await problems(`${HEAD}rule: { pattern: await $P, inside: { kind: for_statement, stopBy: end } }`),
    [],
  );
  // Its package isn't installed here: that is the machine's matter.
  assert.deepEqual(await problems('in: "**"\nlanguage: kotlin\nrule: println($$$)'), []);
});

test('what is wrong is told with its place, and with what to do', async () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['in: "**"\nlanguage: typscript\nrule: f()', /^7:17 .*typscript.*typescript/],
    [
      `${HEAD}rule: "f("`,
      /^8:13 the pattern `f\(` can't be read as TypeScript: it has a syntax error \(try it/,
    ],
    [`${HEAD}rule:\n  patern: f()`, /^9:9 .*patern.*pattern/],
    [`${HEAD}rule:\n  kind: number\n  inside:\n    kindd: x`, /^11:11 .*kindd.*kind/],
    [
      `${HEAD}rule:\n  kind: number\n  inside:\n    kind: nope`,
      /^11:17 TypeScript has no kind of node called nope/,
    ],
    [`${HEAD}rule:\n  any:\n    - pattern: f()\n    - pattern: "a; b"`, /^11:22 .*several pieces/],
    [`${HEAD}rule: { regex: x }`, /^8:13 the rule does not say what to look for \(give it/],
    [`${HEAD}rule: f($A)\nconstraints: { A: { kind: nope } }`, /^9:33 TypeScript has no kind/],
  ];
  for (const [rule, expected] of cases) {
    const found = await problems(rule);
    assert.equal(found.length, 1, `${rule}\n${found.join('\n')}`);
    assert.match(found[0] ?? '', expected, rule);
  }
});
