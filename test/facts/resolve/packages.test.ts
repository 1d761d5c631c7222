import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repoPath } from '../../../src/model/brand.js';
import { createTree } from './tree.js';

const FILES = {
  'package.json': { name: 'root', private: true, workspaces: ['packages/*', '!packages/not'] },
  'packages/ui/package.json': {
    name: '@acme/ui',
    exports: {
      '.': { types: './dist/index.d.ts', import: './dist/index.mjs', require: './dist/index.cjs' },
      './button': './dist/button/index.js',
      './icons/*': './dist/icons/*.js',
      './icons/secret/*': null,
      './*.css': './styles/*.css',
    },
    imports: {
      '#internal/*': './src/internal/*.ts',
      '#db': { node: 'pg', default: './src/db.ts' },
      '#fs': 'node:fs',
    },
  },
  'packages/ui/src/index.ts': '',
  'packages/ui/src/button/index.tsx': '',
  'packages/ui/src/icons/star.ts': '',
  'packages/ui/src/internal/x.ts': '',
  'packages/ui/src/hidden.ts': '',
  'packages/ui/styles/main.css': '',
  'packages/core/package.json': { name: 'core', main: 'lib/main.js', types: 'lib/main.d.ts' },
  'packages/core/tsconfig.json': { compilerOptions: { outDir: 'lib', rootDir: 'source' } },
  'packages/core/source/main.ts': '',
  'packages/core/source/deep/file.ts': '',
  'packages/bare/package.json': { name: 'bare' },
  'packages/bare/src/index.ts': '',
  'packages/unbuilt/package.json': { name: 'unbuilt', main: './made/by/build.js' },
  'packages/not/package.json': { name: 'not-a-member' },
  'packages/not/index.ts': '',
  'fixtures/react/package.json': { name: 'react' },
  'fixtures/react/index.js': '',
  'linked/package.json': { name: 'called-otherwise', main: 'start.js' },
  'linked/start.js': '',
  'packages/bare/nested.ts': '',
  'packages/app/package.json': { name: 'app', dependencies: { local: 'file:../../linked' } },
};

const tree = await createTree(FILES);
const end = (specifier: string, from = 'packages/app/z.ts'): string => tree.end(from, specifier);

test('workspace packages: exports lead to what is built, and from there to its source', () => {
  assert.equal(end('@acme/ui'), 'packages/ui/src/index.ts');
  assert.equal(end('@acme/ui/button'), 'packages/ui/src/button/index.tsx');
  assert.equal(end('@acme/ui/icons/star'), 'packages/ui/src/icons/star.ts');
  assert.equal(end('@acme/ui/main.css'), 'asset packages/ui/styles/main.css');
});

test('what exists is taken before what it is built from', async () => {
  const built = await createTree({
    ...FILES,
    'packages/ui/dist/index.cjs': '',
    'packages/ui/dist/index.mjs': '',
  });
  assert.equal(built.end('packages/app/z.ts', '@acme/ui', { kind: 'require' }), 'packages/ui/src/index.ts');
  const { 'packages/ui/src/index.ts': _, ...unsourced } = FILES;
  const output = await createTree({
    ...unsourced,
    'packages/ui/dist/index.cjs': '',
    'packages/ui/dist/index.mjs': '',
  });
  assert.equal(
    output.end('packages/app/z.ts', '@acme/ui', { kind: 'require' }),
    'packages/ui/dist/index.cjs',
  );
  assert.equal(output.end('packages/app/z.ts', '@acme/ui'), 'packages/ui/dist/index.mjs');
});

test('a path past `exports` is still followed', () => {
  assert.equal(end('@acme/ui/src/hidden'), 'packages/ui/src/hidden.ts');
  assert.equal(end('@acme/ui/none'), '? packages/ui/none');
});

test('outDir and rootDir lead from the output to the source; by custom dist and lib come from src', () => {
  assert.equal(end('core'), 'packages/core/source/main.ts');
  assert.equal(end('core/lib/deep/file'), 'packages/core/source/deep/file.ts');
  assert.equal(end('core/lib/deep/file.js'), 'packages/core/source/deep/file.ts');
  assert.equal(end('bare'), 'packages/bare/src/index.ts');
  assert.equal(end('bare/dist/index.js'), 'packages/bare/src/index.ts');
});

