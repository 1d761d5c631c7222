import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ManifestError } from '../../../../src/facts/manifests/format.js';
import { setupPy } from '../../../../src/facts/manifests/python/setup-py.js';
import { entriesOf, parsed, refused } from './shown.js';

const FILE = `#!/usr/bin/env python
"""Not pg: prose."""
from setuptools import find_packages, setup

NAME = "Shop"
needs = [
    "Requests_X >=2,<3 ; python_version < '3.9'",
    'flask==2.0.1',  # why
    "long-"
    "name[extra]>=1",
]

setup(
    name=NAME,
    version="1." + "0",
    license="MIT",
    packages=find_packages("src"),
    install_requires=needs,
    setup_requires=("wheel",),
    tests_require="""
        pytest
        # prose
        mock
    """,
    extras_require={
        "http": ["httpx"],
        'all': needs + ["rich"],
        ":python_version < '3'": ["enum34"],
    },
    dependency_links=["https://links.example.com/simple", "https://pypi.org/simple/"],
)
`;

/** What stands in \`install_requires\`, with what stands before the call. */
const asked = (value: string, before = ''): string =>
  `from setuptools import setup\n${before}setup(install_requires=${value})\n`;

const CASES: readonly (readonly [what: string, text: string, entries: readonly string[]])[] = [
  ['no call', 'import setuptools\ndef setup(): pass\nsetup()\ninstall_requires = ["a"]\n', []],
  ['nothing that is asked for', 'from setuptools import setup\nsetup()', []],
  [
    'another name of it',
    'from setuptools import (Extension, setup as s)\ns(install_requires=["a"])',
    ['2 production a'],
  ],
  ['its module', 'import setuptools\nsetuptools.setup(install_requires=["a"])', ['2 production a']],
  [
    'its module under another name',
    'import x, setuptools as st\nst.setup(install_requires=["a"])',
    ['2 production a'],
  ],
  ['distutils', 'import distutils.core\ndistutils.core.setup(install_requires=["a"])', ['2 production a']],
  ['its part', 'from distutils import core as c\nc.setup(install_requires=["a"])', ['2 production a']],
  [
    'one that is imported on the spot',
    'try: from setuptools import setup as s\nexcept: pass\ns(install_requires=["a"])\n__import__("setuptools").setup(install_requires=["b"])',
    ['3 production a', '4 production b'],
  ],
  ['another setup', 'import django\ndjango.setup(**x)\nself.setup(name="a")', []],
  [
    'one that is handed on',
    'from setuptools import setup\nrun = setup\nrun(install_requires=["a"])',
    ['2 production ?run = setup'],
  ],
  [
    'within functions',
    'import setuptools\ndef main():\n  if 1: setuptools.setup(install_requires=["a"])',
    ['3 production a'],
  ],
  [
    'strings of every kind',
    asked(`[u'a', r"b", '''c''', ('d'), 'e\\x3e=1', b'f', f'g', f'h>={v}', f'{i}']`),
    [
      '2 production a',
      '2 production b',
      '2 production c',
      '2 production d',
      '2 production e >=1',
      '2 production g',
      `2 production ?b'f'`,
      '2 production h >=',
      `2 production ?f'{i}'`,
    ],
  ],
  [
    'versions that are computed, and names that are',
    asked(`['a>=%s' % v, "b=={}".format(v), 'c>=' + v, 'd' + v, '%s>=1' % e, 'f @ %s' % u, 'g[x]; ' + m]`),
    [
      '2 production a >=%s',
      '2 production b =={}',
      '2 production c >=',
      `2 production ?'d' + v`,
      `2 production ?'%s>=1' % e`,
      `2 production ?'f @ %s' % u`,
      '2 production g',
    ],
  ],
  ['what is computed', asked('read("requirements.txt")'), ['2 production ?read("requirements.txt")']],
  [
    'what is computed at length',
    asked(`[${'x'.repeat(100)}, 'a']`),
    ['2 production a', `2 production ?${'x'.repeat(79)}…`],
  ],
  ['a comprehension', asked('[x for x in open("r.txt")]'), ['2 production ?[x for x in open("r.txt")]']],
  ['sums', asked('["a"] + ["b"] + more()'), ['2 production a', '2 production b', '2 production ?more()']],
  ['branches', asked('["a"] if PY2 else ("b",)'), ['2 production a', '2 production b']],
  ['or', asked('PY2 and ["a"] or []'), ['2 production a']],
  ['splats', asked('[*base, "b"]', 'base = ["a"]\n'), ['2 production a', '3 production b']],
  ['split texts', asked('"a b".split()'), ['2 production a', '2 production b']],
  ['a name without a value', asked('needs', 'from x import needs\n'), ['3 production ?needs']],
  [
    'a list that grows',
    asked(
      'needs',
      'needs = ["a"]\nneeds.append("b")\nif x: needs += ["c"]\nneeds.extend(["d", "e"])\nneeds.insert(0, "f")\n',
    ),
    [
      '2 production a',
      '3 production b',
      '4 production c',
      '5 production d',
      '5 production e',
      '6 production f',
    ],
  ],
  [
    'a list that is set in branches',
    asked('list(needs)', 'if x:\n  needs = ["a"]\nelse:\n  needs = ["b"]\n'),
    ['3 production a', '5 production b'],
  ],
  [
    'a list that grows by what is computed',
    asked('needs', 'needs = ["a"]\nneeds += more()\nchange(needs)\nneeds.append(x)\n'),
    ['2 production a', '3 production ?more()', '4 production ?change(needs)', '5 production ?x'],
  ],
  [
    'a list that is only looked at',
    asked(
      'needs',
      'needs: list[str] = ["a"]\nprint(needs, len(needs))\nfor n in needs: print(n)\nif needs: pass\nx = needs[0]\n',
    ),
    ['2 production a'],
  ],
  [
    'a list under another name',
    asked('needs', 'needs = ["a"]\nother = needs\nother.append("b")\n'),
    ['2 production a', '4 production b'],
  ],
  [
    'an append that is handed on',
    asked('needs', 'needs = []\nadd = needs.append\n'),
    ['3 production ?add = needs.append'],
  ],
  [
    'strings under names',
    asked('[NEED, NEED2]', 'NEED = "a"\nNEED2 = "b>=" + "1"\n'),
    ['2 production a', '3 production b >=1'],
  ],
  [
    'extras',
    'from setuptools import setup\nextras = {"a": ["x"], **more}\nextras["b"] = extras["a"] + ["y"]\nextras["all"] = sum(extras.values(), [])\nextras.setdefault("c", []).append("z")\nextras.update(d=["w"])\nextras[key] = ["v"]\nsetup(extras_require=extras)',
    [
      '2 optional x',
      '2 optional ?more',
      '2 optional x',
      '3 optional y',
      '4 optional ?sum(extras.values(), [])',
      '5 optional z',
      '6 optional w',
      '7 optional v',
    ],
  ],
  [
    'keywords in a dictionary',
    'from setuptools import setup\nkw = dict(name="a", install_requires=["a"])\nkw["tests_require"] = ["b"]\nkw.update(extras_require={"x": ["c"]})\nkw.update(f())\nsetup(**kw)\nsetup(**g())',
    ['2 production a', '3 development b', '4 optional c', '5 production ?f()', '7 production ?g()'],
  ],
  [
    'letters that Python takes for others',
    'from setuptools import setup\nｓetup(install_requires=["a"])',
    ['2 production a'],
  ],
  [
    'places that are computed',
    'from setuptools import setup\nsetup(dependency_links=[x])',
    ['2 redirect production ?x=* '],
  ],
  [
    'Python 2',
    'from setuptools import setup\nprint "x"\nsetup(install_requires=[ur"a"])\nexec "x"',
    ['3 production a'],
  ],
];

