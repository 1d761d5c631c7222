// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Groovy and Kotlin write it so
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gradleBuild } from '../../../../src/facts/manifests/jvm/gradle-build.js';
import { gradleCatalog } from '../../../../src/facts/manifests/jvm/gradle-catalog.js';
import { repoPath } from '../../../../src/model/brand.js';
import { linkedTree, refuses, shown } from '../syntax/shown.js';

const groovy = (text: string): readonly string[] => shown(gradleBuild.parse(repoPath('build.gradle'), text));
const kotlin = (text: string): readonly string[] =>
  shown(gradleBuild.parse(repoPath('build.gradle.kts'), text));
/** What stands in a dependencies block, without the line. */
const inGroovy = (line: string): readonly string[] =>
  groovy(`dependencies {\n${line}\n}`).map(entry => entry.replace(/:\d+$/, ''));
const inKotlin = (line: string): readonly string[] =>
  kotlin(`dependencies {\n${line}\n}`).map(entry => entry.replace(/:\d+$/, ''));

for (const [line, ...expected] of [
  ["implementation 'org.x:a:1.0'", 'org.x:a 1.0 (1.0) production'],
  ['implementation("org.x:a:1.0") { exclude group: "bad", module: "bad" }', 'org.x:a 1.0 (1.0) production'],
  ["implementation group: 'org.x', name: 'a', version: '1.0'", 'org.x:a 1.0 (1.0) production'],
  ["implementation(\n group: 'org.x',\n name: 'a'\n)", 'org.x:a - (-) production'],
  ["implementation 'org.x:a:1', 'org.x:b:2'", 'org.x:a 1 (1) production', 'org.x:b 2 (2) production'],
  [
    "implementation(['org.x:a:1', [group: 'org.x', name: 'b']])",
    'org.x:a 1 (1) production',
    'org.x:b - (-) production',
  ],
  ["testImplementation 'org.x:a:1'", 'org.x:a 1 (1) development'],
  ["compileOnly 'org.x:a:1'", 'org.x:a 1 (1) build'],
  ["annotationProcessor 'org.x:a:1'", 'org.x:a 1 (1) build'],
  ["runtimeOnly 'org.x:a:1:linux@zip'", 'org.x:a 1 (1) production'],
  ["implementation 'org.x:a:1.+'", 'org.x:a - (1.+) production'],
  ["implementation 'org.x:a:[1,2)'", 'org.x:a - ([1,2)) production'],
  ["implementation 'org.x:a:1!!'", 'org.x:a 1 (1) production'],
  ["api platform('org.x:bom:1')", 'definition org.x:bom 1 (1) production'],
  ["constraints { implementation 'org.x:a:1' }", 'definition org.x:a 1 (1) production'],
  ["implementation project(':a:b')", ':a:b - (-) production workspace a/b'],
  ["implementation project(path: ':a', configuration: 'x')", ':a - (-) production workspace a'],
  [
    "implementation files('libs/a.jar', '../../b.jar')",
    '?libs/a.jar - (-) production path libs/a.jar',
    '?../../b.jar - (-) production path -',
  ],
  ["implementation fileTree(dir: 'libs', include: ['*.jar'])", '?libs - (-) production path libs'],
  ['implementation gradleApi()'],
  ['implementation sourceSets.main.output'],
  ['implementation libs.foo.get()', '?libs.foo - (-) production'],
  ['implementation someFunction(1)', '?someFunction(1) - (-) production'],
  [
    "if (x) {\n implementation 'org.x:a:1'\n} else {\n api 'org.x:b:1'\n}",
    'org.x:a 1 (1) production',
    'org.x:b 1 (1) production',
  ],
  ["if (x) implementation 'org.x:a:1'", 'org.x:a 1 (1) production'],
  ["['a', 'b'].each { implementation \"org.x:$it:1\" }", '?org.x:${it} 1 (1) production'],
  ["implementation x ? 'org.x:a:1' : 'org.x:b:1'", 'org.x:a 1 (1) production', 'org.x:b 1 (1) production'],
  ["add('implementation', 'org.x:a:1')", 'org.x:a 1 (1) production'],
  ["// implementation 'org.x:a:1'\n/* api 'org.x:b:1' */"],
  ["implementation 'org.x:' + 'a:1'", 'org.x:a 1 (1) production'],
  ["println 'org.x:a:1'"],
] as const)
  test(`Groovy: ${line}`, () => assert.deepEqual(inGroovy(line), expected));

