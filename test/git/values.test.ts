/** The pure parts: paths, raw diffs, listings, the environment, configuration files. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseConfig } from '../../src/git/embedded/config-file.js';
import { parseCommit } from '../../src/git/objects/commit.js';
import { withRepository } from '../support/repository.js';
import {
  comparePaths,
  createListing,
  decodePath,
  encodePath,
  type FileChange,
  GitError,
  gitEnvironment,
  oid,
  overlay,
  parseRawDiff,
  repoPath,
  type TreeEntry,
} from './imports.js';
import { shown } from './shown.js';

const ID = oid('1'.repeat(40));
const ZERO = '0'.repeat(40);

describe('paths are bytes', () => {
  it('any bytes come back as they were', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), bytes => {
        assert.deepEqual(encodePath(decodePath(bytes)), Buffer.from(bytes));
      }),
    );
  });
  it('text is read as UTF-8, the rest byte by byte', () => {
    assert.equal(decodePath(Buffer.from('ä\u{1f600}')), 'ä\u{1f600}');
    assert.equal(decodePath(Buffer.of(0x61, 0xe4, 0xc3, 0xa4)), 'a\udce4ä');
    assert.equal(decodePath(Buffer.of(0xed, 0xb2, 0x80)), '\udced\udcb2\udc80');
  });
  it('are ordered as git orders them', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
        const order = Math.sign(comparePaths(decodePath(a), decodePath(b)));
        assert.equal(order, Math.sign(Buffer.compare(a, b)));
      }),
    );
    assert.ok(comparePaths('\uffee', '\u{1f600}') < 0);
  });
});

describe('a raw diff', () => {
  const record = (header: string, path: string): string => `:${header}\0${path}\0`;
  it('is read with its modes, ids and states', () => {
    const output =
      record(`100644 000000 ${ID} ${ZERO} D`, 'gone') + record(`000000 120000 ${ZERO} ${ID} A`, 'link');
    assert.deepEqual(parseRawDiff(Buffer.from(output)), [
      { path: 'gone', status: 'delete', before: { mode: '100644', oid: ID }, after: null },
      { path: 'link', status: 'add', before: null, after: { mode: '120000', oid: ID } },
    ]);
    assert.deepEqual(parseRawDiff(Buffer.alloc(0)), []);
  });
  it('keeps a path that is not UTF-8 apart from its neighbours', () => {
    const output = Buffer.concat([
      Buffer.from(`:000000 100644 ${ZERO} ${ID} A\0bad`),
      Buffer.of(0xff, 0),
      Buffer.from(record(`000000 100644 ${ZERO} ${ID} A`, 'gut-ü')),
    ]);
    assert.deepEqual(shown(parseRawDiff(output)), ['add bad\udcff', 'add gut-ü']);
  });
  it('names unmerged paths once', () => {
    const unmerged = record(`000000 000000 ${ZERO} ${ZERO} U`, 'x');
    assert.throws(
      () => parseRawDiff(Buffer.from(unmerged + unmerged)),
      error => error instanceof GitError && error.code === 'unmerged-index' && error.paths.join() === 'x',
    );
  });
  for (const [name, output] of [
    ['cut off in a path', record(`000000 100644 ${ZERO} ${ID} A`, 'a/long/path').slice(0, -3)],
    ['cut off before a path', `:000000 100644 ${ZERO} ${ID} A\0`],
    ['with short ids', record('000000 100644 0000000 1111111 A', 'x')],
    ['with a rename', record(`100644 100644 ${ID} ${ID} R`, 'x')],
    ['of something else', 'warning: hello\0there\0'],
  ] as const)
    it(`${name}: an error, never a shorter diff`, () => {
      assert.throws(() => parseRawDiff(Buffer.from(output)), { name: 'GitError', code: 'failed' });
    });
});

describe('a listing', () => {
  const entry = (path: string, id = ID): TreeEntry => ({ mode: '100644', oid: id, path: repoPath(path) });
  const listing = createListing(['a.txt', 'src/a/x.ts', 'src/a/y.ts', 'src/b.ts'].map(path => entry(path)));
  it('knows leaves, folders and what they hold', () => {
    assert.equal(listing.size, 4);
    assert.equal(listing.has('src/b.ts'), true);
    assert.equal(listing.has('src'), false);
    assert.equal(listing.hasFolder('src/a'), true);
    assert.equal(listing.hasFolder('src/b.ts'), false);
    assert.deepEqual(listing.children(''), ['a.txt', 'src']);
    assert.deepEqual(listing.children('src'), ['a', 'b.ts']);
    assert.deepEqual(listing.children('none'), []);
  });
  it('overlaid with changes equals a listing of the outcome', () => {
    const paths = fc.constantFrom('a', 'a/b', 'a.c', 'b/c/d', 'b/c/e', 'b/f', 'z', '\uffee', '\u{1f600}');
    const tree = fc.uniqueArray(paths);
    const sorted = (list: readonly string[]): string[] => [...list].sort(comparePaths);
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const OTHER = oid('2'.repeat(40));
        const changes: FileChange[] = [
          ...before
            .filter(path => !after.includes(path))
            .map(path => ({
              path: repoPath(path),
              status: 'delete' as const,
              before: entry(path),
              after: null,
            })),
          ...after.map(path => ({
            path: repoPath(path),
            status: 'add' as const,
            before: null,
            after: { mode: '100644' as const, oid: OTHER },
          })),
        ];
        const laid = overlay(createListing(sorted(before).map(path => entry(path))), changes);
        const wanted = createListing(sorted(after).map(path => entry(path, OTHER)));
        assert.deepEqual([...laid.entries()], [...wanted.entries()]);
        assert.equal(laid.size, wanted.size);
        for (const folder of ['', 'a', 'b', 'b/c']) {
          assert.deepEqual(laid.children(folder), wanted.children(folder));
          assert.equal(laid.hasFolder(folder), wanted.hasFolder(folder));
        }
        for (const path of before) assert.equal(laid.has(path), wanted.has(path));
      }),
    );
  });
});

describe('the environment of git', () => {
  it('holds what is allowed and what is forced, nothing else', () => {
    const passed = {
      PATH: '/bin',
      Path: 'C:\\',
      HOME: '/h',
      GIT_DIR: '.git',
      GIT_INDEX_FILE: '.git/index',
      GIT_QUARANTINE_PATH: '/q',
      GITHEAD_0123: 'side',
      http_proxy: 'http://p',
      GIT_CONFIG_GLOBAL: '/g',
      SSH_AUTH_SOCK: '/s',
    };
    const stopped = {
      GIT_CONFIG_PARAMETERS: "'a.b=c'",
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'a.b',
      GIT_CONFIG_VALUE_0: 'c',
      GIT_CONFIG: '/x',
      GIT_EXTERNAL_DIFF: 'x',
      GIT_REPLACE_REF_BASE: 'x',
      GIT_TRACE: '1',
      GIT_TRACE2_EVENT: '/t',
      GIT_SHALLOW_FILE: '/x',
      GIT_GLOB_PATHSPECS: '1',
      GIT_NAMESPACE: 'n',
      NODE_OPTIONS: '--x',
      SECRET: 's',
    };
    const { LC_ALL, GIT_GRAFT_FILE, ...rest } = gitEnvironment({
      ...passed,
      ...stopped,
      LC_ALL: 'de_DE',
      GIT_NO_REPLACE_OBJECTS: '0',
      GIT_GRAFT_FILE: '/mine',
      EMPTY: undefined,
    });
    assert.equal(LC_ALL, 'C');
    assert.match(GIT_GRAFT_FILE ?? '', /nonexistent/);
    assert.deepEqual(rest, {
      ...passed,
      GIT_NO_REPLACE_OBJECTS: '1',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
    });
  });
});

describe('a configuration file', () => {
  it('is read as git reads it', () =>
    withRepository(test => {
      const text = [
        '# a comment',
        '[core] bare = false ; after',
        '[Section "Sub \\"x\\" \\\\ y.z"]',
        '\tName = a  b\t ',
        '\tflag',
        '  quoted = " a # b " tail ; no',
        'next = one \\',
        '  two',
        'esc = \\t\\n\\\\ \\"',
        '[old.Style]',
        'k=v',
        'empty =',
        'k = w',
        '[include-not]\n\tpath = x',
      ].join('\n');
      test.write({ config: text });
      const listed = test.git(['config', '--file', 'config', '--list', '-z']).stdout.split('\0').slice(0, -1);
      const expected = listed.map(field =>
        field.includes('\n') ? field.replace('\n', '=') : `${field}=true`,
      );
      assert.deepEqual(
        parseConfig(text, 'config').map(([key, value]) => `${key}=${value}`),
        expected,
      );
    }));
  for (const text of [
    '[core',
    '[core]\n\tname = "open',
    '[core]\nname = \\x',
    'name = x',
    '[core]\n1x = y',
    '[core]\nname y',
  ])
    it(`is refused when damaged: ${JSON.stringify(text)}`, () => {
      assert.throws(() => parseConfig(text, 'config'), { name: 'GitError', message: /^config:\d+: / });
    });
});

describe('a commit object', () => {
  it('is read in its own encoding, with signature and merged tags skipped', () => {
    const object = Buffer.concat([
      Buffer.from(`tree ${ID}\nparent ${ID}\nparent ${oid('2'.repeat(40))}\nauthor J`),
      Buffer.of(0xfc),
      Buffer.from(
        `rg <j@x> 17 +0100\ncommitter  <> -5 +0000\nencoding ISO-8859-1\ngpgsig -----BEGIN\n tree fake\n \n -----END\n\n`,
      ),
      Buffer.of(0xe4),
      Buffer.from('\n\nbody\n'),
    ]);
    const commit = parseCommit(ID, object);
    assert.equal(commit.author.name, 'Jürg');
    assert.equal(commit.author.time, 17);
    assert.deepEqual(commit.committer, { name: '', email: '', time: -5 });
    assert.equal(commit.parents.length, 2);
    assert.equal(commit.message, 'ä\n\nbody\n');
  });
});
