import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileQuery } from '../../../src/facts/code/compile-query.js';
import { grammarOf } from '../../../src/facts/code/languages.js';
import { nativeFor } from '../../../src/facts/code/native.js';
import type { CodeQuery, SyntaxRule } from '../../../src/facts/code/query.js';
import { mayMatch, wordsOf } from '../../../src/facts/code/words.js';

const RULES: readonly (readonly [SyntaxRule, readonly (readonly string[])[]])[] = [
  [{ pattern: 'console.log($$$)' }, [['console'], ['log']]],
  [{ pattern: 'import $X from "lodash"' }, [['import'], ['from'], ['lodash']]],
  [{ pattern: '$OBJECT.close($FOObar, $$$REST)' }, [['close']]],
  [{ pattern: 'x + y' }, []],
  // What may be a comment, or only part of what is meant, says nothing.
  [{ pattern: 'call(/* note */)' }, []],
  [{ pattern: { context: 'class A { word: any }', selector: 'public_field_definition' } }, []],
  [{ kind: 'number' }, []],
  [{ kind: 'string', regex: 'secret' }, [['secret']]],
  [{ kind: 'string', regex: 'secret|token' }, [['secret', 'token']]],
  [{ kind: 'string', regex: '(?i)secret' }, []],
  [{ kind: 'string', regex: '\\<secret' }, []],
  [{ kind: 'string', regex: 'a{2}secret' }, []],
  [
    { pattern: 'await $P', inside: { pattern: 'loop($$$)', stopBy: { pattern: 'stop()' } } },
    [['await'], ['loop']],
  ],
  [{ pattern: 'one($A)', not: { pattern: 'two($A)' } }, [['one']]],
  [{ all: [{ pattern: 'one($A)' }, { has: { pattern: 'two' } }] }, [['one'], ['two']]],
  [{ any: [{ pattern: 'one($A)' }, { pattern: 'fetch.all($A)' }] }, [['one', 'fetch']]],
  [{ any: [{ pattern: 'one($A)' }, { kind: 'number' }] }, []],
  [{ matches: 'util' }, [['used']]],
  [{ kind: 'number', nthChild: { position: 1, ofRule: { pattern: 'word' } } }, []],
];

const UTILS = { util: { pattern: 'used($A)', inside: { matches: 'util' } } };

test('the words of a rule are those that every match needs', () => {
  for (const [rule, expected] of RULES) {
    const query: CodeQuery = { language: 'typescript', rule, utils: UTILS };
    assert.deepEqual(wordsOf(query), expected, JSON.stringify(rule));
  }
});

test('where keywords may be written in any case, so may the words', () => {
  assert.equal(mayMatch({ language: 'php', rule: { pattern: 'echo $A;' } }, '<?php ECHO 1;'), true);
  assert.equal(mayMatch({ language: 'php', rule: { pattern: 'echo $A;' } }, '<?php print 1;'), false);
  assert.equal(mayMatch({ language: 'typescript', rule: { pattern: 'echo($A)' } }, 'ECHO(1)'), false);
});

const PIECES: Readonly<Record<string, readonly string[]>> = {
  'a.ts': [
    'foo($X)',
    'foo(1)',
    'new Foo()',
    'async () => { await bar(2) }',
    'a.b.c',
    "import x from 'foo'",
    'if (foo) bar()',
    'class Foo { bar = 1; async baz() {} }',
    'foo as bar',
    `\`\${foo} bar\``,
    '/foo/.test(bar)',
    'foo?.bar',
    'typeof foo',
    'let bar: foo = 1',
    'export const baz = 2',
    'for (const foo of bar) baz()',
    '"foo bar"',
    "'foo bar'",
    '// foo',
    'fo\\u006f(1)',
    'function foo() { return bar }',
    'throw new Foo(bar)',
    'foo<bar>(baz)',
    '({ foo, bar: 1 })',
    'yield',
    'debugger;',
  ],
  'a.py': [
    'foo(1)',
    'import foo',
    'from foo import bar',
    'def foo(bar):\n    return baz',
    'x = foo if bar else baz',
    'not foo in bar',
    'foo not  in bar',
    'foo is not bar',
    'lambda foo: bar',
    '"foo"',
    "'foo'",
    "f'{foo}'",
    'foo.bar',
    '@foo\ndef bar(): pass',
    'with foo as bar: pass',
    'raise Foo(bar)',
    'assert foo',
    'print(foo)',
    'foo[bar]',
    '# foo',
    'del foo',
    'async def foo(): await bar()',
  ],
  'a.go': [
    'foo(1)',
    'foo.Bar(baz)',
    'var foo bar',
    'foo := bar',
    'go foo()',
    'defer foo()',
    'if foo { bar() }',
    'return foo',
    'func() { foo() }()',
    '"foo"',
    '`foo`',
    'foo.(bar)',
    'foo[bar]',
    'for foo := range bar { }',
    'panic(foo)',
    '// foo',
    '&Foo{bar: 1}',
  ],
  'a.rs': [
    'foo(1);',
    'foo.unwrap()',
    'foo!(bar)',
    'let foo = bar;',
    'unsafe { foo() }',
    'foo::bar()',
    'fn foo() {}',
    'use foo::bar;',
    'if let Some(foo) = bar {}',
    'match foo { bar => 1 }',
    '"foo"',
    '&mut foo',
    'foo as bar',
    'return foo;',
    'async { foo }',
    '// foo',
  ],
};

test('without its words a file holds no match, for any pattern taken from code', () => {
  for (const [path, pieces] of Object.entries(PIECES)) {
    const language =
      path === 'a.ts' ? 'typescript' : path === 'a.py' ? 'python' : path === 'a.go' ? 'go' : 'rust';
    const grammar = grammarOf(language, path);
    assert.ok(grammar !== null);
    let asked = 0;
    let settled = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...pieces),
        fc.constantFrom('', 'foo', 'bar', 'Foo', 'baz'),
        fc.array(fc.constantFrom(...pieces), { maxLength: 4 }),
        fc.constantFrom('foo', 'qux'),
        (piece, hole, others, name) => {
          const pattern = hole === '' ? piece : piece.replaceAll(hole, '$A');
          const query: CodeQuery = { language, rule: { pattern } };
          let engine: ReturnType<typeof compileQuery>;
          try {
            engine = compileQuery(query, grammar);
          } catch {
            return; // No pattern of this language.
          }
          asked++;
          const text = others.join(language === 'rust' ? '\n' : ';\n').replaceAll('foo', name);
          const code = language === 'go' ? `package a\nfunc f() {\n${text}\n}\n` : text;
          if (mayMatch(query, code)) return;
          settled++;
          const matches = nativeFor(grammar).parse(grammar, code).root().findAll(engine);
          assert.equal(matches.length, 0, `${pattern} in ${code}`);
        },
      ),
      { numRuns: 400, seed: 7 },
    );
    assert.ok(asked > 150 && settled > 50, `${path}: ${asked} patterns, ${settled} settled`);
  }
});
