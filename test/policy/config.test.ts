import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inPaths } from '../../src/model/path-set.js';
import { findPolicyFiles, loadPolicy } from '../../src/policy/index.js';
import { createTree } from './create-tree.js';
import { CONFIG, DECISION, decision, policyOf, printed, problemsOf } from './scenario.js';

const FOLDER = 'docs/adr/0001-a.md';

test('every search place is read, and the policy says which', async () => {
  for (const [path, text] of [
    [CONFIG, 'version: 1\ntrunk: main\n'],
    ['lintel.config.yaml', 'version: 1\ntrunk: main\n'],
    ['lintel.config.yml', 'version: 1\ntrunk: main\n'],
    ['lintel.config.json', '{\n\t"version": 1,\n\t"trunk": "main"\n}\n'],
    ['.lintelrc', '{ "version": 1, "trunk": "main" }'],
    ['.lintelrc', 'version: 1\ntrunk: main\n'],
    ['.lintelrc.yaml', 'version: 1\ntrunk: main\n'],
    ['.lintelrc.yml', 'version: 1\ntrunk: main\n'],
    ['.lintelrc.json', '{ "version": 1, "trunk": "main" }'],
    ['package.json', '{ "name": "x", "lintel": { "version": 1, "trunk": "refs/heads/main" } }'],
  ] as const) {
    const policy = await policyOf({ [path]: text });
    assert.equal(policy.configPath, path);
    assert.equal(policy.trunk, 'main');
    assert.deepEqual(
      policy.sources.map(source => source.path),
      [path],
    );
  }
});

test('neither a configuration nor a decision is no policy; a package.json without the key is none', async () => {
  for (const tree of [{}, { 'package.json': '{ "devDependencies": { "lintel": "1" } }' }, { 'src/a.ts': '' }])
    assert.equal((await loadPolicy(createTree(tree))).kind, 'none');
});

test('no file means defaults', async () => {
  const policy = await policyOf({ [DECISION]: decision('id: a\nforbid-path: { in: a/ }') });
  assert.equal(policy.configPath, null);
  assert.equal(policy.waiversFolder, '.architecture/waivers');
  assert.deepEqual(policy.decisionsFolders, ['.architecture/decisions']);
  assert.equal(policy.commitGate, 'block');
  assert.equal(policy.limits.fileBytes, 16 * 1024 * 1024);
});

test('every setting is taken', async () => {
  const policy = await policyOf({
    [CONFIG]: `version: 1
decisions: [docs/adr/, ./more]
waivers: docs/waivers
components: { ui: src/ui/** }
trunk: trunk
ignore: [vendor/, ui]
resolve: { roots: [src], conditions: [import], provides: { "~/": src/ } }
gates: { commit: warn }
limits: { file-bytes: 1000 }
`,
    [FOLDER]: decision('id: a\nforbid-import: { from: ui, to: "node:*" }'),
    'more/0002-b.md': '# B\n',
  });
  assert.deepEqual(policy.decisionsFolders, ['docs/adr', 'more']);
  assert.equal(policy.waiversFolder, 'docs/waivers');
  assert.deepEqual(
    policy.decisions.map(({ id }) => id),
    ['ADR-0001', 'ADR-0002'],
  );
  assert.equal(policy.commitGate, 'warn');
  assert.equal(policy.limits.fileBytes, 1000);
  assert.deepEqual(policy.invariants[0]?.resolve, {
    roots: ['src'],
    conditions: ['import'],
    provides: { '~/': 'src/' },
  });
  assert.ok(policy.invariants[0]?.ignore);
  assert.ok(inPaths(policy.invariants[0].ignore, 'src/ui/a.ts'));
  assert.ok(inPaths(policy.invariants[0].ignore, 'vendor/a.ts'));
});

test('two configuration files are an error that names both', async () => {
  assert.deepEqual(
    await problemsOf({ [CONFIG]: 'version: 1\n', 'package.json': '{ "lintel": { "version": 1 } }' }),
    [
      `package.json:1:1 error: there are 2 configuration files: ${CONFIG} and package.json (keep one of them)`,
    ],
  );
});

test('configuration that is code is refused with the reason, and so are names that no one would read', async () => {
  for (const path of [
    'lintel.config.js',
    'lintel.config.ts',
    'lintel.config.mjs',
    '.lintelrc.js',
    '.lintelrc.cjs',
    '.architecture/config.ts',
  ])
    assert.deepEqual(await problemsOf({ [path]: 'export default {}' }), [
      `${path}:1:1 error: configuration that is code is refused: the change that is judged would run it, and could judge itself (write it as data, in ${CONFIG})`,
    ]);
  for (const path of ['.architecture/config.yml', '.config/lintelrc.json'])
    assert.deepEqual(await problemsOf({ [path]: 'version: 1' }), [
      `${path}:1:1 error: lintel does not read configuration here (move it to ${CONFIG})`,
    ]);
});

