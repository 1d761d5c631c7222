import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareGovernance } from '../../src/policy/index.js';
import { CONFIG, DECISION, decision, policyOf } from './scenario.js';

const RULE = 'id: a\nforbid-import: { from: ui, to: database }';
const SETUP = 'version: 1\ncomponents: { ui: src/ui/, database: src/db/ }\n';

/** The changes from one decision and configuration to another, one line each. */
async function compared(
  from: { readonly decision?: string; readonly config?: string },
  to: { readonly decision?: string; readonly config?: string },
): Promise<readonly string[]> {
  const compile = (side: typeof from) =>
    policyOf({ [CONFIG]: side.config ?? SETUP, [DECISION]: side.decision ?? decision(RULE) });
  return compareGovernance(await compile(from), await compile(to)).map(
    ({ change, message }) => `${change}: ${message}`,
  );
}

test('equal policies do not differ, whatever their prose says', async () => {
  assert.deepEqual(await compared({}, { decision: `${decision(`${RULE}\nbecause: So.`)}\nMore.\n` }), []);
});

test('a policy that comes or goes as a whole', async () => {
  const policy = await policyOf({ [CONFIG]: SETUP, [DECISION]: decision(RULE) });
  assert.deepEqual(compareGovernance(null, null), []);
  assert.deepEqual(
    compareGovernance(null, policy).map(({ change }) => change),
    ['policy-added'],
  );
  assert.deepEqual(
    compareGovernance(policy, null).map(({ change, invariant }) => [change, invariant]),
    [
      ['policy-removed', null],
      ['removed', 'a'],
    ],
  );
});

test('an invariant removed or added; a decision that is no longer accepted, or gone', async () => {
  const other = 'id: b\nforbid-path: { in: b/ }';
  assert.deepEqual(await compared({ decision: decision(RULE, other) }, {}), [
    'removed: ADR-0001 b is removed',
  ]);
  assert.deepEqual(await compared({}, { decision: decision(RULE, other) }), [
    'added: ADR-0001 b comes into force (forbid-path)',
  ]);
  assert.deepEqual(await compared({}, { decision: decision(RULE).replace('accepted', 'deprecated') }), [
    'removed: ADR-0001 a leaves force: ADR-0001 is no longer accepted, but deprecated',
  ]);
  assert.deepEqual(
    compareGovernance(
      await policyOf({ [CONFIG]: SETUP, [DECISION]: decision(RULE) }),
      await policyOf({ [CONFIG]: SETUP }),
    ).map(({ message }) => message),
    ['ADR-0001 a is removed with its decision'],
  );
});

test('an amendment whose direction cannot be told counts as loosened', async () => {
  assert.deepEqual(
    await compared({}, { decision: decision('id: a\nforbid-import: { from: ui, to: "npm:pg" }') }),
    ['loosened: ADR-0001 a is amended (may be looser): forbid-import says something else'],
  );
  assert.deepEqual(await compared({}, { decision: decision('id: a\nforbid-path: { in: b/ }') }), [
    'loosened: ADR-0001 a is amended from forbid-import to forbid-path (may be looser)',
  ]);
});

test('severity, except and the waiver clause have a direction', async () => {
  const both = async (clause: string): Promise<readonly (readonly string[])[]> => {
    const changed = { decision: decision(`${RULE}\n${clause}`) };
    return [await compared({}, changed), await compared(changed, {})];
  };
  assert.deepEqual(await both('severity: warn'), [
    ['loosened: ADR-0001 a has severity warn, not block'],
    ['tightened: ADR-0001 a has severity block, not warn'],
  ]);
  assert.deepEqual(await both('except: src/ui/old/'), [
    ['loosened: ADR-0001 a leaves out other files: + src/ui/old/'],
    ['tightened: ADR-0001 a leaves out other files: - src/ui/old/'],
  ]);
  assert.deepEqual(await both('waiver: never'), [
    ['tightened: ADR-0001 a is waived by other terms: never, not by anyone, 30 days at most'],
    ['loosened: ADR-0001 a is waived by other terms: by anyone, 30 days at most, not never'],
  ]);
  assert.deepEqual(
    (await both('waiver: { by: anyone, max-days: 60 }')).flat().map(text => text.split(':')[0]),
    ['loosened', 'tightened'],
  );
});

test('a changed component is named, beside the invariants that it changes', async () => {
  assert.deepEqual(await compared({}, { config: SETUP.replace('src/db/', '[src/db/a/]') }), [
    'loosened: ADR-0001 a is amended (may be looser): forbid-import says something else',
    'loosened: the component "database" is amended (may be looser): + src/db/a/, - src/db/',
  ]);
  assert.deepEqual(await compared({}, { config: SETUP.replace(' }', ', extra: x/ }') }), [
    'added: the component "extra" is defined',
  ]);
});

test('settings: ignore, commit gate, trunk, limits, resolver, waivers', async () => {
  const both = async (line: string): Promise<readonly (readonly string[])[]> => {
    const changed = { config: `${SETUP}${line}\n` };
    return [await compared({}, changed), await compared(changed, {})];
  };
  assert.deepEqual(await both('ignore: vendor/'), [
    ['loosened: other paths are ignored: + vendor/'],
    ['tightened: other paths are ignored: - vendor/'],
  ]);
  assert.deepEqual(await both('gates: { commit: warn }'), [
    ['loosened: the commit gate is set to warn, not block'],
    ['tightened: the commit gate is set to block, not warn'],
  ]);
  assert.deepEqual(await both('trunk: dev'), [
    ["loosened: the trunk is dev, not the remote's HEAD (may be looser)"],
    ["loosened: the trunk is the remote's HEAD, not dev (may be looser)"],
  ]);
  assert.deepEqual(await both('limits: { file-bytes: 20000000 }'), [
    ['loosened: the limit file-bytes is 20000000, not 16777216'],
    ['tightened: the limit file-bytes is 16777216, not 20000000'],
  ]);
  assert.deepEqual(await both('resolve: { conditions: [browser] }'), [
    ['loosened: imports are resolved by other settings (may be looser)'],
    ['loosened: imports are resolved by other settings (may be looser)'],
  ]);
  assert.deepEqual((await both('waivers: w'))[0], [
    'amended: waivers are read from w, not .architecture/waivers',
  ]);
});
