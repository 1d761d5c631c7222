// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Maven's properties look so
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pom } from '../../../../src/facts/manifests/jvm/pom.js';
import { repoPath } from '../../../../src/model/brand.js';
import { linkedTree, refuses, shown } from '../syntax/shown.js';

const project = (inside: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId><artifactId>app</artifactId><version>1.2</version>
${inside}
</project>
`;
const dependency = (artifact: string, more = ''): string =>
  `<dependency><groupId>org.x</groupId><artifactId>${artifact}</artifactId>${more}</dependency>`;
const dependencies = (...all: string[]): string => `<dependencies>\n${all.join('\n')}\n</dependencies>`;
const parse = (text: string): readonly string[] => shown(pom.parse(repoPath('app/pom.xml'), text));

test('versions: plain ones settle, ranges do not', () => {
  const text = project(
    dependencies(
      dependency('plain', '<version>1.0</version>'),
      dependency('pinned', '<version>[1.0]</version>'),
      dependency('range', '<version>[1.0,2.0)</version>'),
      dependency('latest', '<version>LATEST</version>'),
      dependency('none'),
      dependency('commented', '<version><!-- 1 -->2.0</version>'),
      dependency('log4j&#45;core', '<version>2.14.1</version>'),
    ),
  );
  assert.deepEqual(parse(text), [
    'org.x:plain 1.0 (1.0) production:6',
    'org.x:pinned 1.0 ([1.0]) production:7',
    'org.x:range - ([1.0,2.0)) production:8',
    'org.x:latest - (LATEST) production:9',
    'org.x:none - (-) production:10',
    'org.x:commented 2.0 (2.0) production:11',
    'org.x:log4j-core 2.14.1 (2.14.1) production:12',
  ]);
});

test('scopes, optional, system paths; exclusions are no entries', () => {
  const text = project(
    dependencies(
      dependency('a', '<version>1</version><scope>test</scope>'),
      dependency('b', '<version>1</version><scope>provided</scope>'),
      dependency('c', '<version>1</version><scope>runtime</scope><optional>true</optional>'),
      dependency(
        'd',
        '<version>1</version><scope>system</scope><systemPath>${project.basedir}/lib/d.jar</systemPath>',
      ),
      dependency(
        'e',
        '<version>1</version><exclusions><exclusion><groupId>bad</groupId><artifactId>bad</artifactId></exclusion></exclusions>',
      ),
    ),
  );
  assert.deepEqual(parse(text), [
    'org.x:a 1 (1) development:6',
    'org.x:b 1 (1) build:7',
    'org.x:c 1 (1) optional:8',
    'org.x:d 1 (1) build path app/lib/d.jar:9',
    'org.x:e 1 (1) production:10',
  ]);
});

test('properties, also in names; cycles and unknown ones stay as written', () => {
  const text = project(
    `<properties><v>1.5</v><w>${'${v}'}-jre</w><c>${'${c}'}</c><g>org.y</g></properties>` +
      dependencies(
        dependency('a', '<version>${w}</version>'),
        dependency('b', '<version>${project.version}</version>'),
        dependency('c', '<version>${c}</version>'),
        '<dependency><groupId>${g}</groupId><artifactId>d</artifactId><version>${no}</version></dependency>',
        '<dependency><groupId>${nowhere}</groupId><artifactId>e</artifactId></dependency>',
      ),
  );
  assert.deepEqual(parse(text), [
    'org.x:a 1.5-jre (1.5-jre) production:6',
    'org.x:b 1.2 (1.2) production:7',
    'org.x:c - (${c}) production:8',
    'org.y:d - (${no}) production:9',
    '?${nowhere}:e - (-) production:10',
  ]);
});

test('plugins, their own dependencies, extensions and annotation processors are of the build', () => {
  const text = project(`<build>
<extensions><extension><groupId>org.x</groupId><artifactId>ext</artifactId><version>1</version></extension></extensions>
<pluginManagement><plugins><plugin><artifactId>maven-jar-plugin</artifactId><version>3</version></plugin></plugins></pluginManagement>
<plugins><plugin><artifactId>maven-jar-plugin</artifactId>
<dependencies>${dependency('inner', '<version>4</version>')}</dependencies></plugin>
<plugin><groupId>org.x</groupId><artifactId>p</artifactId><version>5</version><configuration>
<annotationProcessorPaths><path><groupId>org.x</groupId><artifactId>proc</artifactId><version>6</version></path></annotationProcessorPaths>
<excludes><exclude><groupId>org.x</groupId><artifactId>no</artifactId></exclude></excludes>
</configuration></plugin></plugins></build>`);
  assert.deepEqual(parse(text), [
    'org.x:ext 1 (1) build:6',
    'org.apache.maven.plugins:maven-jar-plugin 3 (3) build:8',
    'org.x:inner 4 (4) build:9',
    'org.x:p 5 (5) build:10',
    'org.x:proc 6 (6) build:11',
    'definition org.apache.maven.plugins:maven-jar-plugin 3 (3) build:7',
  ]);
});

test('parents in the tree, kept versions and scopes, imported lists; a profile reads its own properties first', () => {
  const file = linkedTree(
    { '.xml': pom },
    {
      'pom.xml': project(`<properties><v>1</v></properties>
<dependencyManagement>${dependencies(
        dependency('kept', '<version>${v}</version><scope>test</scope>'),
        '<dependency><groupId>com.example</groupId><artifactId>bom</artifactId><version>1.2</version><type>pom</type><scope>import</scope></dependency>',
      )}</dependencyManagement>`).replace('>app<', '>root<'),
      'bom/pom.xml': project(
        `<dependencyManagement>${dependencies(dependency('listed', '<version>9</version>'))}</dependencyManagement>`,
      ).replace('>app<', '>bom<'),
      'app/pom.xml': `<project>
<parent><groupId>com.example</groupId><artifactId>root</artifactId><version>1.2</version></parent>
<artifactId>app</artifactId>
<properties><v>2</v></properties>
${dependencies(dependency('kept'), dependency('listed'), dependency('own', '<version>${project.version}</version>'))}
<profiles><profile><id>build</id><properties><v>3</v></properties>
${dependencies(dependency('in-profile', '<version>${v}</version>'))}</profile></profiles>
</project>`,
      'stray/pom.xml': `<project><parent><groupId>com.example</groupId><artifactId>other</artifactId><version>1</version></parent><artifactId>s</artifactId>
${dependencies(dependency('kept'))}</project>`,
    },
  );
  assert.deepEqual(shown(file('app/pom.xml')), [
    'com.example:root 1.2 (1.2) build workspace pom.xml:2',
    'org.x:kept 2 (2) development:6',
    'org.x:listed 9 (9) production:7',
    'org.x:own 1.2 (1.2) production:8',
    'org.x:in-profile 3 (3) production:12',
  ]);
  assert.equal(file('app/pom.xml').project.name, 'com.example:app');
  // What lies at the path is not the parent that is named: Maven would not take it.
  assert.deepEqual(shown(file('stray/pom.xml')), [
    'com.example:other 1 (1) build:1',
    'org.x:kept - (-) production:3',
  ]);
  assert.deepEqual(shown(file('pom.xml')), [
    'definition org.x:kept 1 (1) development:7',
    'definition com.example:bom 1.2 (1.2) production:8',
  ]);
});

test('a project that changes what its parent wants, by a property or a kept version', () => {
  const file = linkedTree(
    { '.xml': pom },
    {
      'pom.xml': project(
        `<properties><v>1</v></properties>${dependencies(dependency('a', '<version>${v}</version>'), dependency('b', '<version>1</version>'))}`,
      ).replace('>app<', '>root<'),
      'app/pom.xml': `<project><parent><groupId>com.example</groupId><artifactId>root</artifactId><version>1.2</version></parent>
<artifactId>app</artifactId><properties>
<v>666</v></properties></project>`,
    },
  );
  assert.deepEqual(shown(file('app/pom.xml')), [
    'com.example:root 1.2 (1.2) build workspace pom.xml:1',
    'org.x:a 666 (666) production:3',
  ]);
});

test('lists that import each other, many times over, end', () => {
  const bom = (own: number): string =>
    project(
      `<dependencyManagement>${dependencies(
        ...[0, 1, 2].map(
          step =>
            `<dependency><groupId>com.example</groupId><artifactId>bom${(own + step + 1) % 40}</artifactId><version>1</version><type>pom</type><scope>import</scope></dependency>`,
        ),
      )}</dependencyManagement>`,
    ).replace('>app<', `>bom${own}<`);
  const file = linkedTree(
    { '.xml': pom },
    Object.fromEntries(Array.from({ length: 40 }, (_, own) => [`b${own}/pom.xml`, bom(own)])),
  );
  assert.equal(file('b0/pom.xml').entries.length, 3);
});

test('a relocation is a redirect; twice the same keeps both; parents in a circle end', () => {
  assert.deepEqual(
    parse(
      project(
        '<distributionManagement><relocation><groupId>new.group</groupId></relocation></distributionManagement>',
      ),
    ),
    ['redirect com.example:app → new.group:app - (-) production:5'],
  );
  const twice = pom.parse(
    repoPath('pom.xml'),
    project(dependencies(dependency('a', '<version>1</version>'), dependency('a', '<version>2</version>'))),
  );
  assert.deepEqual(
    twice.entries.map(({ id }) => id),
    ['dependencies/org.x:a', 'dependencies/org.x:a#2'],
  );
  const circle = (own: string, other: string): string =>
    `<project><parent><groupId>g</groupId><artifactId>${other}</artifactId><version>1</version><relativePath>../${other}</relativePath></parent><artifactId>${own}</artifactId></project>`;
  const file = linkedTree({ '.xml': pom }, { 'a/pom.xml': circle('a', 'b'), 'b/pom.xml': circle('b', 'a') });
  assert.equal(shown(file('a/pom.xml')).length, 1);
});

test('values that multiply do not grow without end', () => {
  const steps = Array.from(
    { length: 30 },
    (_, step) => `<p${step + 1}>\${p${step}}\${p${step}}</p${step + 1}>`,
  ).join('');
  const [entry] = pom.parse(
    repoPath('pom.xml'),
    project(
      `<properties><p0>x</p0>${steps}</properties>${dependencies(dependency('a', '<version>${p15}</version>'))}`,
    ),
  ).entries;
  assert.ok((entry?.range ?? '').length < 100_000);
});

for (const [name, text, line, message] of [
  ['no project', '<projects/>', 1, /no <project>/],
  ['cut off', project('<dependencies>').replace('</project>\n', ''), 1, /XML/],
  [
    'two versions',
    project(dependencies(dependency('a', '<version>1</version><version>2</version>'))),
    6,
    /stands twice/,
  ],
  ['two lists', project('<dependencies/>\n<dependencies/>'), 6, /stands twice/],
  [
    'without artifactId',
    project('<dependencies>\n<dependency><groupId>g</groupId></dependency></dependencies>'),
    6,
    /without/,
  ],
  ['without a name', '<project><artifactId>a</artifactId></project>', 1, /without groupId/],
  ['conflict markers', project('<<<<<<< HEAD\n=======\n>>>>>>> x'), 5, /conflict/],
] as const)
  test(`refused: ${name}`, () => refuses(pom, 'pom.xml', text, line, message));
