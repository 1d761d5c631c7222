import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listingOf } from '../../../bench/oracle/listing.js';
import { php } from '../../../src/facts/imports/php.js';
import { phpResolver } from '../../../src/facts/resolve/php.js';
import { type RepoPath, repoPath } from '../../../src/model/brand.js';
import type { Json } from '../../../src/model/canonical.js';
import type { ResolveSettings } from '../../../src/model/decision.js';

interface Tree {
  /** Where each import of some code ends: `a.php`, `a/` (a folder), `composer:x/y/Z`, `php:X`, `?` (with `?` first: a candidate). */
  ends(from: string, code: string): readonly string[];
  readonly mistakes: readonly string[];
  readonly context: Json;
}

async function createTree(
  files: Readonly<Record<string, unknown>>,
  settings: ResolveSettings = {},
): Promise<Tree> {
  const textOf = (path: string): string => {
    const content = files[path];
    return typeof content === 'string' ? content : JSON.stringify(content);
  };
  const mistakes: string[] = [];
  const declared = new Map<RepoPath, readonly string[]>();
  for (const path of Object.keys(files).filter(one => one.endsWith('.php'))) {
    const extraction = php.extract(path, textOf(path));
    if (extraction.ok && extraction.declares !== undefined) declared.set(repoPath(path), extraction.declares);
  }
  const listing = listingOf(Object.keys(files));
  const read = await phpResolver.readContext({
    listing,
    settings,
    text: async path => textOf(path),
    mistake: (path, message) => mistakes.push(`${path} ${message}`),
    declarations: async () => declared,
  });
  const context = JSON.parse(JSON.stringify(read)) as Json;
  const members = new Set(Object.keys(files).map(path => path.slice(0, path.lastIndexOf('/') + 1)));
  const end = (from: string, site: Parameters<typeof phpResolver.walk>[2]): string => {
    let found: string | null = null;
    const asked: string[] = [];
    const terminal = phpResolver.walk(context, repoPath(from), site, place => {
      asked.push(place);
      const is = place.endsWith('/') ? members.has(place) : listing.has(place);
      if (is) found = place;
      return is;
    });
    if (found !== null) return found;
    assert.ok(terminal !== null);
    if (terminal.type === 'package')
      return `${terminal.ecosystem}:${terminal.name}/${terminal.subpath ?? ''} (${terminal.aliases?.join() ?? ''})`;
    if (terminal.type === 'builtin') return `${terminal.ecosystem}:${terminal.name}`;
    return terminal.type === 'unresolved' ? `? ${asked[0] ?? 'nowhere'}` : terminal.type;
  };
  return {
    mistakes,
    context,
    ends(from, code) {
      const extraction = php.extract(from, `<?php ${code}`);
      assert.ok(extraction.ok);
      return extraction.sites.map(site => end(from, site));
    },
  };
}

const APP = {
  'composer.json': {
    name: 'acme/app',
    autoload: {
      'psr-4': { 'App\\': ['src/', 'generated'], 'App\\Old\\': 'legacy/' },
      'psr-0': { Twig_: 'lib', '': 'pear' },
    },
    'autoload-dev': { 'psr-4': { 'App\\Tests\\': 'tests' } },
    require: { php: '^8', 'psr/log': '*', 'symfony/http-foundation': '*', 'acme/shared': '*' },
  },
  'src/Db/Pool.php': '<?php namespace App\\Db; class Pool {}',
  'src/Old/X.php': '<?php namespace App\\Old; class X {}',
  'src/functions.php': '<?php namespace App; function f() {} const C = 1; class Helper {}',
  'src/Models/User.php': '<?php namespace App\\Models; class User {}',
  'legacy/X.php': '<?php namespace App\\Old; class X {}',
  'generated/Made.php': '<?php namespace App; class Made {}',
  'lib/Twig/Loader/File.php': '<?php class Twig_Loader_File {}',
  'tests/DbTest.php': '<?php namespace App\\Tests; class DbTest {} class Stub {}',
  'packages/shared/composer.json': { name: 'acme/shared', autoload: { 'psr-4': { 'Acme\\Shared\\': '' } } },
  'packages/shared/Clock.php': '<?php namespace Acme\\Shared; class Clock {}',
  'fixtures/app/composer.json': { autoload: { 'psr-4': { 'App\\': 'src', 'Fixture\\': 'src' } } },
  'fixtures/app/src/Kernel.php': '<?php namespace App; class Kernel {}',
  'vendor/psr/log/src/LoggerInterface.php': '<?php namespace Psr\\Log; interface LoggerInterface {}',
  'vendor/psr/log/composer.json': { name: 'psr/log', autoload: { 'psr-4': { 'Psr\\Log\\': 'src' } } },
};
const tree = await createTree(APP);

