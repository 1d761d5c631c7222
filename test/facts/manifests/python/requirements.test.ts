import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requirements } from '../../../../src/facts/manifests/python/requirements.js';
import { entriesOf, parsed, refused, shown, tree } from './shown.js';

const SHA = `sha256:${'a'.repeat(64)}`;
const LS = String.fromCharCode(0x2028);

const LINES: readonly (readonly [what: string, text: string, entries: readonly string[]])[] = [
  ['comments and blanks', '# a\n\n  requests >= 2 # why\nflask#no comment', []],
  ['a requirement', 'Requests_X[socks]>=2,<3 ; python_version < "3.9"', ['1 production requests-x >=2,<3']],
  ['a pinned one', 'a==1.0', ['1 production a ==1.0 @1.0']],
  [
    'hashes over lines',
    `a==1.0 \\\n    --hash=${SHA} \\\n    --hash=sha512:bb\nb`,
    ['1 production a ==1.0 @1.0', '4 production b'],
  ],
  ['a comment amid continued lines', 'a \\\n# c \\\nb', ['1 production a', '3 production b']],
  [
    'CRLF, form feed, and line ends that editors do not show',
    `a\r\n\fb${LS}c`,
    ['1 production a', '2 production b', '2 production c'],
  ],
  ['an address with a name', 'n @ https://h/x.whl ; os_name == "nt"', ['1 production n url:https://h/x.whl']],
  [
    'a wheel',
    'https://h/Good_Name-1.0-py3-none-any.whl',
    ['1 production good-name @1.0 url:https://h/Good_Name-1.0-py3-none-any.whl'],
  ],
  [
    'version control',
    'git+ssh://git@h/o/x.git@v1#egg=Nm&subdirectory=y',
    ['1 production nm git:ssh://git@h/o/x.git#v1'],
  ],
  [
    'editable ones',
    '-e git+https://h/x#egg=a[b]\n--editable=../lib\n-e.',
    ['1 production a git:https://h/x#null', '2 production ?../lib path:lib', '3 production ?. path:app'],
  ],
  [
    'paths',
    './x/y\n../../../out\nfoo-1.0.tar.gz\nC:\\x',
    [
      '1 production ?./x/y path:app/x/y',
      '2 production ?../../../out path:null',
      '3 production foo @1.0 path:app/foo-1.0.tar.gz',
      '4 production ?C:\\x path:null',
    ],
  ],
  [
    'indexes',
    '-i https://i/simple\n--extra-index-url=https://e\n--find-link ./w\n--index-url https://pypi.org/simple/\n--pre',
    [
      '1 redirect production * registry:https://i/simple',
      '2 redirect production * registry:https://e',
      '3 redirect production * registry:./w',
    ],
  ],
  ['options cut short', `--requirem base.txt\na --has ${SHA}`, ['2 production a']],
  [
    'variables',
    `a==\${V}\n\${WHOLE}\nb @ https://\${TOKEN}@h/b.whl`,
    [`1 production a ==\${V}`, `2 production ?\${WHOLE}`, `3 production b url:https://\${TOKEN}@h/b.whl`],
  ],
  [
    'files elsewhere',
    '-r https://h/r.txt\n-c /etc/c.txt\n-r ../../x.txt',
    [
      '1 production ?-r https://h/r.txt url:https://h/r.txt',
      '2 definition production ?-c /etc/c.txt path:null',
      '3 production ?-r ../../x.txt path:null',
    ],
  ],
  ['a semicolon that nothing follows', 'a>=1 ;', ['1 production a >=1']],
  ['prototype names', 'toString\nconstructor', ['1 production tostring', '2 production constructor']],
  ['nothing', '', []],
];

describe('requirements', () => {
  for (const [what, text, entries] of LINES.slice(1))
    it(`reads ${what}`, () =>
      assert.deepEqual(entriesOf(requirements, 'app/requirements.txt', text), entries));

  it('keeps a # without a blank before it, as pip does', () =>
    assert.match(refused(requirements, 'requirements.txt', LINES[0]?.[1] ?? ''), /^4: /));

  it('keeps hashes', () => {
    const file = parsed(
      requirements,
      'requirements.txt',
      `a==1.0 --hash=${SHA} --hash=sha512:bb\nb @ https://h/b.whl#sha256=cc`,
    );
    assert.deepEqual(
      file.entries.map(({ integrity }) => integrity),
      [[SHA, 'sha512:bb'], ['sha256=cc']],
    );
  });

  const NAMES: readonly (readonly [path: string, entry: string])[] = [
    ['requirements.txt', '1 production a'],
    ['requirements-dev.txt', '1 development a'],
    ['requirements/test.in', '1 development a'],
    ['dev-requirements.txt', '1 development a'],
    ['docs/requirements.txt', '1 development a'],
    ['requirements/production.txt', '1 production a'],
    ['constraints.txt', '1 definition production a'],
    ['requirements/dev-constraints.txt', '1 definition development a'],
    ['devices/requirements.txt', '1 production a'],
  ];
  for (const [path, entry] of NAMES)
    it(`takes ${path} as its name says`, () => assert.deepEqual(entriesOf(requirements, path, 'a'), [entry]));

  for (const text of ['a b', '--bogus', 'a --hash', '-r', "-r 'x", '=1', 'а', '--no x', '--requir x', '-e'])
    it(`refuses ${text}`, () =>
      assert.match(refused(requirements, 'requirements.txt', `ok\n${text}\n`), /^2: /));

  it('refuses conflict markers', () =>
    assert.match(
      refused(requirements, 'requirements.txt', 'a\n<<<<<<< x\nb\n=======\n>>>>>>> y\n'),
      /^2: it holds/,
    ));

  it('links constraints, includes and projects that paths lead to', () => {
    const base = parsed(requirements, 'requirements/base.txt', '-c ../versions.txt\nb\nd>=1');
    const versions = parsed(requirements, 'versions.txt', 'b==2.0\nd==1.5\nc==3');
    const main = parsed(
      requirements,
      'requirements.txt',
      '-r requirements/base.txt\nb>1\n-e ./lib\n-r hidden.list\nc @ https://h/c.whl\n-e old',
    );
    const lib = {
      ...parsed(requirements, 'lib/pyproject.toml', ''),
      project: { name: 'Our_Lib', version: null, license: null },
    };
    const old = {
      ...parsed(requirements, 'old/setup.py', ''),
      project: { name: 'Older', version: null, license: null },
    };
    const files = tree(base, versions, main, lib, old);
    const link = (file: typeof main): readonly string[] =>
      (requirements.link?.(file, files).entries ?? []).map(shown);
    assert.deepEqual(main.includes, ['requirements/base.txt', 'hidden.list']);
    assert.deepEqual(link(main), [
      '2 production b >1 @2.0',
      '3 production our-lib path:lib',
      '5 production c url:https://h/c.whl',
      '6 production older path:old',
      '4 production ?hidden.list',
    ]);
    assert.deepEqual(link(base), ['2 production b ==2.0 @2.0', '3 production d >=1 @1.5']);
    assert.deepEqual(link(versions), [
      '1 definition production b ==2.0 @2.0',
      '2 definition production d ==1.5 @1.5',
      '3 definition production c ==3 @3',
    ]);
  });

  it('takes files that include each other', () => {
    const one = parsed(requirements, 'requirements.txt', '-r requirements-b.txt\na');
    const two = parsed(requirements, 'requirements-b.txt', '-r requirements.txt\nb');
    assert.deepEqual(requirements.link?.(one, tree(one, two)).entries.map(shown), ['2 production a']);
  });
});
