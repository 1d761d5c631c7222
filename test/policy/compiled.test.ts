import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import fc from 'fast-check';
import {
  holdsPolicyKey,
  isCurrentPolicy,
  isGovernancePath,
  loadPolicy,
  parsePolicy,
  policyKey,
  serializePolicy,
} from '../../src/policy/index.js';
import { createTree, type Tree } from './create-tree.js';
import { CONFIG, DECISION, decision, policyOf } from './scenario.js';

const TREE: Tree = {
  [CONFIG]: 'version: 1\ndecisions: [.architecture/decisions, docs/adr]\nwaivers: docs/waivers\n',
  [DECISION]: decision('id: a\nforbid-path: { in: "a/{b,c}/**" }'),
  'docs/adr/README.md': '# Decisions\n',
  'package.json': '{}',
  'src/a.ts': '',
};

test('a compiled policy survives the cache unchanged', async () => {
  const policy = await policyOf(TREE);
  assert.deepEqual(parsePolicy(serializePolicy(policy)), policy);
});

test('a damaged cache is no policy: cut anywhere, or one character changed anywhere', async () => {
  const text = serializePolicy(await policyOf(TREE));
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom('"', 'x', '0', ' ', ''), (index, character) => {
      assert.equal(parsePolicy(text.slice(0, index)), null);
      const changed = text.slice(0, index) + character + text.slice(index + 1);
      if (changed !== text) assert.equal(parsePolicy(changed), null);
    }),
  );
  assert.equal(parsePolicy(''), null);
  assert.equal(parsePolicy(text.replaceAll('lintel.policy/1', 'lintel.policy/2')), null);
});

test('the key is known without compiling, and is the digest of the compiled policy', async () => {
  const source = createTree(TREE);
  const key = await policyKey(source.listing, source.read);
  assert.equal(key, (await policyOf(TREE)).digest);
  assert.equal(source.reads.length, 2, 'only the configuration and package.json are read');
  const keyOf = async (tree: Tree): Promise<string | null> => {
    const { listing, read } = createTree(tree);
    return policyKey(listing, read);
  };
  assert.equal(await keyOf({ ...TREE, 'src/a.ts': 'changed', 'src/b.ts': '' }), key);
  assert.notEqual(await keyOf({ ...TREE, [DECISION]: decision() }), key);
  assert.notEqual(await keyOf({ ...TREE, 'docs/adr/0002-b.md': '' }), key);
  assert.notEqual(await keyOf({ ...TREE, 'lintel.config.js': '' }), key);
  assert.equal(await keyOf({ 'src/a.ts': '' }), null);
  assert.notEqual(await keyOf({ [CONFIG]: 'decisions: {' }), null, 'a broken policy is not no policy');
});

test('the gate can tell that its cached policy is the one of a tree', async () => {
  const policy = await policyOf(TREE);
  const never = (): boolean => assert.fail('package.json is asked for');
  const current = (tree: Tree, governs = (): boolean => false): boolean =>
    isCurrentPolicy(policy, createTree(tree).listing, governs);
  assert.ok(current({ ...TREE, 'src/a.ts': 'changed' }));
  const { 'package.json': _dropped, ...withoutPackage } = TREE;
  assert.ok(current(withoutPackage, never));
  assert.ok(!current(TREE, () => true), 'package.json has gained the key');
  assert.ok(!current({ ...TREE, [CONFIG]: 'version: 1\n' }));
  assert.ok(!current({ ...TREE, 'docs/adr/x/new.md': '' }));
  assert.ok(!current({ ...TREE, '.lintelrc': '' }));
  const { [DECISION]: _gone, ...withoutDecision } = TREE;
  assert.ok(!current(withoutDecision));
});

test('which paths govern', async () => {
  const policy = await policyOf(TREE);
  for (const path of [
    CONFIG,
    '.architecture/anything/else.txt',
    '.lintelrc',
    'lintel.config.json',
    'lintel.config.ts',
    'docs/adr/0001-a.md',
    'docs/waivers/w.yaml',
    'docs/waivers',
  ])
    assert.ok(isGovernancePath(path, policy), path);
  for (const path of ['package.json', 'docs/adrx/a.md', 'src/.architecture/config.yaml', 'x/.lintelrc'])
    assert.ok(!isGovernancePath(path, policy), path);
  assert.ok(isGovernancePath('.architecture/decisions/0001-a.md', null));
  assert.ok(!isGovernancePath('docs/adr/0001-a.md', null));
  assert.ok(!isGovernancePath('package.json', null));
});

test('package.json governs while it holds the configuration, also a broken one', async () => {
  const policy = await policyOf({ 'package.json': '{ "lintel": { "version": 1 } }' });
  assert.ok(isGovernancePath('package.json', policy));
  const broken = await loadPolicy(createTree({ 'package.json': '{ "lintel": { "version": 2 } }' }));
  assert.ok(broken.kind === 'invalid' && isGovernancePath('package.json', broken.folders));
  assert.equal(holdsPolicyKey('{ "\\u006cintel": {} }'), 'yes');
  assert.equal(holdsPolicyKey('{ "name": "lintel" }'), 'no');
  assert.equal(holdsPolicyKey('{ "lintel": '), 'unknown');
  assert.equal(holdsPolicyKey('[]'), 'no');
});

test('what the commit gate bundles of policy/ holds no library and no Node module', async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/policy/compiled.ts'],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'silent',
  });
  assert.deepEqual(Object.keys(metafile.inputs).sort(), ['src/policy/compiled.ts', 'src/policy/places.ts']);
  const imports = Object.values(metafile.inputs).flatMap(input =>
    input.imports.filter(({ external }) => external),
  );
  assert.deepEqual(imports, []);
});

test('loading policy/ does not load ajv or cosmiconfig', () => {
  const script = `
    const loaded = () => process.moduleLoadList.length && Object.keys(require.cache);
    import('./src/policy/index.ts').then(() => console.log(JSON.stringify(loaded())));
  `;
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const output = execFileSync(process.execPath, ['--import', 'tsx', '-e', script], {
    cwd: root,
    encoding: 'utf8',
  });
  const files = JSON.parse(output) as readonly string[];
  assert.ok(
    files.some(file => file.includes('/micromatch/')),
    'the list shows what was loaded',
  );
  assert.deepEqual(
    files.filter(file => /node_modules\/(?:ajv|cosmiconfig)\//.test(file)),
    [],
  );
});
