import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManifestError } from '../../../../src/facts/manifests/format.js';
import { entry, linked, parsed, shown } from './tree.js';

function all(text: string, path = 'package.json'): string[] {
  return parsed(path, text).entries.map(shown);
}

function refused(text: string, path = 'package.json'): ManifestError {
  try {
    parsed(path, text);
  } catch (error) {
    if (error instanceof ManifestError) return error;
    throw error;
  }
  throw new Error('was taken');
}

test('all fields of dependencies, with their scopes and lines', () => {
  const file = parsed(
    'apps/web/package.json',
    `{
  "name": "web", "version": "1.0.0", "license": "MIT",
  "dependencies": {
    "pg": "8.0.0",
    "http": "npm:got@^11"
  },
  "devDependencies": { "tool": "file:../tool" },
  "optionalDependencies": { "fsevents": "~2.3" },
  "peerDependencies": {
    "react": ">=17",
    "vue": "3"
  },
  "peerDependenciesMeta": { "vue": { "optional": true } },
  "bundledDependencies": ["pg", "gone"]
}`,
  );
  assert.deepEqual(file.entries.map(shown), [
    'dependencies/pg: pg 8.0.0 8.0.0 production',
    'dependencies/http: got as http - ^11 production',
    'devDependencies/tool: tool - - development path apps/tool',
    'optionalDependencies/fsevents: fsevents - ~2.3 optional',
    'peerDependencies/react: react - >=17 peer',
    'peerDependencies/vue: vue - 3 optional',
    'bundleDependencies/gone: gone - - production',
  ]);
  assert.deepEqual(
    file.entries.map(one => one.line),
    [4, 5, 7, 8, 10, 11, 14],
  );
  assert.deepEqual(
    file.entries.filter(one => one.bundled).map(one => one.name),
    ['pg', 'gone'],
  );
  assert.deepEqual(file.project, { name: 'web', version: '1.0.0', license: 'MIT' });
  assert.ok(file.entries.every(one => one.direct === true && one.role === 'dependency'));
});

test('bundleDependencies: true bundles what is shipped', () => {
  const file = parsed(
    'package.json',
    '{"dependencies":{"a":"1"},"devDependencies":{"b":"1"},"bundleDependencies":true}',
  );
  assert.equal(entry(file, 'dependencies/a').bundled, true);
  assert.equal(entry(file, 'devDependencies/b').bundled, undefined);
});

test('what npm overrides answers one name by another', () => {
  const text = `{
  "dependencies": { "e": "npm:evil@2" },
  "overrides": {
    "a": "npm:banned@1",
    "b@^2": { ".": "3", "@s/c": { "d": "github:o/d" } },
    "e": "$e",
    "f": "$missing"
  }
}`;
  const file = parsed('package.json', text);
  const redirects = file.entries.filter(one => one.role === 'redirect');
  assert.deepEqual(redirects.map(shown), [
    'overrides/a: banned as a - 1 production',
    'overrides/b@^2/.: b as b@^2 - 3 production',
    'overrides/b@^2/@s/c/d: d as b@^2>@s/c>d - - production git https://github.com/o/d.git#',
    'overrides/e: evil as e - 2 production',
    'overrides/f: f - - production',
  ]);
  assert.deepEqual(
    redirects.map(one => one.line),
    [4, 5, 5, 6, 7],
  );
  assert.equal(entry(file, 'overrides/f').inherits, '$missing');
});

test('resolutions name the last of a path', () => {
  const text = JSON.stringify({
    packageManager: 'yarn@4.1.0',
    resolutions: {
      a: 'npm:banned@1',
      'a/b': '1.0.0',
      '**/c': '2',
      'a/**/@s/d': '3',
      '@s/a/@t/e': '4',
      'f@npm:@x/y@1': 'patch:f@npm%3A1.0.0#./f.patch',
      'g@^1/h@npm:^2': '5',
      'i>j@1': '6',
      k: 'npm:latest',
    },
  });
  assert.deepEqual(all(text), [
    'resolutions/a: banned as a - 1 production',
    'resolutions/a/b: b as a/b 1.0.0 1.0.0 production',
    'resolutions/**/c: c as **/c - 2 production',
    'resolutions/a/**/@s/d: @s/d as a/**/@s/d - 3 production',
    'resolutions/@s/a/@t/e: @t/e as @s/a/@t/e - 4 production',
    'resolutions/f@npm:@x/y@1: f as f@npm:@x/y@1 1.0.0 1.0.0 production',
    'resolutions/g@^1/h@npm:^2: h as g@^1/h@npm:^2 - 5 production',
    'resolutions/i>j@1: j as i>j@1 - 6 production',
    'resolutions/k: k - latest production',
  ]);
});