describe('setup.py', () => {
  it('reads what is written out', () => {
    const file = parsed(setupPy, 'app/setup.py', FILE);
    assert.deepEqual(file.project, { name: 'Shop', version: '1.0', license: 'MIT' });
    assert.deepEqual(entriesOf(setupPy, 'app/setup.py', FILE), [
      '7 production requests-x >=2,<3',
      '8 production flask ==2.0.1 @2.0.1',
      '9 production long-name >=1',
      '19 build wheel',
      '21 development pytest',
      '23 development mock',
      '26 optional httpx',
      '7 optional requests-x >=2,<3',
      '8 optional flask ==2.0.1 @2.0.1',
      '9 optional long-name >=1',
      '27 optional rich',
      '28 production enum34',
      '30 redirect production * registry:https://links.example.com/simple',
    ]);
    assert.deepEqual(file.entries.at(5)?.id, 'tests_require/mock');
  });

  for (const [what, text, entries] of CASES)
    it(what, () =>
      assert.deepEqual(
        entriesOf(setupPy, 'setup.py', text).map(entry => entry.trim()),
        entries.map(entry => entry.trim()),
      ),
    );

  for (const [text, says] of [
    ['from setuptools import setup\nsetup(install_requires=["a b"])', /^2: .*found "b"/],
    ['\nx = "a', /^2: the string is never closed/],
    ['\nsetup(', /^2: "\(" is never closed/],
    ['\n\nsetup(]', /^3: "\]" does not close "\("/],
    [')', /^1: "\)" closes nothing/],
    ['<<<<<<< ours\n=======\n>>>>>>> theirs\n', /^1: it holds conflict markers/],
  ] as const)
    it(`refuses ${JSON.stringify(text)}`, () => assert.match(refused(setupPy, 'setup.py', text), says));

  it('ends, whatever it is given', () => {
    const word = fc.constantFrom(
      ...'a b = += [ ] ( ) { } , : . "x" \'y\' * ** + if else for or and lambda setup append update \n ;'.split(
        ' ',
      ),
      'from setuptools import setup\n',
      'setup(install_requires=a)\n',
      'setup(**b)\n',
      'extras_require=',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), words => {
        try {
          setupPy.parse(parsed(setupPy, 'setup.py', '').path, words.join(' '));
        } catch (error) {
          assert.ok(error instanceof ManifestError, String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is not made to go round in circles', { timeout: 30_000 }, () => {
    const doubling = Array.from(
      { length: 40 },
      (_, n) => `a${n + 1} = a${n} + a${n}\nd${n + 1} = {**d${n}, **d${n}}\n`,
    );
    const text = `from setuptools import setup\na0 = a40\na0 = ["x"]\nd0 = {"e": a0}\n${doubling.join('')}setup(install_requires=a40, extras_require=d40)`;
    assert.deepEqual(entriesOf(setupPy, 'setup.py', text), ['3 production x', '3 optional x']);
    const chain = Array.from({ length: 5000 }, (_, n) => `a${n} = a${n + 1}\nd${n} = d${n + 1}\n`).join('');
    const long = `from setuptools import setup\n${chain}setup(install_requires=a0, extras_require=d0, name=a0)`;
    assert.match(entriesOf(setupPy, 'setup.py', long).join(), /^\d+ production \?\w+,\d+ optional \?\w+$/);
    const wide = `X = []\nf(${'X, '.repeat(50_000)})\n${'X += X '.repeat(5000)}\n`;
    assert.ok(entriesOf(setupPy, 'setup.py', asked('X', wide)).every(entry => entry.includes(' ?')));
    const deep = `${'('.repeat(3000)}'a'${')'.repeat(3000)}`;
    assert.match(refused(setupPy, 'setup.py', asked(deep)), /^2: brackets are nested too deeply/);
  });
});
