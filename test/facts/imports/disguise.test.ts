import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importsOf, isProved } from './shown.js';

/** Text that looks like an import, where it is none. */
const DISGUISES: readonly (readonly [what: string, text: string, path?: string])[] = [
  ['a line comment', "// import './no'\nf()"],
  ['a block comment', "/*\nimport './no'\n*/ f()"],
  ['a string', 'const a = "import \'./no\'"; const b = \'export * from "./no"\''],
  ['an escaped quote', "const a = 'it\\'s'; const b = ' import \"./no\" '"],
  ['a template', "const a = `\nimport './no'\n`"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the code under test
  ['a template in a template', "const a = `${f(`\nimport './no'\n${1}`)}\nimport './no'\n`"],
  ['a regular expression', "const a = /import '.no'/; const b = f(/[/]import '.no'/)"],
  ['JSX text', "const a = <p>import './no' don't require('no')</p>", 'src/a.tsx'],
  ['JSX text in JavaScript', "const a = <p>it's import('./no')</p>", 'src/a.js'],
  ['a property', 'a.import; a.require; a.export; ({ import: 1, require: 2 })'],
  ['a longer word', "important('./no'); $require('./no'); requires('./no')"],
  ['a continued line', 'const a = "\\\nimport \'./no\'"'],
];

for (const [what, text, path] of DISGUISES) {
  test(`${what} is no import, and what follows it is one`, () => {
    assert.deepEqual(importsOf(text, path), []);
    assert.deepEqual(importsOf(`${text}\nimport './yes'`, path), ['side-effect ./yes']);
  });
}

for (const what of [
  'a line comment',
  'a block comment',
  'a string',
  'an escaped quote',
  'a template',
  'a regular expression',
]) {
  test(`${what} needs no parser`, () => {
    const text = DISGUISES.find(one => one[0] === what)?.[1];
    assert.ok(text !== undefined && isProved(`${text}\nimport './yes'`));
  });
}

/**
 * Each of these hid `import 'pg'` from es-module-lexer 3.0.5, which takes the second slash for a division (or
 * the first for a regular expression) and the text from there to the next comment's end for a comment.
 */
const EVASIONS: readonly string[] = [
  'enum A {}\n/\\/*/.test(s)',
  'namespace A {}\n/\\/*/.test(s)',
  'label: {}\n/\\/*/.test(s)',
  'let y: {}\n/\\/*/.test(s)',
  'function f(): void {} /\\/*/.test(s)',
  'const x = function () {} / 1; /\\/*/.test(s)',
  'const x = class {} / 1; /\\/*/.test(s)',
  'const x = y as Foo<T> / 1; /\\/*/.test(s)',
];
/** And these try the walk over the tokens. */
const FURTHER: readonly string[] = [
  'const x = y! / 1; /\\/*/.test(s)',
  'const x = y as void / 1; /\\/*/.test(s)',
  'type A = B\n/\\/*/.test(s)',
  'type A = B[]\n/\\/*/.test(s)',
  "type A = 'b'\n/\\/*/.test(s)",
  'declare function f(): void\n/\\/*/.test(s)',
  'if (a) /\\/*/.test(s)',
  'if // (\n(a) /\\/*/.test(s)',
  'x = i++ / 1; /\\/*/.test(s)',
  'x = a /* b */ / 1; /\\/*/.test(s)',
  'x = a /* , */! / 1; /\\/*/.test(s)',
  'x = 1. / 1; /\\/*/.test(s)',
  'x = é / 1; /\\/*/.test(s)',
  'x = o.return / 1; /\\/*/.test(s)',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the code under test
  'x = `${ {} / 1 }`; /\\/*/.test(s)',
];

for (const text of [...EVASIONS, ...FURTHER]) {
  test(`${JSON.stringify(text)} does not hide what follows it`, () => {
    const whole = `${text}\nimport 'pg';\n/* */\nimport './yes'`;
    assert.deepEqual(importsOf(whole), ['side-effect pg', 'side-effect ./yes']);
  });
}

test('an HTML-like comment in a script hides a require, as it does from Node', () => {
  assert.deepEqual(importsOf("<!-- require('./no')\nrequire('./yes')", 'src/a.js'), ['require ./yes']);
});