for (const [line, ...expected] of [
  ['implementation("org.x:a:1.0")', 'org.x:a 1.0 (1.0) production'],
  ['implementation(group = "org.x", name = "a", version = "1.0")', 'org.x:a 1.0 (1.0) production'],
  ['implementation("org.x", "a", "1")', 'org.x:a 1 (1) production'],
  ['bundledPlugins("com.x.a", "com.x.b")'],
  ['implementation("org.x", "a", version = "1")', 'org.x:a 1 (1) production'],
  ['"customTest"("org.x:a:1")', 'org.x:a 1 (1) development'],
  ['implementation(kotlin("reflect", "1.9"))', 'org.jetbrains.kotlin:kotlin-reflect 1.9 (1.9) production'],
  ['implementation("org.x", "a", libs.versions.a.get())', 'org.x:a - (${libs.versions.a.get()}) production'],
  [
    'implementation(kotlin("test", kotlinVersion))',
    'org.jetbrains.kotlin:kotlin-test - (${kotlinVersion}) production',
  ],
  ['implementation(enforcedPlatform(libs.bom))', 'definition ?libs.bom - (-) production'],
  ['implementation(projects.coreApi.impl)', ':core-api:impl - (-) production workspace core-api/impl'],
  ['implementation(npm("left-pad", "1.3.0"))', 'left-pad - (1.3.0) production'],
  ['add("ksp", "org.x:a:1")', 'org.x:a 1 (1) build'],
  ['implementation("org.x:a") { version { strictly("1.2") } }', 'org.x:a 1.2 (1.2) production'],
  ['/* outer /* inner */ api("org.x:b:1") */ api("org.x:c:1")', 'org.x:c 1 (1) production'],
  ['implementation("""org.x:a:1""")', 'org.x:a 1 (1) production'],
] as const)
  test(`Kotlin: ${line}`, () => assert.deepEqual(inKotlin(line), expected));

test('plugins: of others, by the package that Gradle looks for; its own have no dot', () => {
  assert.deepEqual(
    groovy(
      "plugins {\n id 'java'\n id 'com.x.y' version '1.2' apply false\n id 'com.x.z'\n}\ngradlePlugin { plugins { a { id = 'com.own' } } }",
    ),
    ['com.x.y:com.x.y.gradle.plugin 1.2 (1.2) build:3', 'com.x.z:com.x.z.gradle.plugin - (-) build:4'],
  );
  assert.deepEqual(
    kotlin(
      'plugins {\n `java-library`\n kotlin("jvm") version "1.9"\n alias(libs.plugins.ktlint)\n id("com.x.y").version("2")\n}',
    ),
    [
      'org.jetbrains.kotlin.jvm:org.jetbrains.kotlin.jvm.gradle.plugin 1.9 (1.9) build:3',
      '?libs.plugins.ktlint - (-) build:4',
      'com.x.y:com.x.y.gradle.plugin 2 (2) build:5',
    ],
  );
});

test('blocks: build scripts, test source sets, all projects, settings', () => {
  assert.deepEqual(
    groovy(`buildscript { dependencies { classpath 'org.x:a:1' } }
subprojects { dependencies { api 'org.x:b:1' } }
dependencies.api 'org.x:c:1'`),
    ['org.x:a 1 (1) build:1', 'org.x:b 1 (1) production:2', 'org.x:c 1 (1) production:3'],
  );
  assert.deepEqual(
    kotlin(`kotlin { sourceSets {
 val jvmTest by getting { dependencies { implementation("org.x:a:1") } }
 commonMain.dependencies { implementation("org.x:b:1") }
 named("commonTest") { dependencies { implementation("org.x:c:1") } }
} }`),
    ['org.x:a 1 (1) development:2', 'org.x:b 1 (1) production:3', 'org.x:c 1 (1) development:4'],
  );
});

test('redirects: forced versions and substitutes', () => {
  assert.deepEqual(
    groovy(`configurations.all { resolutionStrategy {
 force 'org.x:a:1'
 dependencySubstitution { substitute module('org.good:b') using module('org.bad:b:1') }
 eachDependency { details -> if (details.requested.name == 'c') { details.useTarget 'org.bad:c:2' } }
} }`),
    [
      'redirect org.x:a → org.x:a 1 (1) production:2',
      'redirect org.good:b → org.bad:b 1 (1) production:3',
      'redirect * → org.bad:c 2 (2) production:4',
    ],
  );
});