test('mistakes in the configuration, at their places', async () => {
  assert.deepEqual(
    await problemsOf({
      [CONFIG]: `version: 2
componets: {}
components: { UI: a/, ok: { path: b/ } }
gates: { comit: warn }
limits: { file-bytes: many }
trust: {}
`,
    }),
    [
      `${CONFIG}:1:10 error: "version" must be 1, not 2`,
      `${CONFIG}:2:1 error: unknown key "componets" (did you mean "components"?)`,
      `${CONFIG}:3:15 error: "UI" can't be a name here (lower-case letters, digits and "-", beginning with a letter)`,
      `${CONFIG}:3:29 error: unknown key "path" (did you mean "paths"?)`,
      `${CONFIG}:4:10 error: unknown key "comit" (did you mean "commit"?)`,
      `${CONFIG}:5:23 error: "file-bytes" must be a whole number, not "many"`,
      `${CONFIG}:6:1 error: "trust" is not supported yet: nobody verifies signatures of ratifiers so far (leave it out)`,
    ],
  );
  assert.deepEqual(await problemsOf({ [CONFIG]: 'trunk: main\n' }), [
    `${CONFIG}:1:1 error: "version" is missing in the file`,
  ]);
  assert.deepEqual(await problemsOf({ [CONFIG]: '' }), [
    `${CONFIG}:1:1 error: the configuration is not a map of keys (begin with \`version: 1\`)`,
  ]);
  assert.deepEqual(
    await problemsOf({ 'package.json': '{\n  "name": "x",\n  "lintel": { "version": 1, "trunks": "x" }\n}' }),
    ['package.json:3:29 error: unknown key "trunks" (did you mean "trunk"?)'],
  );
});

test('malformed JSON says where', async () => {
  const [problem] = await problemsOf({ 'lintel.config.json': '{\n  "version": 1,\n  "trunk" "main"\n}\n' });
  assert.match(problem ?? '', /^lintel\.config\.json:3:11 error: malformed JSON: /);
});

test('a package.json that is no JSON may hide its policy, so it is an error where there is no other', async () => {
  const broken = '{ "lintel": { <<<<<<< HEAD\n';
  assert.match(
    (await problemsOf({ 'package.json': broken }))[0] ?? '',
    /^package\.json:1:15 error: malformed JSON/,
  );
  const policy = await policyOf({ [CONFIG]: 'version: 1\n', 'package.json': broken });
  assert.equal(policy.warnings.length, 1);
  assert.equal((await loadPolicy(createTree({ 'package.json': '{ "name": <<<' }))).kind, 'none');
});

test('a utility is allowed by what a rule allows, and asked for by no rule that names it', async () => {
  const policy = await policyOf({
    [CONFIG]: 'version: 1\ncomponents:\n  ui: src/ui/**\n  utils: { paths: src/utils/**, utility: true }\n',
    [DECISION]: decision('id: a\nallow-import: { from: ui, to: "node:*" }', 'id: b\nowned: { in: "src/**" }'),
  });
  const [allow, owned] = policy.invariants.map(({ rule }) => JSON.stringify(rule));
  assert.match(allow ?? '', /"permit":.*src\/utils\/\*\*/);
  assert.match(owned ?? '', /"components":.*src\/ui\/\*\*.*src\/utils\/\*\*/);
});

test('components may name each other, but not in a circle', async () => {
  const [first, ...others] = await problemsOf({
    [CONFIG]: 'version: 1\ncomponents:\n  a: [b]\n  b: { paths: [c, x/] }\n  c: a\n  d: nowhere\n',
  });
  assert.equal(
    first,
    `${CONFIG}:3:3 error: components name each other in a circle: a → b → c → a (name the paths in one of them)`,
  );
  assert.deepEqual(others, [
    `${CONFIG}:6:6 error: no component is called "nowhere" (known: a, b, c, d (a path holds "/", "." or "*": write ./nowhere for one))`,
  ]);
});

test('folders that are not there, or not read', async () => {
  assert.deepEqual(await problemsOf({ [CONFIG]: 'version: 1\ndecisions: [docs/adr, "docs/*"]\n' }), [
    `${CONFIG}:2:13 error: there is no folder docs/adr (create it, or correct the name)`,
    `${CONFIG}:2:23 error: "docs/*" is no folder of the repository (write it from the root of the repository, without globs: docs/decisions)`,
  ]);
  const policy = await policyOf({
    [CONFIG]: 'version: 1\ndecisions: docs/adr\n',
    [FOLDER]: '# A\n',
    [DECISION]: '# Not read\n',
    '.architecture/notes.yaml': '',
    'packages/x/.architecture/config.yaml': 'version: 1\n',
  });
  assert.deepEqual(printed(policy.warnings), [
    `${CONFIG}:2:12 warning: .architecture/decisions exists and is not read: "decisions" names other folders (add it to the list, or move the decisions)`,
    `.architecture/notes.yaml:1:1 warning: lintel does not read this file (configuration is ${CONFIG}; decisions lie in docs/adr)`,
    "packages/x/.architecture:1:1 warning: a policy below the repository's root has no effect (move its decisions to the root, or list the folder under `ignore`)",
  ]);
});

test('findPolicyFiles tells from paths alone', () => {
  const { listing } = createTree({ 'lintel.config.yml': '', 'package.json': '{}', '.lintelrc.ts': '' });
  assert.deepEqual(findPolicyFiles(listing), {
    config: 'lintel.config.yml',
    configs: ['lintel.config.yml'],
    code: ['.lintelrc.ts'],
    misplaced: [],
    packageJson: 'package.json',
  });
});
