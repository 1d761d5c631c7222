import assert from 'node:assert/strict';
import { test } from 'node:test';
import { updateGraph } from '../../../src/facts/graph/update.js';
import { changesBetween, type Files, type Leaf, memoryCache, open, scratch, told } from './random-trees.js';

type Literal = Readonly<Record<string, string | { readonly link: string }>>;

function filesOf(literal: Literal): Files {
  return new Map(
    Object.entries(literal).map(([path, content]): [string, Leaf] => [
      path,
      typeof content === 'string'
        ? { mode: '100644', text: content }
        : { mode: '120000', text: content.link },
    ]),
  );
}

interface Case {
  readonly name: string;
  readonly before: Literal;
  /** What differs; `null`: deleted. */
  readonly change: Readonly<Record<string, string | { readonly link: string } | null>>;
  readonly reresolved: readonly string[];
  /** Files that must not be read again. */
  readonly untouched?: readonly string[];
}

const ALIASED = {
  'tsconfig.json': '{"compilerOptions":{"paths":{"@d/*":["./dist/*"]}}}',
  'package.json': '{}',
};

/** Names that stand for their folder in some language, and in Python do not. */
const NAMED_AS_FOLDERS: readonly Case[] = ['index', 'mod'].flatMap(name => [
  {
    name: `a Python module called ${name} comes`,
    before: { 'core/__init__.py': '', 'ui/a.py': `from core.${name} import f\n`, 'ui/b.py': 'import ui.a\n' },
    change: { [`core/${name}.py`]: 'import ui.a\n' },
    reresolved: ['ui/a.py'],
    untouched: ['ui/b.py'],
  },
  {
    name: `a Python module called ${name} goes`,
    before: {
      'core/__init__.py': '',
      [`core/${name}.py`]: '',
      'ui/a.py': `from core.${name} import f\n`,
      'ui/b.py': 'import ui.a\n',
    },
    change: { [`core/${name}.py`]: null },
    reresolved: ['ui/a.py'],
    untouched: ['ui/b.py'],
  },
]);

const CASES: readonly Case[] = [
  ...NAMED_AS_FOLDERS,
  {
    name: 'a file comes where a path through a linked folder leads',
    before: {
      'src/a.ts': "import '../linked/x';",
      'src/b.ts': "import './a';",
      linked: { link: 'lib' },
      'lib/y.ts': '',
    },
    change: { 'lib/x.ts': '' },
    reresolved: ['src/a.ts'],
    untouched: ['src/b.ts'],
  },
  {
    name: 'the file at the end of a link imports something else',
    before: { 'src/a.ts': "import './x';", 'app/b.ts': { link: '../src/a.ts' } },
    change: { 'src/a.ts': "import './y';" },
    reresolved: ['app/b.ts'],
  },
  {
    name: 'one of two that mean a missing file otherwise goes',
    before: {
      ...ALIASED,
      'dist/a.ts': "import './gone';",
      'src/b.ts': "import '@d/gone';",
      'src/c.ts': "import '@d/gone';",
    },
    change: { 'dist/a.ts': null },
    reresolved: ['src/b.ts', 'src/c.ts'],
  },
  {
    name: 'one that means a missing file otherwise comes',
    before: { ...ALIASED, 'src/b.ts': "import '@d/gone';" },
    change: { 'dist/a.ts': "import './gone';" },
    reresolved: [],
    untouched: ['src/b.ts'],
  },
  {
    name: 'a dependency takes a name that an alias would catch',
    before: {
      'tsconfig.json': '{"compilerOptions":{"paths":{"@lib/*":["./src/lib/*"]}}}',
      'package.json': '{}',
      'src/a.ts': "import '@lib/x';",
      'src/b.ts': "import './a';",
    },
    change: { 'package.json': '{"dependencies":{"@lib/x":"1"}}' },
    reresolved: ['src/a.ts'],
    untouched: ['src/b.ts'],
  },
  {
    name: 'paths of one project change; another project has its own',
    before: {
      'one/tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["./src/*"]}}}',
      'one/a.ts': "import '@/x';",
      'one/src/x.ts': '',
      'two/tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["./src/*"]}}}',
      'two/a.ts': "import '@/x';",
      'two/src/x.ts': '',
    },
    change: { 'one/tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["./lib/*"]}}}' },
    reresolved: ['one/a.ts'],
    untouched: ['two/a.ts', 'two/src/x.ts'],
  },
  {
    name: 'a package is renamed: those that import either name are looked at',
    before: {
      'package.json': '{"workspaces":["packages/*"]}',
      'packages/one/package.json': '{"name":"one"}',
      'packages/one/index.ts': '',
      'app/a.ts': "import 'one';",
      'app/b.ts': "import 'uno';",
      'app/c.ts': "import 'other';",
    },
    change: { 'packages/one/package.json': '{"name":"uno"}' },
    reresolved: ['app/a.ts', 'app/b.ts'],
    untouched: ['app/c.ts'],
  },
  {
    name: 'a .ts file comes beside the .js file of its name',
    before: { 'a.ts': "import './x.js';", 'x.js': '', 'b.ts': "import './y';" },
    change: { 'x.ts': '' },
    reresolved: ['a.ts'],
    untouched: ['b.ts'],
  },
  {
    name: 'a folder turns file',
    before: { 'a.ts': "import './x';", 'x/index.ts': '', 'b.ts': "import './y';", 'y.ts': '' },
    change: { 'x/index.ts': null, 'x.ts': '' },
    reresolved: ['a.ts'],
    untouched: ['b.ts'],
  },
];

for (const { name, before, change, reresolved, untouched = [] } of CASES) {
  test(name, async () => {
    const cache = memoryCache();
    const old = filesOf(before);
    const rest: Record<string, string | { readonly link: string }> = { ...before };
    for (const [path, content] of Object.entries(change)) {
      if (content === null) delete rest[path];
      else rest[path] = content;
    }
    const files = filesOf(rest);
    const reading = await open(files, cache);
    const known = await scratch(old, cache);
    const updated = await updateGraph(known, reading.source, changesBetween(old, files));
    assert.deepEqual(told(updated.graph), told(await scratch(files, cache)));
    assert.deepEqual(updated.reresolved, reresolved);
    for (const path of untouched) assert.ok(!reading.read.has(path as never), `${path} was read again`);
  });
}

test('what changes nothing of the graph gives the same graph', async () => {
  const cache = memoryCache();
  const before = filesOf({ 'a.ts': "import './b';\n", 'b.ts': '', 'README.md': 'one' });
  const after = filesOf({ 'a.ts': "import './b';\nconst x = 1;\n", 'b.ts': '', 'README.md': 'two' });
  const known = await scratch(before, cache);
  const { graph } = await updateGraph(
    known,
    (await open(after, cache)).source,
    changesBetween(before, after),
  );
  assert.equal(graph, known);
});