test('PSR-4: the longest prefix first, several folders, development too', () => {
  assert.deepEqual(
    tree.ends('src/a.php', 'use App\\Db\\Pool; use App\\Old\\X; use App\\Made; use App\\Tests\\DbTest;'),
    ['src/Db/Pool.php', 'legacy/X.php', 'generated/Made.php', 'tests/DbTest.php'],
  );
});

test('a namespace is a folder, and only for `use`', () => {
  assert.deepEqual(tree.ends('src/a.php', 'use App\\Models; new Models\\User; new \\App\\Db;'), [
    'src/Models/',
    'src/Models/User.php',
    '? src/Db.php',
  ]);
});

test('PSR-0: underscores are folders', () => {
  assert.deepEqual(tree.ends('src/a.php', 'new Twig_Loader_File; new Twig_Loader_No;'), [
    'lib/Twig/Loader/File.php',
    '? lib/Twig/Loader/No.php',
  ]);
});

test('what lies elsewhere than its name says is found by its declaration', () => {
  assert.deepEqual(
    tree.ends(
      'src/a.php',
      'use function App\\f; use const App\\C; use App\\Helper; use App\\Tests\\Stub; use function App\\no;',
    ),
    ['src/functions.php', 'src/functions.php', 'src/functions.php', 'tests/DbTest.php', '? nowhere'],
  );
});

test('members of the file’s own namespace', () => {
  assert.deepEqual(tree.ends('src/Db/a.php', 'namespace App\\Db; new Pool; new Nothing;'), [
    'src/Db/Pool.php',
    '? src/Db/Nothing.php',
  ]);
  assert.deepEqual(tree.ends('src/Db/a.php', 'namespace Free; new Pool; new Nothing;'), [
    'src/Db/Pool.php',
    '? pear/Free/Nothing.php',
  ]);
});

test('a required project of the tree is seen; one without a name only by its own files', () => {
  assert.deepEqual(tree.ends('src/a.php', 'use Acme\\Shared\\Clock; use Fixture\\Kernel; use App\\Kernel;'), [
    'packages/shared/Clock.php',
    'composer:Fixture/Kernel ()',
    '? src/Kernel.php',
  ]);
  assert.deepEqual(tree.ends('fixtures/app/x.php', 'use App\\Kernel; use App\\Db\\Pool;'), [
    'fixtures/app/src/Kernel.php',
    'src/Db/Pool.php',
  ]);
});

test('packages: by namespace, with the required package of that name; PHP’s own', () => {
  assert.deepEqual(
    tree.ends(
      'src/a.php',
      'use Psr\\Log\\LoggerInterface; use Symfony\\Component\\HttpFoundation\\Request; use X\\Y; use PDO; use Random\\Randomizer; use function strlen;',
    ),
    [
      'composer:Psr/Log/LoggerInterface (psr/log)',
      'composer:Symfony/Component/HttpFoundation/Request (symfony/http-foundation)',
      'composer:X/Y ()',
      'php:PDO',
      'php:Random\\Randomizer',
      'php:strlen',
    ],
  );
});

