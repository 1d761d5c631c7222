import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseRequirement } from '../../../../src/facts/manifests/python/pep508.js';
import { SyntaxProblem } from '../../../../src/facts/manifests/python/text-scanner.js';

const READ: readonly (readonly [text: string, shown: string])[] = [
  ['requests', 'requests||||'],
  ['  Zope.Interface_x  ', 'Zope.Interface_x||||'],
  ['a[b, C.d]>=1.0 , <2', 'a|b+C.d|>=1.0 , <2||'],
  ['a (>=1,<2)', 'a||>=1,<2||'],
  ['a>=1,', 'a||>=1,||'],
  ['a==1.2.3+local.1', 'a||==1.2.3+local.1|1.2.3+local.1|'],
  ['a==1.*', 'a||==1.*||'],
  ['a===weird~version', 'a||===weird~version|weird~version|'],
  ['a!=1.0.*,==1!2.0rc1.post3.dev4', 'a||!=1.0.*,==1!2.0rc1.post3.dev4|1!2.0rc1.post3.dev4|'],
  ['a[x]@https://h/a.whl#sha256=0 ; os_name == "nt"', 'a|x|||https://h/a.whl#sha256=0'],
  ['a @ git+https://h/a@v1', 'a||||git+https://h/a@v1'],
  ["a;python_version<'3' and (sys_platform=='win32' or 'x' not  in extras)", 'a||||'],
  ['a; "dev" in dependency_groups', 'a||||'],
  ['a\n', 'a||||'],
];

const REFUSED: readonly string[] = [
  '',
  '-e .',
  'rëquests',
  'а', // a Cyrillic letter
  'a-',
  'a b',
  'a[b',
  'a[b c]',
  'a[,]',
  'a(>=1',
  'a>=',
  'a>=1.*',
  'a>=1.0+local',
  'a~=1',
  'a=1',
  'a>=1;',
  'a>=1 python_version<"3"',
  'a @',
  'a @ https://h/x.whl y',
  'a; python_version',
  'a; python_version < 3',
  'a; nonsense == "x"',
  'a; (os_name == "x"',
  `a; ${'('.repeat(100_000)}`,
  'a===1,evil',
];

describe('PEP 508', () => {
  for (const [text, expected] of READ)
    it(`reads ${JSON.stringify(text)}`, () => {
      const { name, extras, range, version, url } = parseRequirement(text);
      assert.equal([name, extras.join('+'), range, version, url].map(part => part ?? '').join('|'), expected);
    });
  for (const text of REFUSED)
    it(`refuses ${JSON.stringify(text.slice(0, 60))}`, () => {
      assert.throws(() => parseRequirement(text), SyntaxProblem);
    });

  it('takes long hostile texts in one pass', () => {
    for (const text of [
      `a${'.'.repeat(200_000)}`,
      `a==1${'.0'.repeat(200_000)}x`,
      `a${' '.repeat(200_000)}!`,
    ])
      assert.throws(() => parseRequirement(text), SyntaxProblem);
  });
});
