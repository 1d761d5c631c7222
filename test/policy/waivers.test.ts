import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Digest, IsoDate, RepoPath } from '../../src/model/brand.js';
import { loadWaivers, newWaiverId, serializeWaiver, type WaiverContent } from '../../src/policy/index.js';
import { createTree, type Tree } from './create-tree.js';
import { printed } from './scenario.js';

const FOLDER = '.architecture/waivers' as RepoPath;
const content: WaiverContent = {
  version: 1,
  decision: 'ADR-0007',
  invariants: [{ id: 'ui-off-the-database', digest: `sha256:${'a'.repeat(64)}` as Digest }],
  requestedBy: 'alice@example.com',
  requestedAt: '2026-11-21T10:00:00Z',
  findings: [
    { fingerprint: `sha256:${'b'.repeat(64)}`, path: 'src/ui/a b: "c".ts', subject: 'src/db/pool.ts' },
  ],
  reason: 'The API lacks it: #12',
  ticket: 'OPS-1',
  until: '2026-12-21' as IsoDate,
};
const waiver = { ...content, id: newWaiverId(content) };

const load = async (tree: Tree) => loadWaivers(createTree(tree), FOLDER);

test('what is written is read back, in one order, under a comment that says what it is', async () => {
  const text = serializeWaiver(waiver);
  assert.match(text, /^# A waiver: /);
  assert.equal(serializeWaiver({ ...waiver, reason: waiver.reason }), text);
  assert.deepEqual(
    text
      .split('\n')
      .filter(line => /^\w/.test(line))
      .map(line => line.split(':')[0]),
    [
      'version',
      'id',
      'decision',
      'invariants',
      'requestedBy',
      'requestedAt',
      'findings',
      'reason',
      'ticket',
      'until',
    ],
  );
  const path = `${FOLDER}/${waiver.id}.yaml`;
  assert.deepEqual(await load({ [path]: text }), { waivers: [{ ...waiver, path }], problems: [] });
});

test('the id is of the day and the content', () => {
  assert.match(waiver.id, /^W-20261121-[0-9a-f]{4}$/);
  assert.equal(newWaiverId({ ...content }), waiver.id);
  assert.notEqual(newWaiverId({ ...content, reason: 'Other' }), waiver.id);
  const longer = newWaiverId(content, new Set([waiver.id]));
  assert.ok(longer.startsWith(waiver.id) && longer.length === waiver.id.length + 2);
});

test('a file with a mistake waives nothing and is reported at its place', async () => {
  const path = `${FOLDER}/w.yaml`;
  const text = serializeWaiver(waiver);
  const reported = async (changed: string): Promise<readonly string[]> => {
    const { waivers, problems } = await load({ [path]: changed });
    assert.deepEqual(waivers, []);
    return printed(problems);
  };
  assert.deepEqual(await reported(text.replace('until: 2026-12-21', 'until: 2026-02-30')), [
    `${path}:18:8 error: "until" is no date: "2026-02-30" (write YYYY-MM-DD)`,
  ]);
  assert.deepEqual(await reported(text.replace('reason:', 'reasons:')), [
    `${path}:16:1 error: unknown key "reasons" (did you mean "reason"?)`,
  ]);
  assert.deepEqual(await reported(text.replace(/reason: .*/, 'reason: "  "')), [
    `${path}:16:9 error: "reason" can't be "  " (say something)`,
  ]);
  assert.deepEqual(await reported(text.replace(/digest: .*/, 'digest: sha256:00')), [
    `${path}:9:13 error: "digest" can't be "sha256:00" (sha256: and 64 hexadecimal digits, as \`lintel waive\` writes them)`,
  ]);
  assert.equal((await reported('{'))[0]?.startsWith(`${path}:`), true);
  assert.deepEqual(await reported(''), [`${path}:1:1 error: the file must be a map, not nothing`]);
});

test('two waivers of one id: the second is not used', async () => {
  const text = serializeWaiver(waiver);
  const { waivers, problems } = await load({ [`${FOLDER}/a.yaml`]: text, [`${FOLDER}/b.yml`]: text });
  assert.deepEqual(
    waivers.map(({ path }) => path),
    [`${FOLDER}/a.yaml`],
  );
  assert.deepEqual(printed(problems), [
    `${FOLDER}/b.yml:5:5 error: the id "${waiver.id}" is taken by ${FOLDER}/a.yaml: this waiver is not used (give it another \`id\`)`,
  ]);
});

test('no folder, and files that are no waivers', async () => {
  const nothing = { waivers: [], problems: [] };
  assert.deepEqual(await load({}), nothing);
  assert.deepEqual(await load({ [`${FOLDER}/README.md`]: '', [`${FOLDER}/w.yaml.sig`]: '' }), nothing);
});