test('variables of the script, and of those above and applied', () => {
  const file = linkedTree(
    { '.gradle': gradleBuild },
    {
      'settings.gradle': '',
      'build.gradle': 'ext { root = \'3\' }\napply from: "$rootDir/gradle/dependencies.gradle"',
      'gradle/dependencies.gradle':
        'ext { versions = [:]\nlibs = [:] }\nversions += [ junit: "4.13" ]\nlibs += [ junit: "junit:junit:$versions.junit" ]',
      'app/build.gradle': `def own = '1'
def twice = '1'
twice = '2'
dependencies {
 implementation "org.x:a:$own"
 implementation "org.x:b:\${rootProject.ext.root}"
 implementation "org.x:c:$twice"
 implementation "org.x:d:\${compute()}"
 testImplementation libs.junit
 implementation project(':lib')
}`,
      'lib/build.gradle': '',
    },
  );
  assert.deepEqual(shown(file('app/build.gradle')), [
    'org.x:a 1 (1) production:5',
    'org.x:b 3 (3) production:6',
    'org.x:c - (${twice}) production:7',
    'org.x:d - (${compute()}) production:8',
    'junit:junit 4.13 (4.13) development:9',
    ':lib - (-) production workspace lib:10',
  ]);
});

test('accessors of catalogs: libraries, bundles, versions, plugins, catalogs of the settings', () => {
  const file = linkedTree(
    { '.kts': gradleBuild, '.toml': gradleCatalog },
    {
      'settings.gradle.kts': `dependencyResolutionManagement { versionCatalogs {
 create("test") { from(files("gradle/testing.toml.versions.toml")) }
 create("own") { library("a-b", "org.x:own:7"); version("v", "8"); library("c", "org.x", "c").versionRef("v") }
} }`,
      'gradle/libs.versions.toml':
        '[versions]\nv = "1"\n[libraries]\nmy-lib = { module = "org.x:mine", version.ref = "v" }\nmy_other = "org.x:other:2"\n[bundles]\nboth = ["my-lib", "my_other"]\n[plugins]\np-q = "com.p:3"\n',
      'gradle/testing.toml.versions.toml': '[libraries]\njunit = "junit:junit:4"\n',
      'app/build.gradle.kts': `plugins { alias(libs.plugins.p.q) }
dependencies {
 implementation(libs.my.lib)
 implementation(libs.bundles.both)
 implementation("org.x:z:\${libs.versions.v.get()}")
 testImplementation(test.junit)
 implementation(own.a.b)
 implementation(own.c)
 implementation(libs.missing)
}`,
    },
  );
  assert.deepEqual(shown(file('app/build.gradle.kts')), [
    'com.p:com.p.gradle.plugin 3 (3) build:1',
    'org.x:mine 1 (1) production:3',
    'org.x:mine 1 (1) production:4',
    'org.x:other 2 (2) production:4',
    'org.x:z 1 (1) production:5',
    'junit:junit 4 (4) development:6',
    'org.x:own 7 (7) production:7',
    'org.x:c 8 (8) production:8',
    '?libs.missing - (-) production:9',
  ]);
});

for (const [name, text, line, message] of [
  ['a block that does not end', 'dependencies {\n api "a:b:1"\n', 1, /unmatched/],
  ['a bracket too many', 'x(\n}\n', 2, /unmatched/],
  ['an open string', 'a = "x\n', 1, /does not end/],
  ['an open comment', 'a\n/* x\n', 2, /does not end/],
  ['conflict markers', 'a\n<<<<<<< b\n', 2, /conflict/],
  ['too deep', '{'.repeat(100_000), 1, /nested/],
  ['templates in templates', '"${'.repeat(10_000), 1, /does not end/],
] as const)
  test(`refused: ${name}`, () => {
    if (name === 'templates in templates' || name === 'too deep')
      assert.throws(() => groovy(text), { name: 'ManifestError' });
    else refuses(gradleBuild, 'build.gradle', text, line, message);
  });

test('slashes: regular expressions and divisions', () => {
  assert.deepEqual(
    groovy("def a = x / 2\ndef b = y =~ /[\"'{]/\ndef c = 1 / 2 // {\ndependencies { api 'a:b:1' }"),
    ['a:b 1 (1) production:4'],
  );
});
