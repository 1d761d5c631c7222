import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csharp } from '../../../src/facts/imports/csharp.js';
import { java } from '../../../src/facts/imports/java.js';
import { kotlin } from '../../../src/facts/imports/kotlin.js';

/** With quadratic work some of these take minutes: the runner's limit stops them. */
const TEXTS: readonly string[] = [
  'fun (',
  'fun <',
  'a.@b(',
  'a.@b.',
  'a.',
  '$',
  '$@',
  '"${',
  '$"{',
  'using A<',
  'using A = B<',
  'namespace A{using B;',
  'namespace A.',
  '{ A.B x;',
  '/*',
  '\\',
  '\\u',
  '"""\\',
  '#if X\n{',
  '@A<',
  'val (',
  '`a` ',
  'Class.forName("a" + ',
  'import a.',
  '\\u0022',
  '("',
];

for (const unit of TEXTS) {
  test(`100,000 characters of ${JSON.stringify(unit)} end`, { timeout: 60_000 }, () => {
    const text = unit.repeat(Math.ceil(100_000 / unit.length));
    for (const [language, path] of [
      [java, 'A.java'],
      [java, 'module-info.java'],
      [kotlin, 'A.kt'],
      [csharp, 'A.cs'],
    ] as const) {
      for (const prefix of ['', '"""\n', 'module a {']) {
        const extraction = language.extract(path, prefix + text);
        if (!extraction.ok) assert.ok((extraction.line ?? 0) > 0);
      }
    }
  });
}
