import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTree, type Tree } from './tree.js';

/** `npm:pg/lib as a`: an external package and what else it is known by. */
function known(tree: Tree, from: string, specifier: string): string {
  const target = tree.target(from, specifier);
  assert.ok(target.type === 'package', `${specifier} is ${target.type}`);
  const aliases = target.aliases === undefined ? '' : ` as ${target.aliases.join()}`;
  return `${target.ecosystem}:${target.name}${target.subpath === undefined ? '' : `/${target.subpath}`}${aliases}`;
}

const tree = await createTree({
  'package.json': {
    workspaces: ['p/*'],
    dependencies: { top: 'npm:lodash@4', react: '18', both: 'npm:one@1' },
    overrides: { react: 'npm:preact@10' },
  },
  'p/x/package.json': {
    name: 'x',
    dependencies: {
      a: 'npm:pg@8',
      '@me/b': 'npm:@prisma/client',
      same: 'npm:same@1',
      range: 'npm:^1.2.3',
      both: '2.0.0',
      cat: 'catalog:',
      std: 'jsr:@std/path@^1',
      '@std/fs': 'jsr:^1.0.0',
      local: 'workspace:y@*',
      sibling: 'workspace:*',
    },
    imports: { '#db': 'a', '#deep/*': { node: '@me/b/*' } },
  },
  'p/y/package.json': { name: 'y' },
  'p/y/index.ts': '',
});

for (const [specifier, expected] of [
  ['a', 'npm:pg as a'],
  ['a/lib/x', 'npm:pg/lib/x as a'],
  ['@me/b/sub', 'npm:@prisma/client/sub as @me/b'],
  ['top', 'npm:lodash as top'],
  ['same', 'npm:same'],
  ['range', 'npm:range'],
  ['cat', 'npm:cat'],
  ['both', 'npm:both'],
  ['react', 'npm:react'],
  ['sibling', 'npm:sibling'],
  ['std', 'jsr:@std/path as std'],
  ['@std/fs/walk', 'jsr:@std/fs/walk'],
  ['#db', 'npm:pg as a'],
  ['#deep/z', 'npm:@prisma/client/z as @me/b'],
] as const)
  test(`${specifier} is ${expected}`, () => assert.equal(known(tree, 'p/x/src/z.ts', specifier), expected));

test('elsewhere the name is its own', () => {
  assert.equal(known(tree, 'p/y/z.ts', 'a'), 'npm:a');
  assert.equal(known(tree, 'p/y/z.ts', 'both'), 'npm:one as both');
});

test('an alias for a package of the workspace leads to it', () =>
  assert.equal(tree.end('p/x/z.ts', 'local'), 'p/y/index.ts'));

test('Rush names its projects one by one', async () => {
  const rush = await createTree({
    'rush.json': '{ /* c */ "projects": [{ "packageName": "a", "projectFolder": "libs/a" }, 1], }',
    'libs/a/package.json': { name: 'a' },
    'libs/a/src/index.ts': '',
    'libs/b/package.json': { name: 'b' },
    'libs/b/src/index.ts': '',
  });
  assert.equal(rush.end('z.ts', 'a'), 'libs/a/src/index.ts');
  assert.equal(rush.end('z.ts', 'b'), 'npm:b');
  assert.ok(rush.context.files.some(path => path === 'rush.json'));
});

test('conditions that nobody asked for come last; lists and nested ones are gone through', async () => {
  const odd = await createTree({
    'package.json': { workspaces: ['p'] },
    'p/package.json': {
      name: 'p',
      exports: {
        './a': { 'some-tool': './src/a.ts' },
        './b': { 'some-tool': './src/a.ts', default: './src/b.ts' },
        './c': [{ node: { import: null, require: './no.cjs' } }, './src/b.ts'],
        './d': { types: null, browser: { default: './src/a.ts' } },
      },
    },
    'p/src/a.ts': '',
    'p/src/b.ts': '',
    'm/package.json': { name: 'm', svelte: 'source/index.js', browser: { './x': false } },
    'm/source/index.js': '',
  });
  assert.equal(odd.end('z.ts', 'p/a'), 'p/src/a.ts');
  assert.equal(odd.end('z.ts', 'p/b'), 'p/src/b.ts');
  assert.equal(odd.end('z.ts', 'p/c'), 'p/src/b.ts');
  assert.equal(odd.end('z.ts', 'p/d'), 'p/src/a.ts');
  assert.equal(odd.end('m/z.ts', 'm'), 'm/source/index.js');
});

test('outDir leads to the source through project references, and by `include` where rootDir is missing', async () => {
  const built = await createTree({
    'package.json': { workspaces: ['p/*'] },
    'p/a/package.json': { name: 'a', main: './made/index.js' },
    'p/a/tsconfig.json': { files: [], references: [{ path: './tsconfig.all.json' }] },
    'p/a/tsconfig.all.json': { files: [], references: [{ path: './code' }] },
    'p/a/code/tsconfig.json': { compilerOptions: { outDir: '../made', rootDir: '.' } },
    'p/a/code/index.ts': '',
    'p/b/package.json': { name: 'b', main: './made/index.js' },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how TypeScript writes it
    'p/base.json': { compilerOptions: { outDir: '${configDir}/made' } },
    'p/b/tsconfig.json': { extends: ['../base.json'], include: ['code/**/*.ts'] },
    'p/b/code/index.ts': '',
  });
  assert.equal(built.end('z.ts', 'a'), 'p/a/code/index.ts');
  assert.equal(built.end('z.ts', 'b'), 'p/b/code/index.ts');
});

test('aliases of the configurations that Nuxt and SvelteKit generate', async () => {
  const apps = await createTree({
    'n3/tsconfig.json': { extends: './.nuxt/tsconfig.json' },
    'n3/doc/a.vue': '',
    'n4/tsconfig.json': {
      files: [],
      references: [{ path: './.nuxt/tsconfig.app.json' }],
    },
    'n4/app/doc/a.vue': '',
    'kit/tsconfig.json': { extends: './.svelte-kit/tsconfig.json' },
    'kit/src/lib/index.ts': '',
    'kit/src/lib/a.ts': '',
    'own/.nuxt/tsconfig.json': {},
    'own/tsconfig.json': { extends: './.nuxt/tsconfig.json' },
  });
  assert.equal(apps.end('n3/pages/z.vue', '@/doc/a.vue'), 'n3/doc/a.vue');
  assert.equal(apps.end('n3/pages/z.vue', '~~/doc/a.vue'), 'n3/doc/a.vue');
  assert.equal(apps.end('n4/app/z.vue', '~/doc/a.vue'), 'n4/app/doc/a.vue');
  assert.equal(apps.end('n3/z.ts', '#imports'), 'npm:nuxt/dist/app');
  assert.equal(apps.end('kit/src/z.svelte', '$lib'), 'kit/src/lib/index.ts');
  assert.equal(apps.end('kit/src/z.svelte', '$lib/a'), 'kit/src/lib/a.ts');
  assert.equal(apps.end('kit/src/z.svelte', '$app/stores'), 'npm:@sveltejs/kit/src/runtime/app/stores');
  assert.equal(apps.end('own/z.ts', '@/doc/a.vue'), '? nowhere');
  assert.deepEqual(apps.context.problems, []);
});
