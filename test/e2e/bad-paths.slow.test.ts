/** Paths that are odd, each through the command line and through a real `git commit`. */
import { describe, it } from 'node:test';
import { BASIC, decision } from '../gates/project.js';
import { expectBoth, withGate } from './gate.js';

const SECOND = '.architecture/decisions/0002-second.md';
const IMPORT = "import '../db/pool';\n";
const ODD_NAMES: Readonly<Record<string, readonly [string, string]>> = {
  'a space': ['src/ui/a b.ts', 'src/ui/a b.ts'],
  quotes: [`src/ui/"it's".ts`, `src/ui/"it's".ts`],
  'a newline': ['src/ui/new\nline.ts', 'src/ui/new'],
  'non-ASCII letters': ['src/ui/größe-日本.ts', 'src/ui/größe-日本.ts'],
  'a leading dash': ['src/ui/-rf.ts', 'src/ui/-rf.ts'],
  'a backslash and a tab': ['src/ui/back\\slash\t.ts', 'back'],
  'the look of a pathspec': ['src/ui/:(top)*.ts', 'src/ui/:(top)*.ts'],
  'the look of a command': ['src/ui/$(touch pwned).ts', '$(touch pwned).ts'],
};

describe('paths that are odd: the violation in them is found, cold and warm', () => {
  for (const [name, [path, shown]] of Object.entries(ODD_NAMES))
    it(name, () =>
      withGate(BASIC, gate => {
        gate.change({ [path]: 'export {};\n' });
        expectBoth(gate, { code: 0 });
        gate.change({ [path]: IMPORT });
        expectBoth(gate, { code: 1, says: [shown, 'ui-off-db'] });
      }),
    );

  it('bytes that are no UTF-8', () =>
    withGate(BASIC, gate => {
      const { repo } = gate;
      const blob = repo.git(['hash-object', '-w', '--stdin'], { input: IMPORT }).stdout.trim();
      const record = Buffer.from(`100644 ${blob}\tsrc/ui/caf\xe9.ts\0`, 'latin1');
      repo.git(['update-index', '-z', '--index-info'], { input: record });
      expectBoth(gate, { code: 1, says: [/src\/ui\/caf.+\.ts/, 'ui-off-db'] });
    }));

  it('a leading dash at the root', () =>
    withGate(
      { ...BASIC, [SECOND]: decision('ADR-0002', '- id: no-dash\n  forbid-path: { in: "-*" }') },
      gate => {
        gate.change({ '-n': 'x\n' });
        expectBoth(gate, { code: 1, says: ['-n', 'no-dash'] });
      },
    ));
});
