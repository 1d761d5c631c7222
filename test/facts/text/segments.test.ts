// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are source code
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import ts from 'typescript';
import { segmentsOf } from '../../../src/facts/text/segments.js';

/** Comments as `# …`, strings as `" …`, in order. */
function shown(path: string, text: string): readonly string[] {
  return segmentsOf(path, text)
    .filter(segment => segment.kind !== 'code')
    .map(({ kind, start, end }) => `${kind === 'comment' ? '#' : '"'} ${text.slice(start, end)}`);
}

function cases(
  title: string,
  table: readonly (readonly [path: string, text: string, expected: readonly string[]])[],
): void {
  test(title, () => {
    for (const [path, text, expected] of table)
      assert.deepEqual(shown(path, text), expected, `${path}: ${text}`);
  });
}

cases('JavaScript and TypeScript', [
  ['a.ts', "#!/usr/bin/env node\nx // y 'z'", ['# #!/usr/bin/env node', "# // y 'z'"]],
  ['a.ts', "a = 'it\\'s' + \"/* no */\" /* yes */", ["\" 'it\\'s'", '" "/* no */"', '# /* yes */']],
  ['a.ts', '`a ${ { b: `c ${d} e` } } f`', ['" `a ${', '" `c ${', '" } e`', '" } f`']],
  ['a.ts', 'a = b / c // d', ['# // d']],
  ['a.ts', 'x = /[\'"]/.test(y) // z', ['# // z']],
  ['a.ts', "if (x) /'/.exec(y); (a) / 2 + '/'", ["\" '/'"]],
  ['a.ts', "x = a++ / 2; y = b! / '2'", ["\" '2'"]],
  ['a.ts', "function f() {}\n/'/.test(a); ({}) / '1'", ["\" '1'"]],
  ['a.ts', "return /[/'\\]]'/g", []],
  ['a.ts', "x = '\nunclosed'", ['" \'', '" \'']],
  ['a.ts', "x = 'a\\\r\nb'", ["\" 'a\\\r\nb'"]],
  ['a.ts', 'x = <T>y // cast', ['# // cast']],
  [
    'a.tsx',
    "x = <a b='c' d={'e'}>don't {/* f */ g} <i/> h</a> // j",
    ["\" 'c'", "\" 'e'", '" don\'t ', '# /* f */', '"  ', '"  h', '# // j'],
  ],
  ['a.tsx', "f = <T,>(x: T) => 'y'; g = <T extends U>() => 'z'", ["\" 'y'", "\" 'z'"]],
  ['a.tsx', "let f: <T>(x: T) => 'y'", ["\" 'y'"]],
  ['a.tsx', 'x = <>a<b.c>d</b.c></>', ['" a', '" d']],
  ['A.JS', 'a < b; "c"', ['" "c"']],
]);

cases('the C family', [
  [
    'a.c',
    "'\"' \"'\" // a\n/* b */ 'abcd' 1'000'000",
    ['" \'"\'', '" "\'"', '# // a', '# /* b */', "\" 'abcd'"],
  ],
  ['a.cpp', 'R"x(a " )" b)x" "c"', ['" R"x(a " )" b)x"', '" "c"']],
  ['A.java', 'x = """\n a "b" \\""" c""" + \'"\'', ['" """\n a "b" \\""" c"""', '" \'"\'']],
  ['a.kt', '"a ${b("c")} d" /* e /* f */ g */ h', ['" "a ${', '" "c"', '" } d"', '# /* e /* f */ g */']],
  [
    'a.cs',
    '@"a\\" + $"b {c["d"]} {{e" + """f " g""" + @"h""i"',
    ['" "a\\"', '" "b {', '" "d"', '" } {{e"', '" """f " g"""', '" "h""i"'],
  ],
  ['a.go', '`a\\` + "b\\"" + \'`\'', ['" `a\\`', '" "b\\""', "\" '`'"]],
  [
    'a.rs',
    "fn f<'a,'b>(x: &'a str) { r#\"c\" d\"#; '\"'; '\\''; /* e /* f */ */ }",
    ['" r#"c" d"#', '" \'"\'', "\" '\\''", '# /* e /* f */ */'],
  ],
  ['a.swift', '"a \\(b("c")) d" #"e " \\(f)"#', ['" "a \\(', '" "c"', '" ) d"', '" #"e " \\(f)"#']],
  ['a.scala', 's"a ${b} c" "${d" // e', ['" "a ${', '" } c"', '" "${d"', '# // e']],
  [
    'a.php',
    "<p>it's // no</p><?php $a = 'b'; # c ?> it's <?= \"d\" // e\n?>",
    ["\" 'b'", '# # c ', '" "d"', '# // e'],
  ],
  ['a.php', '<?php $x = <<<EOT\n // a\n  EOT; #[Attr]\n// b', ['" <<<EOT\n // a\n  EOT', '# // b']],
  ['a.json', '{"a//": 1} // b', ['" "a//"', '# // b']],
  ['a.css', 'a { background: url(http://x) } /* b */', ['# /* b */']],
  ['a.scss', 'a { b: url(http://x) } // c', ['# // c']],
  ['main.tf', 'a = "b ${c("d")}" # e', ['" "b ${', '" "d"', '" }"', '# # e']],
]);