test('a relative path into what a build makes leads to its source, while that is not built', async () => {
  assert.equal(end('../lib/deep/file.js', 'packages/core/test/z.ts'), 'packages/core/source/deep/file.ts');
  assert.equal(end('../bare/dist/index.js'), 'packages/bare/src/index.ts');
  const built = await createTree({ ...FILES, 'packages/core/lib/deep/file.js': '' });
  assert.equal(built.end('packages/core/test/z.ts', '../lib/deep/file.js'), 'packages/core/lib/deep/file.js');
});

test('what is nowhere is unresolved inside the package’s folder', () => {
  const target = tree.target('packages/app/z.ts', 'unbuilt');
  assert.ok(target.type === 'unresolved');
  assert.equal(target.candidates[0], 'packages/unbuilt/made/by/build.js');
  assert.ok(target.candidates.every(path => path.startsWith('packages/unbuilt/')));
});

test('only members of the workspace are resolved by name', () => {
  assert.equal(end('not-a-member'), 'npm:not-a-member');
  assert.equal(end('react'), 'npm:react');
  assert.equal(end('root/package.json'), 'asset package.json');
});

test('a dependency on a folder leads there', () => {
  assert.equal(end('local'), 'linked/start.js');
  assert.equal(end('local', 'packages/bare/nested.ts'), 'npm:local');
});

test('a package knows itself, in the workspace or not', () => {
  assert.equal(end('not-a-member', 'packages/not/z.ts'), 'packages/not/index.ts');
});

test('imports: patterns, conditions, packages and builtins', () => {
  const from = 'packages/ui/src/deep/z.ts';
  assert.equal(end('#internal/x', from), 'packages/ui/src/internal/x.ts');
  assert.equal(end('#db', from), 'npm:pg');
  assert.equal(end('#fs', from), 'node:fs');
  assert.equal(end('#none', from), '? nowhere');
  assert.equal(end('#internal/none', from), '? packages/ui/src/internal/none.ts');
  assert.equal(end('#internal/x', 'packages/bare/nested.ts'), '? nowhere');
});

test('conditions: those of the settings, and customConditions', async () => {
  const files = {
    'package.json': { workspaces: { packages: ['p'] } },
    'p/package.json': {
      name: 'p',
      exports: { '.': { browser: './b.ts', '@acme/source': './s.ts', default: './d.ts' } },
    },
    'p/b.ts': '',
    'p/s.ts': '',
    'p/d.ts': '',
    'q/tsconfig.json': { compilerOptions: { customConditions: ['@acme/source'] } },
  };
  const plain = await createTree(files);
  assert.equal(plain.end('z.ts', 'p'), 'p/d.ts');
  assert.equal(plain.end('q/z.ts', 'p'), 'p/s.ts');
  const browser = await createTree(files, { conditions: ['browser', 'default'] });
  assert.equal(browser.end('z.ts', 'p'), 'p/b.ts');
});

test('pnpm and lerna workspaces', async () => {
  const pnpm = await createTree({
    'pnpm-workspace.yaml': "packages:\n  - 'apps/**'\n  - '!**/test/**'\n",
    'apps/deep/one/package.json': { name: 'one' },
    'apps/deep/one/index.ts': '',
    'apps/test/two/package.json': { name: 'two' },
  });
  assert.equal(pnpm.end('z.ts', 'one'), 'apps/deep/one/index.ts');
  assert.equal(pnpm.end('z.ts', 'two'), 'npm:two');
  const lerna = await createTree({
    'lerna.json': { packages: ['modules/*/'] },
    'modules/one/package.json': { name: 'one' },
    'modules/one/index.ts': '',
  });
  assert.equal(lerna.end('z.ts', 'one'), 'modules/one/index.ts');
});

test('names that every object knows are names like any other', async () => {
  const odd = await createTree({
    'package.json': '{"workspaces":["*"],"imports":{"#__proto__":"./a.ts"}}',
    '__proto__/package.json': { name: 'constructor' },
    '__proto__/index.ts': '',
    'a.ts': '',
  });
  assert.equal(odd.end('z.ts', 'constructor'), '__proto__/index.ts');
  assert.equal(odd.end('z.ts', 'toString'), 'npm:toString');
  assert.equal(odd.end('z.ts', '#__proto__'), 'a.ts');
  assert.ok(odd.context.files.includes(repoPath('__proto__/package.json')));
});
