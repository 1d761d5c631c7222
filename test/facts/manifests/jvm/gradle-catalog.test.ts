import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gradleCatalog } from '../../../../src/facts/manifests/jvm/gradle-catalog.js';
import { repoPath } from '../../../../src/model/brand.js';
import { refuses, shown } from '../syntax/shown.js';

const PATH = 'gradle/libs.versions.toml';

test('every way to write a library, a version and a plugin', () => {
  const text = `# catalog
[versions]
okio = "3.6.0"
rich = { strictly = "[1.7, 1.8[", prefer = "1.7.25" }
"quoted.key" = "1"

[libraries]
short = "org.x:short:1.0"
module = { module = "org.x:module", version.ref = "okio" } # why
parts = { group = "org.x", name = "parts", version = { require = "2" } }
ranged = { module = "org.x:ranged", version.ref = "rich" }
bare = { module = "org.x:bare" }
constructor = { module = "org.x:trap", version = "1" }
[libraries.table]
module = "org.x:table"
version = "5"

[bundles]
all = ["short",
  "bare"]

[plugins]
kotlin = { id = "org.jetbrains.kotlin.jvm", version.ref = "okio" }
one = "com.x.one:1.1"
`.replaceAll('\n', '\r\n');
  const file = gradleCatalog.parse(repoPath(PATH), text);
  assert.deepEqual(shown(file), [
    'definition short → org.x:short 1.0 (1.0) production:8',
    'definition module → org.x:module 3.6.0 (3.6.0) production:9',
    'definition parts → org.x:parts 2 (2) production:10',
    'definition ranged → org.x:ranged - ([1.7, 1.8[) production:11',
    'definition bare → org.x:bare - (-) production:12',
    'definition constructor → org.x:trap 1 (1) production:13',
    'definition table → org.x:table 5 (5) production:14',
    'definition kotlin → org.jetbrains.kotlin.jvm:org.jetbrains.kotlin.jvm.gradle.plugin 3.6.0 (3.6.0) build:23',
    'definition one → com.x.one:com.x.one.gradle.plugin 1.1 (1.1) build:24',
  ]);
  assert.equal(file.exports?.['bundles/all'], 'short,bare');
});

for (const [name, text, line, message] of [
  ['not TOML', '[libraries]\na = \n', 2, /TOML/],
  ['a key twice', '[libraries]\na = "x:y:1"\na = "x:y:2"\n', 3, /TOML/],
  ['an unknown version', '[libraries]\na = { module = "x:y", version.ref = "no" }\n', 2, /no such version/],
  ['no module', '[libraries]\n\na = "x:y"\n', 3, /no module/],
  ['a bundle of nothing', '[bundles]\nb = ["c"]\n', 2, /no library/],
  ['conflict markers', '[versions]\n<<<<<<< a\n', 2, /conflict/],
] as const)
  test(`refused: ${name}`, () => refuses(gradleCatalog, PATH, text, line, message));

test('an empty catalog has no entries', () => {
  assert.deepEqual(shown(gradleCatalog.parse(repoPath(PATH), '')), []);
});