cases('the hash family', [
  ['a.py', "x = r'\\' # a' # b", ["\" '\\' # a'", '# # b']],
  ['a.py', 'f"a {b["c"]} {{d" + """e\n#""" # f', ['" "a {', '" "c"', '" } {{d"', '" """e\n#"""', '# # f']],
  ['a.py', "x = 'unclosed\ny = 1 # z", ['" \'unclosed', '# # z']],
  [
    'a.rb',
    "=begin\na\n=end\nb = <<~X + 'c' # d\n e\nX\nf",
    ['# =begin\na\n=end', "\" 'c'", '# # d', '"  e\nX\n'],
  ],
  ['a.rb', '%w[a b] + "c #{d("e")} f" + x % (y) # g', ['" %w[a b]', '" "c #{', '" "e"', '" } f"', '# # g']],
  ['a.rb', "x =~ /['#]/ # a\ny = b / c # d", ['# # a', '# # d']],
  ['a.sh', 'a=$# b#c "$(d "e")" ${#f} # g', ['" "$(', '" "e")"', '# # g']],
  [
    'a.sh',
    "cat <<'EOF' && x <<-Y # a\n# b\nEOF\n\tc\n\tY\nd # e",
    ['# # a', '" # b\nEOF\n\tc\n\tY\n', '# # e'],
  ],
  ['a.sh', "x <<< 'a' # b\ny=$'c\\'d' \\' # e", ["\" 'a'", '# # b', "\" 'c\\'d'", '# # e']],
  ['Dockerfile.dev', '# a\nRUN x', ['# # a']],
  ['dockerfile.ts', 'x // a\n', ['# // a']],
  ['Dockerfile', '# a\nRUN echo "b # c" # d', ['# # a', '" "b # c"']],
  ['Makefile', "# a\nb: c # d's", ['# # a', "# # d's"]],
  ['a.toml', 'a = \'\\\' # b\nc = """\n# d"""', ["\" '\\'", '# # b', '" """\n# d"""']],
  ['a.yml', "a: it's b#c # d\ne: 'f''g # h'\ni: rock 'n roll", ['# # d', "\" 'f''g # h'"]],
  ['a.yaml', 'a:\n  b: | # c\n    # d\n    e\n\n  f: g # h', ['# # c', '"     # d\n    e\n\n', '# # h']],
  ['a.sql', "select 'it''s -- a' -- b\n/* c */ \"d'e\"", ["\" 'it''s -- a'", '# -- b', '# /* c */']],
  ['a.lua', '--[==[ a\n]] ]==] b = [[c\n]] -- d', ['# --[==[ a\n]] ]==]', '" [[c\n]]', '# -- d']],
  ['a.ps1', "<# a #> 'b''c' # d", ['# <# a #>', "\" 'b''c'", '# # d']],
]);

cases('markup', [
  ['a.html', '<!-- a --><p title="b>c">it\'s // d</p>', ['# <!-- a -->', '" "b>c"']],
  [
    'a.vue',
    "<script lang=\"ts\">x = 'a' // b\n</script><style>/* c */</style><script src='d'/>e",
    ['" "ts"', "\" 'a'", '# // b', '# /* c */', "\" 'd'"],
  ],
  ['a.xml', '<a b="c"/><![CDATA[ <!-- d --> ]]>', ['" "c"']],
]);

