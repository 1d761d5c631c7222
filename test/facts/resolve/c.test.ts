import assert from 'node:assert/strict';
import { test } from 'node:test';
import { c } from '../../../src/facts/imports/c.js';
import { cResolver } from '../../../src/facts/resolve/c.js';
import { declaredTree } from './declared-tree.js';

const FILES = {
  'src/main.c': '',
  'src/own.h': '',
  'src/sub/deep.c': '',
  'src/sub/string.h': '',
  'include/proj/api.h': '',
  'libs/one/include/one/one.h': '',
  'libs/one/src/one.c': '',
  'libs/one/src/private.h': '',
  'libs/two/include/two.h': '',
  'libs/two/include/shared.h': '',
  'libs/three/include/shared.h': '',
  'libs/three/src/three.c': '',
  'config.h': '',
  'src/data.bin': '',
  'src/geo.shape.cppm': '',
  'src/geo-impl.cppm': '',
};
const tree = await declaredTree(cResolver, [c], FILES);

const ENDS: readonly (readonly [from: string, code: string, ...ends: string[]])[] = [
  ['src/main.c', '#include "own.h"', 'src/own.h'],
  ['src/sub/deep.c', '#include "../own.h"\n#include "own.h"', 'src/own.h', 'src/own.h'],
  ['src/main.c', '#include <own.h>', 'src/own.h'],
  [
    'src/sub/deep.c',
    '#include "config.h"\n#include "src/own.h"\n#include "proj/api.h"',
    'config.h',
    'src/own.h',
    'include/proj/api.h',
  ],
  [
    'src/main.c',
    '#include <one/one.h>\n#include "two.h"',
    'libs/one/include/one/one.h',
    'libs/two/include/two.h',
  ],
  [
    'libs/one/src/one.c',
    '#include <one/one.h>\n#include <private.h>',
    'libs/one/include/one/one.h',
    'libs/one/src/private.h',
  ],
  ['libs/three/src/three.c', '#include <shared.h>', 'libs/three/include/shared.h'],
  ['src/main.c', '#include <shared.h>', 'libs/three/include/shared.h'],
  ['src/main.c', '#include "none.h"\n#include "../../above.h"', '? src/none.h', '? above.h'],
  [
    'src/main.c',
    '#include <stdio.h>\n#include "stdlib.h"\n#include <sys/stat.h>\n#include <vector>\n#include <Windows.h>',
    'c:stdio.h',
    'c:stdlib.h',
    'c:sys/stat.h',
    'c:vector',
    'c:Windows.h',
  ],
  ['src/sub/deep.c', '#include <string.h>\n#include "string.h"', 'c:string.h', 'src/sub/string.h'],
  ['src/main.c', '#include <boost/asio/ip.hpp>\n#include <zlib.h>', 'c:boost/asio/ip.hpp', 'c:zlib.h'],
  [
    'src/main.c',
    '#include <Foundation/Foundation.h>\n#include <linux/if.h>',
    'c:Foundation/Foundation.h',
    'c:linux/if.h',
  ],
  ['src/main.c', '#include X', 'computed'],
  ['src/main.c', '#include "/usr/include/x.h"\n#include "C:\\\\x.h"', '? nowhere', '? nowhere'],
  ['src/main.c', '#include "sub\\string.h"', 'src/sub/string.h'],
  ['src/sub/string.h', '#include_next <string.h>\n#include_next "string.h"', 'c:string.h', 'c:string.h'],
  ['libs/two/include/shared.h', '#include_next <shared.h>', 'libs/three/include/shared.h'],
  ['src/main.c', '#embed "data.bin"', 'src/data.bin'],
  ['src/a.cpp', 'import geo.shape;\nimport std;\nimport fmt;', 'src/geo.shape.cppm', 'c:std', 'c:fmt'],
  [
    'src/geo.cpp',
    'export module geo;\nimport :impl;\nimport :none;',
    'src/geo-impl.cppm',
    '? src/geo-none.cppm',
  ],
];

for (const [from, code, ...ends] of ENDS) {
  test(`${from}: ${code}`, () => {
    const all = tree.ends(from, code);
    assert.deepEqual(all, ends);
  });
}

test('roots of the policy come first', async () => {
  const told = await declaredTree(cResolver, [c], FILES, { roots: ['libs/two/include'] });
  assert.deepEqual(told.ends('libs/three/src/three.c', '#include <shared.h>'), ['libs/two/include/shared.h']);
});

test('roots of a compilation database, wherever it was made', async () => {
  const commands = [
    { directory: '/home/x/proj/build', file: '../gen.c', command: 'cc gen.c' },
    {
      directory: '/home/x/proj/build',
      file: '../src/main.c',
      command:
        'cc "-I../odd place" -I ../more -isystem/home/x/proj/sys -I/usr/include -o x.o -c ../src/main.c',
    },
    {
      directory: '/home/x/proj/build',
      file: '../src/sub/deep.c',
      arguments: ['cc', '-iquote', '../listed', 5],
    },
    'nonsense',
  ];
  const { ends, context } = await declaredTree(cResolver, [c], {
    ...FILES,
    'build/compile_commands.json': JSON.stringify(commands),
    'odd place/a.h': '',
    'more/b.h': '',
    'sys/string.h': '',
    'listed/d.h': '',
  });
  assert.deepEqual(
    ends('src/main.c', '#include <a.h>\n#include <b.h>\n#include <string.h>\n#include "d.h"'),
    ['odd place/a.h', 'more/b.h', 'sys/string.h', 'listed/d.h'],
  );
  assert.deepEqual((context as { readonly roots: unknown }).roots, ['odd place', 'more', 'sys', 'listed']);
});

test('a compilation database of elsewhere says nothing, a wrong one is a mistake', async () => {
  const elsewhere = [{ directory: '/y', file: 'z.c', command: 'cc -I/y/inc' }];
  const { context } = await declaredTree(cResolver, [c], {
    ...FILES,
    'compile_commands.json': JSON.stringify(elsewhere),
  });
  assert.deepEqual((context as { readonly roots: unknown }).roots, []);
  await assert.rejects(
    declaredTree(cResolver, [c], { 'compile_commands.json': '[{' }),
    /compile_commands\.json: /,
  );
});

test('what alters the context, by its name', () => {
  assert.ok(
    cResolver.isConfig('build/compile_commands.json') && !cResolver.isConfig('compile_commands.json.in'),
  );
  assert.ok(cResolver.isLandmark?.('a/include/b/c.h') === true);
  assert.ok(cResolver.isLandmark?.('include') === false && cResolver.isLandmark?.('a/includes.c') === false);
});
