import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { languageOf } from '../../src/facts/imports/index.js';
import { LANGUAGES } from '../../src/facts/imports/languages.js';
import { LANGUAGES as WEB } from '../../src/facts/imports/languages-web.js';
import { RESOLVERS } from '../../src/facts/resolve/index.js';
import { isWebFile } from '../../src/gates/quick/web-only.js';

const SOURCES = fileURLToPath(new URL('../../src/facts/resolve', import.meta.url));

test('the first gate judges files of the web’s languages, and of no other', () => {
  const web = new Set(WEB.map(({ name }) => name));
  for (const { name, extensions, fileNames = [] } of LANGUAGES) {
    for (const extension of extensions)
      assert.equal(isWebFile(`src/a.${extension}`), web.has(name), extension);
    for (const file of fileNames) assert.equal(isWebFile(`src/${file}`), web.has(name), file);
  }
  assert.equal(languageOf('a.ts')?.name, WEB[0]?.name);
});

/** Every file name that a resolver's source spells out. */
function namesInSources(): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const text = readFileSync(join(SOURCES, file), 'utf8');
    for (const [, name] of text.matchAll(/['"/(|`]([\w.-]+\.[a-z]{1,12})['"$)|`]/gi))
      if (name !== undefined) names.add(name.replace(/^\.\//, ''));
  }
  return names;
}

test('what another language is configured by is no file of the web', () => {
  let configs = 0;
  for (const name of namesInSources()) {
    for (const path of [name, `a/${name}`, `vendor/composer/${name}`]) {
      if (!RESOLVERS.some(resolver => resolver.isConfig(path))) continue;
      configs++;
      assert.equal(isWebFile(path), false, path);
    }
  }
  assert.ok(configs > 20, `only ${configs} names were tried: the test shows too little`);
});