test('a language that is not known is all code', () => {
  assert.deepEqual(segmentsOf('a.xyz', '// a "b"'), [{ kind: 'code', start: 0, end: 8 }]);
  assert.deepEqual(segmentsOf('LICENSE', ''), []);
});

/** What TypeScript's own parser says each character is; white space is left out. */
function byTypeScript(path: string, text: string): Uint8Array {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const kinds = new Uint8Array(text.length);
  const strings = new Set([
    ts.SyntaxKind.StringLiteral,
    ts.SyntaxKind.NoSubstitutionTemplateLiteral,
    ts.SyntaxKind.TemplateHead,
    ts.SyntaxKind.TemplateMiddle,
    ts.SyntaxKind.TemplateTail,
    ts.SyntaxKind.JsxText,
  ]);
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(source).filter(child => !ts.isJSDoc(child));
    for (const child of children) visit(child);
    if (children.length > 0) return;
    const start = node.kind === ts.SyntaxKind.JsxText ? node.pos : node.getStart(source, false);
    kinds.fill(1, node.pos, start);
    if (strings.has(node.kind)) kinds.fill(2, start, node.end);
  };
  visit(source);
  return kinds;
}

test('on lintel itself: the same as the TypeScript compiler', () => {
  const root = join(import.meta.dirname, '../../..');
  const files = ['src', 'scripts'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => /\.(?:[cm]?ts|mjs)$/.test(file))
      .map(file => join(folder, file)),
  );
  assert.ok(files.length > 50);
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    const expected = byTypeScript(file, text);
    for (const { kind, start, end } of segmentsOf(file, text)) {
      const code = kind === 'code' ? 0 : kind === 'comment' ? 1 : 2;
      for (let at = start; at < end; at++) {
        if (expected[at] === code || text.charCodeAt(at) <= 32) continue;
        assert.fail(`${file}: ${JSON.stringify(text.slice(Math.max(0, at - 40), at + 40))} is not ${kind}`);
      }
    }
  }
});

const PATHS =
  'ts tsx c cpp java kt cs go rs swift scala dart php py rb sh pl ps1 ex r lua hs lisp sql graphql proto tf json yaml toml ini mk css scss html vue xml groovy'
    .split(' ')
    .map(extension => `a.${extension}`);

test('whatever the text, the segments cover it in order without gaps', () => {
  const piece = fc.constantFrom(
    ...[
      '"',
      "'",
      '`',
      '\\',
      '\n',
      '\r\n',
      ' ',
      '#',
      '//',
      '/*',
      '*/',
      '--',
      '<!--',
      '-->',
      '${',
      '}',
      '{',
      '(',
      ')',
      '$(',
      '"""',
      "'''",
      '<<EOF\n',
      'EOF\n',
    ],
    ...[
      '%w[',
      ']',
      '/',
      '<a',
      '>',
      '</a>',
      '<script>',
      '</script>',
      '=begin\n',
      '\n=end',
      'r#"',
      '"#',
      '[[',
      ']]',
      'a',
      '=',
      ': |\n',
      '  b',
      '<?php',
      '?>',
      '@"',
      '$"',
      '<<<X\n',
    ],
  );
  fc.assert(
    fc.property(fc.constantFrom(...PATHS), fc.array(piece, { maxLength: 40 }), (path, pieces) => {
      const text = pieces.join('');
      let at = 0;
      for (const { start, end } of segmentsOf(path, text)) {
        assert.equal(start, at);
        assert.ok(end > start);
        at = end;
      }
      assert.equal(at, text.length);
    }),
    { numRuns: 4000 },
  );
});

test('linear: long runs of openings that nothing closes end', () => {
  const openings = [
    '"',
    "'",
    '`',
    '/*',
    '`${',
    '"${',
    '<<A ',
    '%w[',
    '<a ',
    '{-',
    '--[[',
    'r#"',
    "'''",
    '/',
    '${',
    '(',
    '{',
    '/a',
    '/[',
    '<A>(',
    ' x',
    '<<<A\n',
    ': |\n',
    '@"',
    'f"{',
  ];
  for (const path of PATHS)
    for (const opening of openings) segmentsOf(path, opening.repeat(30_000 / opening.length));
});
