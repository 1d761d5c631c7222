import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';
import fc from 'fast-check';
import { removeJsonMember, setJsonMember } from '../../src/install/json-text.js';
import { withLintel, withoutLintel } from '../../src/install/prepare.js';
import { hookCommand, joinHook, leaveHook, unjoinable } from '../../src/install/shell-hook.js';
import { insertAtEnd, yamlValue } from '../../src/install/yaml-insert.js';

test('a member set and removed again leaves the JSON text as it was, whatever its layout', () => {
  const key = fc.stringMatching(/^[a-z@/"\\ é-]{1,8}$/).filter(name => name !== 'lintel-test');
  const layouts = fc.constantFrom<string | number>(0, 2, 4, '\t');
  fc.assert(
    fc.property(
      fc.dictionary(key, fc.jsonValue(), { noNullPrototype: true }),
      layouts,
      fc.boolean(),
      (value, indent, crlf) => {
        const plain = JSON.stringify(value, null, indent);
        const text = crlf ? plain.replaceAll('\n', '\r\n') : plain;
        const set = setJsonMember(text, ['lintel-test'], 'a "b"');
        assert.ok(set !== null);
        assert.deepEqual(JSON.parse(set), { ...JSON.parse(text), 'lintel-test': 'a "b"' });
        assert.deepEqual(JSON.parse(removeJsonMember(set, ['lintel-test'])), JSON.parse(text));
        if (Object.keys(value).length > 0) assert.equal(removeJsonMember(set, ['lintel-test']), text);
      },
    ),
    { numRuns: 200 },
  );
});

test('a member goes into an object that is there, into an empty one, and into none', () => {
  assert.equal(
    setJsonMember('{"scripts": {"a": "b"}}', ['scripts', 'p'], 'x'),
    '{"scripts": {"a": "b", "p": "x"}}',
  );
  assert.equal(
    setJsonMember('{\n  "scripts": {}\n}', ['scripts', 'p'], 'x'),
    '{\n  "scripts": {\n    "p": "x"\n  }\n}',
  );
  assert.equal(
    setJsonMember('{\n  "a": 1\n}', ['scripts', 'p'], 'x'),
    '{\n  "a": 1,\n  "scripts": {\n    "p": "x"\n  }\n}',
  );
  assert.equal(setJsonMember('{"scripts": 5}', ['scripts', 'p'], 'x'), null);
});

test('prepare is appended so that neither operator nor failure of the script before it is changed', () => {
  assert.equal(withLintel(undefined), 'lintel install || exit 0');
  assert.equal(withLintel('husky'), 'husky && (lintel install || exit 0)');
  assert.equal(withLintel('husky || true'), '(husky || true) && (lintel install || exit 0)');
  assert.equal(withLintel('a && b'), 'a && b && (lintel install || exit 0)');
  for (const script of ['husky', 'husky || true', 'a; b', 'a && b', '(a || b) && (c || d)', '(a | b)']) {
    assert.equal(withoutLintel(withLintel(script)), script);
    assert.equal(withLintel(withLintel(script)), withLintel(script));
  }
  assert.equal(withoutLintel(withLintel('')), null);
});

test('prepare in a real shell: absent lintel is no failure, a failing script before it is', () => {
  const run = (script: string) => {
    try {
      execFileSync('sh', ['-c', script], { stdio: 'ignore', env: { PATH: '/usr/bin:/bin' } });
      return 0;
    } catch {
      return 1;
    }
  };
  assert.equal(run(withLintel(undefined)), 0);
  assert.equal(run(withLintel('true')), 0);
  assert.equal(run(withLintel('false')), 1);
  assert.equal(run(withLintel('false || true')), 0);
});

test('a joined hook, left again, is what it was', () => {
  for (const hook of ['pre-commit', 'pre-push'] as const)
    for (const text of ['#!/bin/sh\necho a\n', 'echo a\n', '#!/usr/bin/env bash\n# x\n\necho a\n']) {
      const joined = joinHook(text, hook);
      assert.equal(leaveHook(joined), text);
      assert.equal(joinHook(joined, hook), joined);
      execFileSync('sh', ['-n'], { input: joined });
    }
  assert.equal(leaveHook(joinHook(null, 'pre-push', { shebang: true })), null);
  execFileSync('sh', ['-n', '-c', hookCommand('pre-push')]);
});

test('a hook that leaves before its last line is known', () => {
  assert.equal(unjoinable('echo a\nexec npm test\n'), 'exec');
  assert.equal(unjoinable('exit 0\n'), 'exit');
  assert.equal(unjoinable('#!/usr/bin/env node\nconsole.log(1)\n'), 'not-shell');
  for (const fine of [
    'exec </dev/tty\n',
    'exec 1>&2\n',
    'if x; then\n  exit 1\nfi\n',
    'a || exit 1\n',
    '#!/usr/bin/env bash\n',
    '#!/bin/sh -e\n',
  ])
    assert.equal(unjoinable(fine), null, fine);
});

test('lines go to the end of a YAML list or map, at its own indentation, and nothing else moves', () => {
  const text = 'a:\n    -   x: 1\n        y: 2 # last\n\n# about b\nb: 1\n';
  const added = insertAtEnd(text, ['a'], ['- z: 3']) ?? '';
  assert.deepEqual(yamlValue(added), { a: [{ x: 1, y: 2 }, { z: 3 }], b: 1 });
  assert.ok(added.startsWith('a:\n    -   x: 1\n        y: 2 # last\n    # lintel:begin'));
  assert.ok(added.endsWith('    # lintel:end\n\n# about b\nb: 1\n'));
  assert.equal(insertAtEnd('a: []\n', ['a'], ['- z']), null);
  assert.equal(insertAtEnd('a: { b: 1 }\n', ['a'], ['c: 1']), null);
});
