import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManifestError } from '../../../../src/facts/manifests/format.js';
import { goVendor } from '../../../../src/facts/manifests/go/go-vendor.js';
import { repoPath } from '../../../../src/model/brand.js';

const parse = (text: string) => goVendor.parse(repoPath('svc/vendor/modules.txt'), text);

test('modules.txt as go mod vendor writes it', () => {
  const file = parse(`## workspace
# github.com/lib/pq v1.10.9 => github.com/evil/pq v1.2.0
## explicit; go 1.13
github.com/lib/pq
github.com/lib/pq/oid
# golang.org/x/tools v0.30.0
## explicit
# gopkg.in/yaml.v3 v3.0.1 => ../yaml
gopkg.in/yaml.v3
# b.c/d v1.0.0 => ../../out
# github.com/lib/pq => github.com/evil/pq v1.2.0
`);
  assert.equal(file.role, 'vendored');
  assert.deepEqual(
    file.entries.map(({ id, role, name, alias, version, source, line }) => [
      `${line} ${role} ${id}`,
      `${name} ${version}`,
      alias,
      source.type === 'path' ? source.path : source.type,
    ]),
    [
      [
        '2 dependency github.com/lib/pq@v1.10.9',
        'github.com/evil/pq v1.2.0',
        'github.com/lib/pq',
        'registry',
      ],
      ['6 dependency golang.org/x/tools@v0.30.0', 'golang.org/x/tools v0.30.0', undefined, 'registry'],
      ['8 dependency gopkg.in/yaml.v3@v3.0.1', 'gopkg.in/yaml.v3 null', undefined, 'yaml'],
      ['10 dependency b.c/d@v1.0.0', 'b.c/d null', undefined, null],
      ['11 redirect replace/github.com/lib/pq', 'github.com/evil/pq v1.2.0', 'github.com/lib/pq', 'registry'],
    ],
  );
});

test('what can’t be read', () => {
  for (const [text, line] of [
    ['github.com/lib/pq\n', 1],
    ['# github.com/lib/pq\n', 1],
    ['# github.com/lib/pq v1.0.0 =>\n', 1],
    ['# b.c/d v1.0.0\nb.c/d\n=======\n>>>>>>> other\n', 4],
    ['# b.c/d v1.0.0 => e.f/g v1.0.0 more\n', 1],
  ] as const)
    assert.throws(
      () => parse(text),
      (error: unknown) => error instanceof ManifestError && error.line === line,
      text,
    );
  assert.deepEqual(parse('').entries, []);
});
