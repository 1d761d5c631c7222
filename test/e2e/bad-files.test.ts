/** Files that are odd, each through the command line and through a real `git commit`. */
import { cases } from './cases.js';

cases('files that are odd', {
  'binary where an import rule governs': {
    files: { 'src/ui/list.ts': Buffer.from([1, 0, 2]) },
    code: 3,
    says: ['src/ui/list.ts', 'holds a NUL byte', 'ui-off-db'],
  },
  'binary where nothing governs': { files: { 'logo.png': Buffer.from([0x89, 0, 1, 255]) }, code: 0 },
  'not UTF-8, with a violation behind it': {
    files: { 'src/ui/list.ts': Buffer.from("// \xe9\nimport '../db/pool';\n", 'latin1') },
    code: 1,
    says: ['src/ui/list.ts:2:8', 'ui-off-db'],
  },
  'a byte order mark and CRLF: the position is that of the text': {
    files: { 'src/ui/list.ts': "\uFEFF// x\r\nimport '../db/pool';\r\n" },
    code: 1,
    says: ['src/ui/list.ts:2:8', 'ui-off-db'],
  },
  'syntax that does not parse': {
    files: { 'src/ui/list.ts': 'import { from\n' },
    code: 3,
    says: [/src\/ui\/list\.ts:[12]:\d+/, 'unparsable', 'mend the syntax of src/ui/list.ts'],
  },
  'a symbolic link out of the repository where a rule governs': {
    files: { 'src/ui/out.ts': { symlink: '../../../../etc/passwd' } },
    code: 3,
    says: ['src/ui/out.ts', 'points out of the repository'],
  },
});
