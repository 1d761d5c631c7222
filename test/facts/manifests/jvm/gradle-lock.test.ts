import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gradleLock } from '../../../../src/facts/manifests/jvm/gradle-lock.js';
import { repoPath } from '../../../../src/model/brand.js';
import { refuses, shown } from '../syntax/shown.js';

const TEXT = `# This is a Gradle generated file for dependency locking.
# Manual edits can break the build and are not advised.
# This file is expected to be part of source control.
com.google.code.gson:gson:2.11.0=annotationProcessor,compileClasspath,runtimeClasspath
com.google.code.gson:gson:2.8.9=detachedPlugin
junit:junit:4.13.2=testCompileClasspath,testRuntimeClasspath
org.projectlombok:lombok:1.18.30=annotationProcessor,compileOnly
empty=signatures
`;

test('modules, with the scope of the configurations that hold them', () => {
  for (const text of [TEXT, TEXT.replaceAll('\n', '\r\n')])
    assert.deepEqual(shown(gradleLock.parse(repoPath('gradle.lockfile'), text)), [
      'com.google.code.gson:gson 2.11.0 (-) production:4',
      'com.google.code.gson:gson 2.8.9 (-) build:5',
      'junit:junit 4.13.2 (-) development:6',
      'org.projectlombok:lombok 1.18.30 (-) build:7',
    ]);
});

test('those of the build script are of the build; who wants what the file does not tell', () => {
  const { entries, roots } = gradleLock.parse(
    repoPath('a/buildscript-gradle.lockfile'),
    'a:b:1=classpath\nempty=\n',
  );
  assert.deepEqual(
    [entries[0]?.scope, entries[0]?.direct, entries[0]?.id, roots],
    ['build', null, 'a:b:1', {}],
  );
});

for (const [name, text, line, message] of [
  ['cut off behind a line', TEXT.slice(0, TEXT.indexOf('empty')), 8, /cut off/],
  ['cut off in a line', TEXT.slice(0, TEXT.indexOf('4.13')), 6, /not group/],
  ['another line', `x\n${TEXT}`, 1, /not group/],
  ['conflict markers', `<<<<<<< a\n${TEXT}`, 1, /conflict/],
  ['empty', '', 1, /cut off/],
] as const)
  test(`refused: ${name}`, () => refuses(gradleLock, 'gradle.lockfile', text, line, message));
