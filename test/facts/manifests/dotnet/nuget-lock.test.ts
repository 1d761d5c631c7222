import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nugetLock } from '../../../../src/facts/manifests/dotnet/nuget-lock.js';
import { repoPath } from '../../../../src/model/brand.js';
import { refuses, shown } from '../syntax/shown.js';

const TEXT = `{
  "version": 2,
  "dependencies": {
    "net8.0": {
      "Serilog.Sinks.Console": {
        "type": "Direct",
        "requested": "[6.0.0, )",
        "resolved": "6.0.0",
        "contentHash": "fQGWqVMClCP2yEyTXPIinSr5c+CBGUvBybPxjAGcf7ctDhadFhrQw03Mv8rJ07/wR5PDfFjewf2LimvXCDzpbA==",
        "dependencies": {
          "serilog": "4.0.0"
        }
      },
      "Serilog": {
        "type": "CentralTransitive",
        "requested": "[4.0.0, )",
        "resolved": "4.0.0",
        "contentHash": "2jDkUrSh5EofOp7Lx5Zgy0EB+7hXjjxE2ktTb1WVQmU00lDACR2TdROGKU0K1pDTBSJBN1PqgYpgOZF8mL7NJw=="
      },
      "lib": {
        "type": "Project",
        "dependencies": {
          "Serilog": "[4.0.0, )",
          "inner": "[1.0.0, )"
        }
      },
      "inner": {
        "type": "Project"
      }
    },
    "net8.0/linux-x64": {
      "Native": {
        "type": "Transitive",
        "resolved": "1.0.0",
        "contentHash": "AAAA",
        "dependencies": { "Serilog": "4.0.0" }
      }
    }
  }
}
`;
const parse = (text: string) => nugetLock.parse(repoPath('src/App/packages.lock.json'), text);

test('entries of each framework, their integrity, and what they require', () => {
  const file = parse(TEXT.replaceAll('\n', '\r\n'));
  assert.deepEqual(shown(file), [
    'serilog.sinks.console 6.0.0 ([6.0.0, )) production:5',
    'serilog 4.0.0 ([4.0.0, )) production:14',
    'lib - (-) production workspace -:20',
    'inner - (-) production workspace -:27',
    'native 1.0.0 (-) production:32',
  ]);
  assert.deepEqual(
    file.entries.map(({ requires }) => requires),
    [['net8.0/Serilog'], [], ['net8.0/Serilog', 'net8.0/inner'], [], ['net8.0/Serilog']],
  );
  assert.deepEqual(
    file.entries.map(({ direct }) => direct),
    [true, false, null, null, false],
  );
  assert.deepEqual(file.roots, { 'src/App': ['net8.0/Serilog.Sinks.Console', 'net8.0/lib'] });
  assert.match(file.entries[0]?.integrity[0] ?? '', /^fQGW.*==$/);
});

test('names that are traps', () => {
  const file = parse(
    '{"version":1,"dependencies":{"__proto__":{"constructor":{"type":"Direct","resolved":"1"},"__proto__":{"type":"Transitive","resolved":"2"}}}}',
  );
  assert.deepEqual(shown(file), ['constructor 1 (-) production:1', '__proto__ 2 (-) production:1']);
});

for (const [name, text, line, message] of [
  ['an unknown version', TEXT.replace('"version": 2', '"version": 9'), 2, /version/],
  ['cut off', TEXT.slice(0, 300), 10, /JSON/],
  ['no dependencies', '{"version": 1}', 1, /cut off/],
  [
    'an unknown type',
    TEXT.replace('Transitive",\n        "resolved": "1', 'Odd",\n        "resolved": "1'),
    32,
    /no type/,
  ],
  ['no version', TEXT.replace('"resolved": "4.0.0",', ''), 14, /no resolved/],
  [
    'conflict markers',
    TEXT.replace('"version"', '<<<<<<< a\n"version"').replace('  <<<', '<<<'),
    2,
    /conflict/,
  ],
] as const)
  test(`refused: ${name}`, () => refuses(nugetLock, 'packages.lock.json', text, line, message));

test('a large file', () => {
  const packages = Array.from(
    { length: 30_000 },
    (_, index) =>
      `"P${index}":{"type":"Transitive","resolved":"1.0.${index}","contentHash":"${'x'.repeat(88)}","dependencies":{"P${index + 1}":"1.0"}}`,
  );
  const file = parse(`{"version":1,"dependencies":{"net8.0":{\n${packages.join(',\n')}\n}}}`);
  assert.equal(file.entries.length, 30_000);
  assert.equal(file.entries.at(-1)?.line, 30_001);
});