test("pnpm's settings in package.json", () => {
  const text = JSON.stringify({
    dependencies: { foo: '^1' },
    pnpm: {
      overrides: { 'a>b': 'npm:banned@1', 'x@>=1.0 <2>y@^1': '2', z: '-', foo: '$foo' },
      patchedDependencies: { 'is-odd@3.0.1': 'patches/is-odd.patch' },
      packageExtensions: { 'react-redux@1': { peerDependencies: { banned: '*' } } },
      configDependencies: { cfg: '1.0.0+sha512-abc=' },
    },
  });
  assert.deepEqual(all(text).slice(1), [
    'pnpm/overrides/a>b: banned as a>b - 1 production',
    'pnpm/overrides/x@>=1.0 <2>y@^1: y as x@>=1.0 <2>y@^1 - 2 production',
    'pnpm/overrides/foo: foo - ^1 production',
    'pnpm/patchedDependencies/is-odd@3.0.1: is-odd as is-odd@3.0.1 3.0.1 3.0.1 production path patches/is-odd.patch',
    'pnpm/packageExtensions/react-redux@1/peerDependencies/banned: banned as react-redux@1>banned - * production',
    'pnpm/configDependencies/cfg: cfg 1.0.0 1.0.0 build',
  ]);
  const config = entry(parsed('package.json', text), 'pnpm/configDependencies/cfg');
  assert.deepEqual(config.integrity, ['sha512-abc=']);
});

test('workspaces tell members; Bun keeps catalogs there', () => {
  const list = parsed(
    'a/package.json',
    '{"workspaces":["./packages/*/","!packages/x","../out","../../far"]}',
  );
  assert.deepEqual(list.members, ['a/packages/*', '!a/packages/x', 'out']);
  const bun = parsed(
    'package.json',
    '{"workspaces":{"packages":["p/*"],"catalog":{"a":"^1"},"catalogs":{"old":{"a":"npm:b@0"}}}}',
  );
  assert.deepEqual(bun.members, ['p/*']);
  assert.deepEqual(bun.entries.map(shown), [
    'workspaces/catalogs/default/a: a - ^1 production',
    'workspaces/catalogs/old/a: b as a - 0 production',
  ]);
  assert.ok(bun.entries.every(one => one.role === 'definition'));
});

test('scripts that run on installing', () => {
  const file = parsed(
    'package.json',
    '{\n"scripts": {\n"test": "x",\n"postinstall": "node evil.js",\n"pnpm:devPreinstall": "y" } }',
  );
  assert.deepEqual(file.installScripts, [
    { name: 'postinstall', text: 'node evil.js', line: 4 },
    { name: 'pnpm:devPreinstall', text: 'y', line: 5 },
  ]);
});

test('a vendored package.json is the package that lies there, and nothing else', () => {
  const text =
    '{\n "name": "pg", "version": "8.0.0", "dependencies": {"x":"1"}, "scripts": {"install":"y"} }';
  for (const path of [
    'vendor/pg/package.json',
    'a/node_modules/@s/pg/package.json',
    'third_party/package.json',
  ]) {
    const file = parsed(path, text);
    assert.equal(file.role, 'vendored');
    assert.equal(file.entries.length, 1);
    const own = entry(file, 'pg');
    assert.deepEqual(
      [own.name, own.version, own.direct, own.installScript, own.line],
      ['pg', '8.0.0', null, true, 2],
    );
  }
  assert.deepEqual(parsed('vendor/x/package.json', '{"private":true}').entries, []);
});

test('of a doubled key the last counts, as for npm; its line, too', () => {
  const file = parsed(
    'package.json',
    '{\n"dependencies": {"old": "1"},\n"dependencies": {\n"pg": "7",\n"pg": "8"}}',
  );
  assert.deepEqual(file.entries.map(shown), ['dependencies/pg: pg - 8 production']);
  assert.equal(file.entries[0]?.line, 5);
});

test('names that are properties of every object, escaped names, tabs and CRLF', () => {
  const file = parsed(
    'package.json',
    '{\r\n\t"dependencies": {\r\n\t\t"__proto__": "1",\r\n\t\t"constructor": "2",\r\n\t\t"toString"\r\n:"3", "\\u0070g": "4", "7": "5"}}',
  );
  assert.deepEqual(
    new Map(file.entries.map(one => [one.name, one.line])),
    new Map([
      ['7', 6],
      ['__proto__', 3],
      ['constructor', 4],
      ['toString', 5],
      ['pg', 6],
    ]),
  );
  assert.deepEqual(parsed('package.json', '{"__proto__": {"dependencies": {"a":"1"}}}').entries, []);
});

