import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTree } from './tree.js';

test('builtins, packages and URLs', async () => {
  const tree = await createTree({ 'a.ts': '' });
  const ends: readonly (readonly [string, string])[] = [
    ['fs', 'node:fs'],
    ['fs/promises', 'node:fs/promises'],
    ['node:test', 'node:test'],
    ['test', 'npm:test'],
    ['buffer/', 'npm:buffer'],
    ['pg', 'npm:pg'],
    ['pg/lib/x.js', 'npm:pg/lib/x.js'],
    ['@prisma/client', 'npm:@prisma/client'],
    ['@prisma/client/edge', 'npm:@prisma/client/edge'],
    ['text!pg/x.html', 'npm:pg/x.html'],
    ['https://esm.sh/react@18?dev', 'url:https://esm.sh/react@18'],
    ['data:text/javascript,export {}', 'url:data:text/javascript'],
    ['npm:chalk@5/sub', 'npm:chalk/sub'],
    ['npm:@scope/x@1', 'npm:@scope/x'],
    ['jsr:@std/path', 'jsr:@std/path'],
    ['bun:sqlite', 'url:bun:sqlite'],
    ['@/components/x', '? nowhere'],
    ['~/x', '? nowhere'],
    ['#x', '? nowhere'],
    ['', '? nowhere'],
    ['file:///etc/passwd', '? nowhere'],
    ['c:\\x', '? nowhere'],
  ];
  for (const [specifier, end] of ends) assert.equal(tree.end('a.ts', specifier), end, specifier);
  const form = 'reference-types';
  assert.equal(tree.end('a.ts', 'node', { form }), 'npm:@types/node');
  assert.equal(tree.end('a.ts', 'vite/client', { form }), 'npm:vite/client');
});

test('tsconfig paths: exact before patterns, the longest head first, targets in order, then baseUrl', async () => {
  const tree = await createTree({
    'tsconfig.json': `{
      // comments and trailing commas
      "compilerOptions": { "baseUrl": "./src", "paths": {
        "@app/*": ["app/*", "generated/*"], "@app/special/*": ["special/*"],
        "exact": ["app/exact.ts"], "*.svg": ["assets/*.svg"], "pgx": ["../node_modules/pg"], "react": ["../node_modules/@types/react"],
      }, },
    }`,
    'src/app/one.ts': '',
    'src/app/exact.ts': '',
    'src/generated/two/index.ts': '',
    'src/special/three.tsx': '',
    'src/assets/logo.svg': '',
    'src/base/four.ts': '',
    'src/fs/index.ts': '',
  });
  const end = (specifier: string): string => tree.end('src/z.ts', specifier);
  assert.equal(end('@app/one'), 'src/app/one.ts');
  assert.equal(end('@app/one.js'), 'src/app/one.ts');
  assert.equal(end('@app/two'), 'src/generated/two/index.ts');
  assert.equal(end('@app/special/three'), 'src/special/three.tsx');
  assert.equal(end('@app/special/one'), '? src/special/one');
  assert.equal(end('@app/none'), '? src/app/none');
  assert.equal(end('exact'), 'src/app/exact.ts');
  assert.equal(end('logo.svg'), 'asset src/assets/logo.svg');
  assert.equal(end('base/four'), 'src/base/four.ts');
  assert.equal(end('fs'), 'src/fs/index.ts');
  assert.equal(end('node:fs'), 'node:fs');
  assert.equal(end('pg'), 'npm:pg');
  assert.equal(end('pgx'), 'npm:pg');
  assert.equal(end('react'), 'npm:react');
  assert.equal(tree.end('scripts/z.ts', '@app/one'), 'src/app/one.ts');
});

test('extends: a chain, several, a package of the tree, configDir; paths stay relative to where they are written', async () => {
  const tree = await createTree({
    'package.json': { workspaces: ['configs/*'] },
    'configs/ts/package.json': { name: '@acme/ts' },
    'configs/ts/base.json': {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how TypeScript writes it
      compilerOptions: { paths: { '@own/*': ['${configDir}/own/*'], '@base/*': ['./base/*'] } },
    },
    'configs/ts/base/x.ts': '',
    'tsconfig.base.json': { compilerOptions: { baseUrl: '.', paths: { '@lib/*': ['libs/*/src'] } } },
    'one.json': { extends: './tsconfig.base' },
    'apps/a/tsconfig.json': { extends: ['../../one.json'], compilerOptions: { strict: true } },
    'apps/b/tsconfig.json': { extends: '@acme/ts/base.json' },
    'apps/b/own/y.ts': '',
    'apps/c/tsconfig.json': { extends: ['../../tsconfig.base.json', '@acme/ts/base'] },
    'libs/core/src/index.ts': '',
  });
  assert.deepEqual(tree.context.problems, []);
  assert.equal(tree.end('apps/a/z.ts', '@lib/core'), 'libs/core/src/index.ts');
  assert.equal(tree.end('apps/b/z.ts', '@own/y'), 'apps/b/own/y.ts');
  assert.equal(tree.end('apps/b/z.ts', '@base/x'), 'configs/ts/base/x.ts');
  assert.equal(tree.end('apps/b/z.ts', '@lib/core'), 'npm:@lib/core');
  // The last one's paths replace the first one's, and the first one's baseUrl moves them.
  assert.equal(tree.end('apps/c/z.ts', '@lib/core'), 'npm:@lib/core');
  assert.ok(tree.context.files.includes('one.json' as never));
});