test('composer.lock tells whose namespaces are whose', async () => {
  const locked = await createTree({
    ...APP,
    'composer.lock': {
      packages: [{ name: 'psr/log', autoload: { 'psr-4': { 'Psr\\Log\\': 'src' } } }],
      'packages-dev': [
        { name: 'acme/contracts', autoload: { 'psr-4': { 'App\\Contracts\\': 'src' } } },
        { name: 'pear/mail', autoload: { 'psr-0': { Mail_: '' } } },
        { name: 'acme/shared', autoload: { 'psr-4': { 'Acme\\Shared\\': '' } } },
      ],
    },
  });
  assert.deepEqual(
    locked.ends(
      'src/a.php',
      'use Psr\\Log\\LoggerInterface; use App\\Contracts\\A; use App\\Absent; new Mail_Mime; use Acme\\Shared\\No;',
    ),
    [
      'composer:psr/log/LoggerInterface (Psr/Log)',
      'composer:acme/contracts/A (App/Contracts)',
      '? src/Absent.php',
      'composer:pear/mail/Mime (Mail)',
      '? packages/shared/No.php',
    ],
  );
});

test('includes: from the file’s folder, along the include path, into vendor', () => {
  assert.deepEqual(
    tree.ends(
      'tests/a/b.php',
      "require __DIR__.'/../../src/functions.php'; require 'src/functions.php'; require __DIR__.'/no.php'; require __DIR__.'/../../../out.php';",
    ),
    ['src/functions.php', 'src/functions.php', '? tests/a/no.php', '? nowhere'],
  );
  assert.deepEqual(
    tree.ends(
      'tests/a.php',
      "require __DIR__.'/../vendor/autoload.php'; require 'vendor/psr/log/src/LoggerInterface.php'; include '/etc/x.php'; include $x;",
    ),
    ['composer:autoload', 'composer:psr/log/src/LoggerInterface.php ()', '? nowhere', 'computed'],
  );
});

test('settings: source roots and what is provided', async () => {
  const settled = await createTree(
    {
      'old/Lib/Tool.php': '<?php namespace Lib; class Tool {}',
      'kit/A/B.php': '<?php namespace Kit\\A; class B {}',
    },
    { roots: ['old'], provides: { 'Kit/': 'kit' } },
  );
  assert.deepEqual(
    settled.ends('x.php', "use Lib\\Tool; use Kit\\A\\B; include 'Lib/Tool.php'; use Kit\\No;"),
    ['old/Lib/Tool.php', 'kit/A/B.php', 'old/Lib/Tool.php', '? kit/No.php'],
  );
});

test('a tree without composer: classes by their declarations, the nearest first', async () => {
  const plain = await createTree({
    'a/class-pool.php': '<?php class Pool {}',
    'b/class-pool.php': '<?php class Pool {}',
    'b/x.php': '',
  });
  assert.deepEqual(plain.ends('b/x.php', 'new Pool; new PDO;'), ['b/class-pool.php', 'php:PDO']);
});

test('configuration: by name, and what is wrong with it', async () => {
  for (const path of ['composer.json', 'a/composer.lock', 'vendor/composer/installed.json'])
    assert.ok(phpResolver.isConfig(path), path);
  for (const path of ['vendor/a/b/composer.json', 'a/installed.json', 'composer.json.bak'])
    assert.ok(!phpResolver.isConfig(path), path);
  const broken = await createTree({ 'composer.json': '{\n"a": }', 'b/composer.json': '[]', 'a.php': '' });
  assert.deepEqual(broken.mistakes, [
    'b/composer.json an object was expected',
    'composer.json line 2: a value was expected, but found "}"',
  ]);
});

test('the places asked about do not depend on the tree', () => {
  const code =
    'namespace App\\Db; use App\\Models; use App\\Old\\X; new Pool; new Nothing; require "src/functions.php";';
  const extraction = php.extract('src/Db/a.php', `<?php ${code}`);
  assert.ok(extraction.ok);
  for (const site of extraction.sites) {
    const all: string[] = [];
    phpResolver.walk(tree.context, repoPath('src/Db/a.php'), site, place => {
      all.push(place);
      return false;
    });
    for (let stop = 0; stop < all.length; stop++) {
      const asked: string[] = [];
      const terminal = phpResolver.walk(tree.context, repoPath('src/Db/a.php'), site, place => {
        asked.push(place);
        return asked.length === stop + 1;
      });
      assert.equal(terminal, null);
      assert.deepEqual(asked, all.slice(0, stop + 1));
    }
  }
});
