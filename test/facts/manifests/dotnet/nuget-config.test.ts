import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nugetConfig } from '../../../../src/facts/manifests/dotnet/nuget-config.js';
import { repoPath } from '../../../../src/model/brand.js';
import { refuses, shown } from '../syntax/shown.js';

test('packages with their versions; those for development', () => {
  const text = `<?xml version="1.0" encoding="utf-8"?>
<packages>
  <package id="jQuery" version="3.1.1" targetFramework="net46" />
  <package id="StyleCop" version="1.0" developmentDependency="true" allowedVersions="[1,2)" />
</packages>`;
  assert.deepEqual(shown(nugetConfig.parse(repoPath('packages.config'), text)), [
    'jquery 3.1.1 (3.1.1) production:3',
    'stylecop 1.0 ([1,2)) development:4',
  ]);
});

for (const [name, text, line, message] of [
  ['no packages', '<configuration/>', 1, /no <packages>/],
  ['no version', '<packages>\n<package id="a"/></packages>', 2, /without id or version/],
  ['another element', '<packages>\n<pakage id="a" version="1"/></packages>', 2, /no <package>/],
  ['conflict markers', '<packages>\n<<<<<<< a\n</packages>', 2, /conflict/],
] as const)
  test(`refused: ${name}`, () => refuses(nugetConfig, 'packages.config', text, line, message));
