import assert from 'node:assert/strict';
import { test } from 'node:test';
import { python } from '../../../src/facts/imports/python.js';

/** `value a [b]`, `type ..x [y]`, `dynamic (computed)`. */
function importsOf(text: string): readonly string[] {
  const extraction = python.extract('a.py', text);
  if (!extraction.ok) return [`${extraction.line}:${extraction.column} ${extraction.message}`];
  return extraction.sites.map(
    ({ kind, typeOnly, specifier, names }) =>
      `${kind}${typeOnly ? '!' : ''} ${specifier ?? '(computed)'} ${names?.join() ?? '-'}`,
  );
}

const TABLE: Readonly<Record<string, readonly [text: string, ...found: string[]]>> = {
  'plain imports': ['import a, b.c as d\n', 'value a *', 'value b.c *'],
  'several statements on a line': ['x = 1; import a; from b import c', 'value a *', 'value b c'],
  'from in parentheses': [
    'from a.b import (  # note (\n  c as d,\n\n  e,\n)\nimport f',
    'value a.b c',
    'value a.b e',
    'value f *',
  ],
  'continued lines': [
    'from a \\\n  import b, \\\r\n c\nimport \\\n d',
    'value a b',
    'value a c',
    'value d *',
  ],
  'dots apart': [
    'from . . .a . b import c\nfrom .import d\nfrom...e import*',
    'value ...a.b c',
    'value . d',
    'value ...e *',
  ],
  'blocks on one line': [
    'try: import a\nexcept ImportError: import b\nclass C: from c import d',
    'value a *',
    'value b *',
    'value c d',
  ],
  'no import': [
    [
      "s = \"import a\"; t = '''\nimport b\n'''",
      '# import c',
      'x.imports = importlib',
      'raise E from e',
      'def f():\n  yield from g',
      'lazy = from_ = 1',
      'r"\\""; b\'\\\n import d\'',
      'a = [\n  1, # import e\n]',
    ].join('\n'),
  ],
  'f-strings with code inside': [
    'a = f"{x!r:>{w}} {{import b}} {y["k"]}"\nimport c\nb = f\'\'\'{\n  # it"s a comment }\n  d}\'\'\'\nimport e\nrf"\\{z}\\\\"\nimport f',
    'value c *',
    'value e *',
    'value f *',
  ],
  'f-strings within f-strings (PEP 701)': [
    'a = f"{f"{f"{1}"}" + "}"}"; import b\nc = f"{x:%H:%M#\'}"; import d\nt"{__import__("e")}"\nf"\\N{DIGIT ONE}{__import__("g")}"',
    'value b *',
    'value d *',
    'dynamic e *',
    'dynamic g *',
  ],
  'for type checkers only': [
    [
      'if TYPE_CHECKING:',
      '  import a',
      '  if x:',
      '    import b',
      '  else:',
      '    import c',
      '# back at the start',
      'else:',
      '  import d',
      'if typing.TYPE_CHECKING: import e; import f',
      'import g',
      'if not TYPE_CHECKING:',
      '\timport h',
      'elif x:',
      '\timport i',
      'if (TYPE_CHECKING',
      '  and x): from j import k',
      'if TYPE_CHECKING or x: import l',
      'if x:\n  import m\nelif TYPE_CHECKING:\n  import n\nelse:\n  import o',
    ].join('\n'),
    ...[
      'type! a *',
      'type! b *',
      'type! c *',
      'value d *',
      'type! e *',
      'type! f *',
      'value g *',
      'value h *',
    ],
    ...['type! i *', 'type! j k', 'value l *', 'value m *', 'type! n *', 'value o *'],
  ],
  'TYPE_CHECKING under another name': [
    'from typing import TYPE_CHECKING as T\nif T:\n  import a',
    'value typing TYPE_CHECKING',
    'type! a *',
  ],
  'dynamic imports': [
    [
      'import importlib, importlib.util as u',
      "importlib.import_module('a.b')",
      'importlib . import_module(',
      '  name = ("c" r".d")  # note',
      ')',
      "importlib.import_module(f'e')",
      "importlib.import_module(f'e{x}')",
      "importlib.import_module('e' + x)",
      "importlib.import_module(b'e')",
      "importlib.import_module('.f', __package__)",
      "importlib.import_module('..f', package='g.h')",
      "importlib.import_module('.f', x)",
      "__import__('\\x6fs')",
      "__import__('i', globals(), level=2)",
      "__import__('i', globals(), locals(), [], n)",
      '__import__(*args)',
      'def __import__(name): pass',
      'x.importlib.import_module("no")',
      'importlib.import_module',
      'import_module("no")',
    ].join('\n'),
    ...['value importlib *', 'value importlib.util *', 'dynamic a.b *', 'dynamic c.d *', 'dynamic e *'],
    ...[
      'dynamic (computed) *',
      'dynamic (computed) *',
      'dynamic (computed) *',
      'dynamic .f *',
      'dynamic g.f *',
    ],
    ...[
      'dynamic (computed) *',
      'dynamic os *',
      'dynamic ..i *',
      'dynamic (computed) *',
      'dynamic (computed) *',
    ],
  ],
  'dynamic imports under other names, above the import': [
    'def f(): load("a")\nfrom importlib import import_module as load\nimport importlib as il\nil.import_module("b")',
    'dynamic a *',
    'value importlib import_module',
    'value importlib *',
    'dynamic b *',
  ],
  'a comment that ends in a dot is no receiver': ['# see x.\n__import__("a")', 'dynamic a *'],
  'names in other letters': ['import ﬁle\n__𝐢mport__("os")', 'value file *', 'dynamic os *'],
  'lazy imports (Python 3.15)': ['lazy import a\nlazy from b import c\nlazy = 1', 'value a *', 'value b c'],
  'a byte order mark': ['\uFEFFimport a', 'value a *'],
  'carriage returns': ['import a\r\nimport b\rimport c', 'value a *', 'value b *', 'value c *'],
  'text that cannot be': ['x = "a\nimport b', '1:5 the string is never closed'],
  'an open docstring': ['import a\n"""b\nimport c', '2:1 the string is never closed'],
  'an open bracket': ['f(\nimport a\n', '1:2 "(" is never closed'],
  'brackets that cross': ['f(]\n', '1:3 "]" does not close "("'],
  'an open field': ['f"{a"\n', '1:5 the string is never closed'],
  'half an import': ['from a import\nb = 1', '1:14 the import can’t be read'],
};

for (const [name, [text, ...found]] of Object.entries(TABLE))
  test(name, () => {
    assert.deepEqual(importsOf(text), found);
  });

test('places: each name’s own, in UTF-16 units', () => {
  const text = '"😀"; from a import b, c\n"""\n\n"""; import d.e\n__import__(\n  "f")\n__import__(g)';
  const extraction = python.extract('a.py', text);
  assert.ok(extraction.ok);
  assert.deepEqual(
    extraction.sites.map(({ line, column }) => `${line}:${column}`),
    ['1:21', '1:24', '4:13', '6:3', '7:1'],
  );
});

test('hostile texts end in an answer', () => {
  assert.deepEqual(importsOf(`f"${'{f"'.repeat(100_000)}`), ['1:453 f-strings are nested too deeply']);
  assert.deepEqual(importsOf('import a\n'.repeat(50_000)).length, 50_000);
  assert.deepEqual(importsOf(`${'__import__('.repeat(20_000)}${')'.repeat(20_000)}`).length, 19_999);
  assert.deepEqual(importsOf('('.repeat(100_000)), ['1:100000 "(" is never closed']);
});