test('what npm refuses is an error with a line', async t => {
  const cases: [string, string, number, RegExp][] = [
    ['empty', '', 1, /not valid JSON/],
    ['cut off', '{\n "dependencies": {\n  "a": "1"', 3, /not valid JSON/],
    ['a comment', '{\n // x\n}', 2, /not valid JSON/],
    ['a trailing comma', '{\n "a": 1,\n}', 3, /not valid JSON/],
    ['a list', '[]', 1, /not an object/],
    ['conflict markers', '{\n<<<<<<< HEAD\n=======\n>>>>>>> x\n}', 2, /conflict markers/],
    ['a range that is no text', '{\n"dependencies": {\n"a": 1}}', 3, /not a text/],
    ['dependencies as a text', '{\n"dependencies": "a"}', 2, /not an object/],
    ['an override that is a list', '{\n"overrides": {"a": []}}', 2, /not a text/],
    ['a bundled list of numbers', '{\n"bundleDependencies": [1]}', 2, /list of names/],
    ['an empty name', '{\n"dependencies": {"": "1"}}', 2, /name is empty/],
  ];
  for (const [name, text, line, message] of cases)
    await t.test(name, () => {
      const error = refused(text);
      assert.match(error.message, message);
      assert.equal(error.line, line);
    });
});

test('empty fields are none', () => {
  assert.deepEqual(all('{"dependencies":null,"devDependencies":[],"overrides":{},"pnpm":{}}'), []);
});

test('deep nesting is an error, not a crash', () => {
  const depth = 3000;
  const text = `{"overrides":${'{"a":'.repeat(depth)}"1"${'}'.repeat(depth)}}`;
  assert.match(refused(text).message, /deeply nested/);
});

const PNPM = {
  'pnpm-workspace.yaml':
    'packages:\n  - apps/*\ncatalog:\n  react: ^18\ncatalogs:\n  evil:\n    safe: npm:banned@1\n',
  'apps/lib/package.json': '{"name":"lib","version":"2.0.0"}',
};

test('a catalog gives the range, and the real name', () => {
  const file = linked(
    {
      ...PNPM,
      'apps/web/package.json':
        '{"dependencies":{"react":"catalog:","safe":"catalog:evil","lib":"workspace:^","pg":"^8"}}',
    },
    'apps/web/package.json',
  );
  assert.deepEqual(file.entries.map(shown), [
    'dependencies/react: react - ^18 production',
    'dependencies/safe: banned as safe - 1 production',
    'dependencies/lib: lib 2.0.0 ^ production workspace apps/lib',
    'dependencies/pg: pg - ^8 production',
  ]);
  assert.deepEqual(file.includes, ['pnpm-workspace.yaml']);
});

test('a catalog without the name is an error; where no catalog can be seen, the entry stays open', () => {
  const manifest = '{"dependencies":{\n"vue":"catalog:"}}';
  assert.throws(
    () => linked({ ...PNPM, 'apps/web/package.json': manifest }, 'apps/web/package.json'),
    (error: unknown) => error instanceof ManifestError && error.line === 2,
  );
  const alone = linked({ 'package.json': manifest }, 'package.json');
  assert.equal(entry(alone, 'dependencies/vue').inherits, 'catalog:');
  assert.equal(entry(alone, 'dependencies/vue').range, null);
});

test('npm takes a member where its version will do, pnpm only where it is told to', () => {
  const root = '{"workspaces":["packages/*"]}';
  const tree = {
    'packages/a/package.json': '{"name":"a","version":"1.2.0"}',
    'packages/b/package.json': '{"dependencies":{"a":"^1.0.0"},"devDependencies":{"a":"^2.0.0"}}',
  };
  const taken = linked({ ...tree, 'package.json': root }, 'packages/b/package.json');
  assert.deepEqual(entry(taken, 'dependencies/a').source, { type: 'workspace', path: 'packages/a' });
  assert.equal(entry(taken, 'devDependencies/a').source.type, 'registry');
  const pnpm = linked(
    { ...tree, 'pnpm-workspace.yaml': 'packages: [packages/*]' },
    'packages/b/package.json',
  );
  assert.equal(entry(pnpm, 'dependencies/a').source.type, 'registry');
});

test('a folder names the copy that lies in it', () => {
  const file = linked(
    {
      'package.json': '{"dependencies":{"safe":"file:vendor/x","other":"link:vendor/none"}}',
      'vendor/x/package.json': '{"name":"pg","version":"8.0.0"}',
    },
    'package.json',
  );
  assert.deepEqual(file.entries.map(shown), [
    'dependencies/safe: pg as safe 8.0.0 - production path vendor/x',
    'dependencies/other: other - - production path vendor/none',
  ]);
});
