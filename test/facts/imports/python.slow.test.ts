import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { python } from '../../../src/facts/imports/python.js';
import { compareTexts, missing, textsOf } from './pieces.js';

/** Pieces that open, close and disguise; whole statements often enough that CPython can read many of the texts. */
const PIECES: readonly string[] = [
  'import a\n',
  'import a.b as c, d\n',
  'from . import e\n',
  'from ..f.g import (h, # "\n  i as j,\n)\n',
  'from k \\\n  import l\n',
  'from m import *; import n\n',
  'if TYPE_CHECKING:\n  import o\n',
  'if x: import p\n',
  'if not t.TYPE_CHECKING:\n  pass\nelse:\n  import q\n',
  'else: import r\n',
  'elif TYPE_CHECKING and y: import s\n',
  'try:\n\timport t\nexcept E:\n\tfrom u import v\n',
  'def f():\n    import w\n',
  'import importlib as il\n',
  'from importlib import import_module as load\n',
  'load("x")\n',
  'il.import_module(".y", __package__)\n',
  '__import__(z)\n',
  '__import__("a" \'b\', level=1)\n',
  'x = [il.import_module(n)\n  for n in (1,)]\n',
  '# import no "\n',
  '# ends in a dot.\n',
  '"""doc\nimport no\n"""\n',
  "'''it's \"\"\" import no'''\n",
  'x = "\\"; import no"\n',
  "x = r'\\'; import no'\n",
  'x = "a\\\nimport no"\n',
  'x = f"{y!r:>{z}} {{import no}}"; import aa\n',
  "x = f'''{\n y}''' 'import no'\n",
  'x = f"{a[\'b\']}{{{c}}}"\n',
  'x = rb"\\\\"; y = Rb\'\\"\'\n',
  'x = {1: [2, (3,\nimport_)]}\nimport_ = 1\n',
  'match = 1; lazy = 2\n',
  'x = lambda: 0; import bb\n',
  'x: int = 1; import cc\n',
  'y = x[1:2]; import dd\n',
  'class A: from ee import ff\n',
  'async def g(): import gg\n',
  '@deco\ndef h(): yield\n',
  '  ',
  '    ',
  '\t',
  '\n',
  '\r\n',
  '\\\n',
  ';',
  '(',
  ')',
  '"',
  "'",
  'f"{',
  '}"',
  '😀 = "😀"; import hh\n',
  'x = "😀"; import ii\n',
];

test('random texts: CPython’s ast finds the same imports at the same places', {
  skip: missing('python3'),
}, () => {
  const script = fileURLToPath(new URL('../../../bench/oracle/python/imports.py', import.meta.url));
  const { read, imports, differences } = compareTexts(
    python,
    'py',
    ['python3', script],
    textsOf(PIECES, 20_000, 7),
  );
  assert.ok(
    read > 4000 && imports > 8000,
    `${read} texts and ${imports} imports are too few to prove anything`,
  );
  assert.deepEqual(differences.slice(0, 3), []);
});
