import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Digest, type Fingerprint, isoDate, repoPath } from '../../src/model/brand.js';
import { DEFAULT_WAIVER, type Waiver, type WaiverClause } from '../../src/model/decision.js';
import { askWaivers, stricter, type WaiverQuestion } from '../../src/verdict/waivers.js';

const fingerprint = `sha256:${'a'.repeat(64)}` as Fingerprint;
const digest = `sha256:${'b'.repeat(64)}` as Digest;
const waiver: Waiver = {
  version: 1,
  id: 'W-1',
  path: repoPath('.architecture/waivers/W-1.yaml'),
  decision: 'ADR-0001',
  invariants: [{ id: 'rule', digest }],
  requestedBy: 'a@example.com',
  requestedAt: '2026-11-01T10:00:00.000Z',
  findings: [{ fingerprint, path: 'src/a.ts', subject: 's' }],
  reason: 'the migration',
  until: isoDate('2026-11-21'),
};
const question: WaiverQuestion = {
  fingerprint,
  decision: 'ADR-0001',
  invariant: 'rule',
  digests: [digest],
  clause: DEFAULT_WAIVER,
  asOf: isoDate('2026-11-21'),
};

function note(change: Partial<WaiverQuestion>, by: Partial<Waiver> = {}): string | null {
  const answer = askWaivers({ ...question, ...change }, [{ ...waiver, ...by }]);
  return answer.covered ? 'covered' : answer.note;
}

describe('waivers', () => {
  it('holds to the end of its last day', () => {
    assert.equal(note({}), 'covered');
    assert.equal(note({ asOf: isoDate('2026-11-22') }), 'W-1 expired on 2026-11-21');
  });

  it('is bound to its findings: another one is not named', () => {
    assert.equal(note({ fingerprint: `sha256:${'c'.repeat(64)}` as Fingerprint }), null);
  });

  it('is bound to the compiled invariant', () => {
    const amended = `sha256:${'d'.repeat(64)}` as Digest;
    assert.match(note({ digests: [amended] }) ?? '', /rule was amended since/);
    assert.match(note({ digests: [digest, amended] }) ?? '', /rule was amended since/);
  });

  it('is bound to its decision and invariant', () => {
    assert.match(note({ decision: 'ADR-0002' }) ?? '', /was written for ADR-0001/);
    assert.match(note({ invariant: 'other' }) ?? '', /does not name the invariant other/);
  });

  it('cannot outlast or be dated around what the decision allows', () => {
    const clause: WaiverClause = { by: 'anyone', approvals: 0, maxDays: 7 };
    assert.match(note({ clause }) ?? '', /allows 7 days, it asks for 20/);
    assert.match(note({}, { requestedAt: '2026-12-30T00:00:00Z' }) ?? '', /yet to come/);
  });

  it('does not hold where the decision forbids waivers, or wants approvals that cannot be verified', () => {
    assert.match(note({ clause: 'never' }) ?? '', /forbids waivers/);
    assert.match(note({ clause: { by: 'ratifiers', approvals: 1, maxDays: 30 } }) ?? '', /ratifiers/);
  });

  it('needs a reason', () => {
    assert.match(note({}, { reason: '  ' }) ?? '', /no reason/);
  });

  it('P allows, H only restricts: the stricter clause of the two counts', () => {
    const lax: WaiverClause = { by: 'anyone', approvals: 0, maxDays: 90 };
    const strict: WaiverClause = { by: 'ratifiers', approvals: 2, maxDays: 7 };
    assert.deepEqual(stricter(lax, strict), strict);
    assert.equal(stricter('never', lax), 'never');
    assert.equal(stricter(lax, 'never'), 'never');
  });
});
