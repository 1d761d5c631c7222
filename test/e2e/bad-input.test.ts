/** Mistakes in the policy, each through the command line and through a real `git commit`. */
import { describe, it } from 'node:test';
import { BASIC, decision, UI_OFF_DB, VIOLATION } from '../gates/project.js';
import { cases } from './cases.js';
import { expectBoth, withGate } from './gate.js';

const CONFIG = '.architecture/config.yaml';
const DECISION = '.architecture/decisions/0001-ui-off-db.md';
const SECOND = '.architecture/decisions/0002-second.md';
const SIZE = '- id: small\n  size: { in: ui, lines: 9 }';
const OFF = '\ncomponents:\n  ui: src/ui/**\n  db: src/db/**\n';

cases('a policy with a mistake: file, line, column, the mend; nothing is committed', {
  'malformed YAML in the configuration': {
    files: { [CONFIG]: 'version: 1\ncomponents:\n  ui: [src/ui/**\n' },
    code: 2,
    says: [`${CONFIG}:4:1`, 'malformed YAML'],
  },
  'malformed front matter': {
    files: { [DECISION]: '---\nstatus: accepted\ninvariants:\n  - id: a\n   size: 3\n---\n' },
    code: 2,
    says: [`${DECISION}:5:1`, 'malformed YAML: Sequence item without - indicator'],
  },
  'front matter that is never closed': {
    files: { [DECISION]: '---\nstatus: accepted\n# Title\n' },
    code: 2,
    says: [`${DECISION}:1:1`, 'the front matter is never closed'],
  },
  'an unknown key of the configuration': {
    files: { [CONFIG]: `version: 1\nwaiver: x${OFF}` },
    code: 2,
    says: [`${CONFIG}:2:1`, 'unknown key "waiver"', 'did you mean "waivers"?'],
  },
  'an unknown kind': {
    files: { [DECISION]: decision('ADR-0001', '- id: a\n  forbid-imprt: { from: ui, to: db }') },
    code: 2,
    says: [`${DECISION}:7:5`, 'unknown key or kind "forbid-imprt"', 'did you mean "forbid-import"?'],
  },
  'an id that is taken': {
    files: { [SECOND]: decision('ADR-0001', SIZE) },
    code: 2,
    says: [`${SECOND}:2:5`, 'the id "ADR-0001" is taken by', `${DECISION}:2`],
  },
  'decisions that supersede each other in a circle': {
    files: {
      [DECISION]: decision('ADR-0001', SIZE, 'supersedes: [ADR-0002]\n'),
      [SECOND]: decision('ADR-0002', SIZE, 'supersedes: [ADR-0001]\n'),
    },
    code: 2,
    says: [`${SECOND}:5:14`, 'supersede each other in a circle', 'ADR-0001 → ADR-0002 → ADR-0001'],
  },
  'a component that is not there': {
    files: { [DECISION]: decision('ADR-0001', '- id: a\n  forbid-import: { from: ui, to: dbb }') },
    code: 2,
    says: [`${DECISION}:7:36`, 'no component is called "dbb"', 'did you mean "db"?'],
  },
  'a glob that matches nothing is a warning': {
    files: { [SECOND]: decision('ADR-0002', '- id: a\n  size: { in: "lib/**", lines: 9 }') },
    code: 0,
    says: [`${SECOND}:7:17`, 'the glob "lib/**" matches no file', 'policy-warning'],
  },
  'CRLF and a byte order mark move no position': {
    files: { [SECOND]: `\uFEFF${decision('ADR-0002', '- id: a\n  sise: 1').replaceAll('\n', '\r\n')}` },
    code: 2,
    says: [`${SECOND}:7:5`, 'did you mean "size"?'],
  },
  'a decision that is not UTF-8': {
    files: { [SECOND]: Buffer.from(decision('ADR-0002', SIZE).replace('Decision', 'D\xe9cision'), 'latin1') },
    code: 2,
    says: [SECOND, 'UTF-8'],
  },
});

describe('a policy that was broken past the hook', () => {
  it('can be mended, and nothing else can be committed before', () =>
    withGate({ ...BASIC, [DECISION]: '---\nstatus: [accepted\n---\n' }, gate => {
      gate.change(VIOLATION);
      expectBoth(gate, { code: 2, says: [DECISION, 'malformed YAML'] });
      gate.repo.git(['reset', '-q', '--hard']);
      gate.change({ [DECISION]: UI_OFF_DB });
      expectBoth(gate, { code: 0 });
      gate.change(VIOLATION);
      expectBoth(gate, { code: 1, says: ['ui-off-db'] });
    }));
});
