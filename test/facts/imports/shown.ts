import assert from 'node:assert/strict';
import { prove } from '../../../src/facts/imports/ecmascript/prove.js';
import { readSyntaxTree } from '../../../src/facts/imports/ecmascript/syntax-tree.js';
import { languageOf } from '../../../src/facts/imports/index.js';
import type { ImportSite } from '../../../src/model/edges.js';

/** `value ./a [x,y]`, `type! ./a`, `require:require-resolve ./a`, `dynamic (computed)`; `!` is type-only. */
export function shown(site: ImportSite): string {
  const kind = `${site.kind}${site.typeOnly ? '!' : ''}${site.form === undefined ? '' : `:${site.form}`}`;
  const names = site.names === undefined ? '' : ` [${site.names.join()}]`;
  return `${kind} ${site.specifier ?? '(computed)'}${names}`;
}

/** What a file imports, by every reader that dares an answer; they must agree. */
export function importsOf(text: string, path = 'src/a.ts'): readonly string[] {
  const language = languageOf(path);
  assert.ok(language !== null, `${path} is a language's`);
  const tree = readSyntaxTree(path, text.replace(/^\uFEFF/, ''));
  assert.ok(tree.ok, tree.ok ? '' : `${path}: ${tree.message}`);
  assert.deepEqual(language.extract(path, text), tree);
  const quick = language.quick?.(path, text) ?? null;
  if (quick !== null) assert.deepEqual(quick, tree.sites, 'the proof and the syntax tree agree');
  return tree.sites.map(shown);
}

export function isProved(text: string, path = 'src/a.ts'): boolean {
  return prove(path, text) !== null;
}
