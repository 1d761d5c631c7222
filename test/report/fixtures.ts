import { digest, fingerprint, isoDate, oid, repoPath, shortId } from '../../src/model/brand.js';
import { sha256Hex } from '../../src/model/canonical.js';
import type { Finding, Verdict } from '../../src/model/verdict.js';
import { cutFrame } from '../../src/report/frame.js';
import { renderText, type TextOptions } from '../../src/report/text.js';

export const COMMIT = oid('3f2a9c1d5e6f708192a3b4c5d6e7f8091a2b3c4d');

export function finding(overrides: Partial<Finding> = {}): Finding {
  const path = overrides.path ?? repoPath('src/ui/list.ts');
  const subject = overrides.subject ?? 'src/db/pool.ts value';
  const print =
    overrides.fingerprint ?? fingerprint(sha256Hex(`${path} ${subject} ${overrides.invariant ?? ''}`));
  return {
    id: shortId(print),
    fingerprint: print,
    state: 'introduced',
    severity: 'block',
    decision: {
      id: 'ADR-0007',
      title: 'The UI reaches data only through the API client',
      path: repoPath('.architecture/decisions/0007-ui-reaches-data-through-the-api.md'),
      line: 9,
      commit: COMMIT,
      by: 'Alice Example <alice@example.com>',
    },
    invariant: 'ui-off-the-database',
    invariantDigest: digest(sha256Hex('invariant')),
    kind: 'forbid-import',
    path,
    line: 3,
    column: 22,
    subject,
    message: 'ui must not import database, but imports src/db/pool.ts',
    because: 'Queries in the UI tier cannot be authorised or cached.',
    instead: 'Call src/api/client.',
    chain: [],
    sites: [{ line: 3, column: 22 }],
    waiver: null,
    waiverNote: null,
    broughtBy: null,
    ...overrides,
  };
}

export function verdict(overrides: Partial<Verdict> = {}): Verdict {
  const findings = overrides.findings ?? [];
  const blocks = findings.some(({ state, severity }) => state === 'introduced' && severity === 'block');
  return {
    schema: 'lintel.verdict/v1',
    result: blocks ? 'blocked' : 'admitted',
    asOf: isoDate('2026-11-21'),
    tool: { name: 'lintel', version: '0.1.0' },
    change: { source: 'staged', id: digest(sha256Hex('change')), bases: [COMMIT], head: null, files: 1 },
    policy: {
      ref: 'HEAD',
      commit: COMMIT,
      digest: digest(sha256Hex('policy')),
      decisions: 4,
      invariants: { expected: 9, evaluated: 9 },
      ungoverned: false,
    },
    findings,
    standing: 0,
    governance: [],
    warnings: [],
    errors: [],
    ...overrides,
  };
}

export const LIST_TS = `import { Button } from './button';

import { pool } from '../db/pool';

export const list = () => pool.query('select 1');
`;

/** The report of verdicts whose judged files are given as a literal. */
export function print(
  verdicts: readonly Verdict[],
  files: Readonly<Record<string, string>> = { 'src/ui/list.ts': LIST_TS },
  options: Partial<TextOptions> = {},
): Promise<string> {
  return renderText(verdicts, {
    width: 80,
    colour: 'plain',
    limit: 10,
    seeAll: 'npx --no-install lintel explain',
    frame: async ({ path, line, column }) => {
      const text = files[path];
      return text === undefined || line === null ? null : cutFrame(text, line, column);
    },
    ...options,
  });
}
