import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptDecision, renderNewDecision } from '../../src/policy/index.js';
import { DECISION, policyOf } from './scenario.js';

const accept = (text: string, path = 'a.md'): string => {
  const accepted = acceptDecision(text, path);
  return 'text' in accepted ? accepted.text : `error: ${accepted.error}`;
};

test('only the word changes, in front matter and in YAML', () => {
  const around = (status: string): string =>
    `---\r\n# a comment\r\nid:   X\r\nstatus:   ${status}  # why\r\ntags: [ a,b ]\r\n---\r\n# T\r\n\r\nstatus: proposed\r\n`;
  assert.equal(accept(around('proposed')), around('accepted'));
  assert.equal(accept(around('"proposed"')), around('accepted'));
  assert.equal(accept(around('accepted')), around('accepted'));
  assert.equal(accept('id: X\nstatus: proposed\n', 'a.yaml'), 'id: X\nstatus: accepted\n');
  assert.equal(accept('id: X\nstatus:\n', 'a.yaml'), 'id: X\nstatus: accepted\n');
});

test('the status of prose: a Nygard section, a MADR line', () => {
  assert.equal(
    accept('# 1. A\n\n## Status\n\nProposed\n\n## Context\n'),
    '# 1. A\n\n## Status\n\nAccepted\n\n## Context\n',
  );
  assert.equal(
    accept('# A\n\n* Status: proposed\n* Deciders: x\n'),
    '# A\n\n* Status: accepted\n* Deciders: x\n',
  );
  assert.equal(
    accept('---\ndate: x\n---\n# A\n\n## Status\n\nProposed\n'),
    '---\ndate: x\n---\n# A\n\n## Status\n\nAccepted\n',
  );
});

test('front matter without a status gains one; a file without either is refused with the mend', () => {
  assert.equal(accept('---\nid: X\n---\n# A\n'), '---\nid: X\nstatus: accepted\n---\n# A\n');
  assert.equal(accept('id: X', 'a.yml'), 'id: X\nstatus: accepted\n');
  assert.match(accept('# A\n'), /^error: a\.md has neither front matter nor a status: begin it with/);
  assert.match(accept('---\nid: X\n'), /^error: a\.md: the front matter is never closed/);
  assert.match(accept('---\na: [\n---\n'), /^error: a\.md:\d: malformed YAML/);
});

test('a new decision compiles, whatever its title, and can be accepted', async () => {
  for (const title of [
    'Use Postgres',
    'No: never "again" # {x}',
    "don't",
    '[x] *y* & !z',
    'true',
    '  two\nlines ',
  ]) {
    const text = renderNewDecision({ id: 'ADR-0001', title, date: '2026-11-21' });
    const { decisions } = await policyOf({ [DECISION]: accept(text) });
    assert.deepEqual(
      decisions.map(decision => [decision.id, decision.title, decision.status, decision.date]),
      [['ADR-0001', title.replace(/\s+/g, ' ').trim(), 'accepted', '2026-11-21']],
    );
  }
});