test('a solution’s tsconfig.json hands each file to the project that includes it', async () => {
  const tree = await createTree({
    'tsconfig.json': {
      files: [],
      references: [{ path: './tsconfig.node.json' }, { path: './tsconfig.app.json' }],
    },
    'tsconfig.app.json': {
      include: ['src'],
      exclude: ['src/**/*.spec.ts'],
      compilerOptions: { paths: { '@/*': ['./src/*'] } },
    },
    'tsconfig.node.json': {
      include: ['*.config.ts', 'src/**/*.spec.ts'],
      compilerOptions: { paths: { '@/*': ['./tools/*'] } },
    },
    'src/x.ts': '',
    'tools/x.ts': '',
  });
  assert.equal(tree.end('src/deep/z.ts', '@/x'), 'src/x.ts');
  assert.equal(tree.end('src/deep/z.spec.ts', '@/x'), 'tools/x.ts');
  assert.equal(tree.end('vite.config.ts', '@/x'), 'tools/x.ts');
  assert.equal(tree.end('elsewhere/z.ts', '@/x'), '? nowhere');
});

test('jsconfig.json counts where there is no tsconfig.json; rootDirs lie over one another', async () => {
  const tree = await createTree({
    'a/jsconfig.json': { compilerOptions: { baseUrl: 'lib' } },
    'a/lib/x.js': '',
    'b/jsconfig.json': { compilerOptions: { baseUrl: 'no' } },
    'b/tsconfig.json': { compilerOptions: { rootDirs: ['src', 'generated'] } },
    'b/no/x.js': '',
    'b/generated/deep/y.ts': '',
  });
  assert.equal(tree.end('a/z.js', 'x'), 'a/lib/x.js');
  assert.equal(tree.end('b/z.js', 'x'), 'npm:x');
  assert.equal(tree.end('b/src/deep/z.ts', './y'), 'b/generated/deep/y.ts');
  assert.equal(tree.end('b/src/deep/z.ts', './none'), '? b/src/deep/none');
});

test('a dependency from a registry is not mistaken for an alias that covers its scope', async () => {
  const tree = await createTree({
    'package.json': { dependencies: { '@acme/external': '^1', '@acme/linked': 'workspace:*' } },
    'tsconfig.json': { compilerOptions: { paths: { '@acme/*': ['./packages/*/src'], '*': ['./types/*'] } } },
    'packages/ui/src/index.ts': '',
    'types/old.d.ts': '',
  });
  assert.equal(tree.end('z.ts', '@acme/ui'), 'packages/ui/src/index.ts');
  assert.equal(tree.end('z.ts', '@acme/external/x'), 'npm:@acme/external/x');
  assert.equal(tree.end('z.ts', '@acme/gone'), '? packages/gone/src');
  assert.equal(tree.end('z.ts', 'old'), 'types/old.d.ts');
  assert.equal(tree.end('z.ts', 'pg'), 'npm:pg');
});

test('settings: roots and provides', async () => {
  const tree = await createTree(
    { 'web/src/a.ts': '', 'app/models/user.ts': '', 'config.ts': '' },
    { roots: ['app'], provides: { '@': 'web/src', '~/': './web/src/', config: 'config.ts' } },
  );
  assert.equal(tree.end('z.ts', '@/a'), 'web/src/a.ts');
  assert.equal(tree.end('z.ts', '~/a'), 'web/src/a.ts');
  assert.equal(tree.end('z.ts', '@/none'), '? web/src/none');
  assert.equal(tree.end('z.ts', '@scope/x'), 'npm:@scope/x');
  assert.equal(tree.end('z.ts', 'config'), 'config.ts');
  assert.equal(tree.end('z.ts', 'models/user'), 'app/models/user.ts');
});
