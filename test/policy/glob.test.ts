import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import micromatch from 'micromatch';
import { matchPattern } from '../../src/model/path-set.js';
import { compileGlob } from '../../src/policy/glob.js';
import { GlobError } from '../../src/policy/glob-syntax.js';

const matches = (glob: string, path: string): boolean => matchPattern(compileGlob(glob), path) !== null;

function refusal(glob: string): string {
  try {
    compileGlob(glob);
  } catch (error) {
    if (error instanceof GlobError) return `${error.message} (${error.hint ?? ''})`;
    throw error;
  }
  return 'accepted';
}

test('brackets, parentheses and the like are literal: a Next.js route names its own folder', () => {
  assert.ok(matches('app/(group)/[id]/**', 'app/(group)/[id]/page.tsx'));
  assert.ok(!matches('app/(group)/[id]/**', 'app/group/i/page.tsx'));
  assert.ok(matches('a+b@(c)!d^e$|f/*.ts', 'a+b@(c)!d^e$|f/x.ts'));
  assert.ok(matches('a\\[b\\]/x', 'a\\[b\\]/x'));
  assert.ok(!matches('a\\[b\\]/x', 'a[b]/x'));
  assert.ok(matches('{{cookiecutter.name}}/**', '{{cookiecutter.name}}/setup.py'));
});

test('dotfiles, dot folders and names with a newline are files like others', () => {
  assert.ok(matches('**', '.env'));
  assert.ok(matches('src/**/*.ts', 'src/.hidden/.a.ts'));
  assert.ok(matches('src/**', 'src/a\nb/c.ts'));
  assert.ok(matches('src/*', 'src/a\nb.ts'));
  assert.ok(!matches('src/*', 'src/a/b.ts'));
});

test('letters count in their case, and composed letters are not decomposed ones', () => {
  assert.ok(!matches('src/**', 'SRC/a.ts'));
  assert.ok(!matches('caf\u00e9/**', 'cafe\u0301/a.ts'));
  assert.ok(matches('caf\u00e9/**', 'caf\u00e9/a.ts'));
});

test('a trailing slash means everything below, a leading ./ only forces a path', () => {
  assert.ok(matches('src/', 'src/a/b.ts'));
  assert.ok(matches('./Makefile', 'Makefile'));
  assert.ok(!matches('./Makefile', 'sub/Makefile'));
  assert.ok(matches('./', 'any/thing'));
});

test('a choice and a capture', () => {
  assert.ok(matches('src/{a,b/c}/*.{ts,tsx}', 'src/b/c/x.tsx'));
  const pattern = compileGlob('packages/{name}/src/{file}.ts');
  const bound = matchPattern(pattern, 'packages/core/src/main.ts');
  assert.deepEqual(
    [...(bound ?? [])],
    [
      ['name', 'core'],
      ['file', 'main'],
    ],
  );
  assert.deepEqual(pattern.captures, ['name', 'file']);
  assert.equal(matchPattern(pattern, 'packages/a/b/src/main.ts'), null);
});

test('the same capture twice must be equal', () => {
  assert.ok(matches('src/{name}/{name}.ts', 'src/a/a.ts'));
  assert.ok(!matches('src/{name}/{name}.ts', 'src/a/b.ts'));
});

test('{!name} differs from what {name} bound', () => {
  const other = compileGlob('packages/{!name}/**');
  const bound = new Map([['name', 'core']]);
  assert.notEqual(matchPattern(other, 'packages/ui/a.ts', bound), null);
  assert.equal(matchPattern(other, 'packages/core/a.ts', bound), null);
});

test('the prefix is one of every match, also where ** stands for nothing', () => {
  assert.equal(compileGlob('src/ui/**').prefix, 'src/ui');
  assert.ok(matches('src/**/a.ts', 'src/a.ts'));
  assert.equal(compileGlob('src/(x)/*.ts').prefix, 'src/(x)/');
  assert.equal(compileGlob('src/{a,b}/c').prefix, 'src/');
  assert.equal(compileGlob('**/*.ts').prefix, '');
});

test('what can never match, or would match too slowly, is refused with the mend', () => {
  assert.equal(
    refusal('!src/**'),
    '"!" does not negate a glob ("!src/**") (leave paths out with "except"; a name that begins with "!" is written ./!name)',
  );
  assert.ok(matches('./!src/**', '!src/a'));
  assert.match(refusal('/src/**'), /begins with "\/" \(paths are relative to the root/);
  assert.match(refusal('src/../lib'), /holds the segment "\.\."/);
  assert.match(refusal('src//lib'), /holds "\/\/"/);
  assert.match(refusal('src/{a,b'), /never closed/);
  assert.match(refusal('src/{1..3}.ts'), /ranges like \{1\.\.3\}.*list them/);
  assert.match(refusal('src/*a*b*c*'), /more than 3 "\*"/);
  assert.equal(refusal('src/*a*b*c'), 'accepted');
  assert.equal(refusal('src/{*.a,*.b,*.c,*.d}'), 'accepted');
  assert.match(refusal('src/*{*.a,b}*{c,*d}'), /more than 3 "\*"/);
  assert.match(refusal('src/{a}{b}{c}{d}'), /more than 3 "\*" \(or captures\)/);
  assert.match(refusal('**/a/**/b/**/c/**/d/**'), /more than 4 "\*\*"/);
  assert.match(refusal('{{a}/x,b}/{a}'), /the capture \{a\} stands twice/);
  assert.match(refusal('{!a}/{a}'), /stands twice/);
  assert.match(refusal(''), /empty glob/);
});

const segment = fc.constantFrom('a', 'b', 'ab', 'a.ts', '.a', 'b.test.ts', 'A', 'a-b', 'x_y');
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map(parts => parts.join('/'));
const globSegment = fc.oneof(
  segment,
  fc.constantFrom(
    '*',
    '**',
    '*.ts',
    'a*',
    '*b*',
    '?',
    '?b',
    '{a,b}',
    '{a.ts,*.test.ts}',
    'a{b,.ts}',
    '.*',
    'a?*',
  ),
);
const glob = fc.array(globSegment, { minLength: 1, maxLength: 4 }).map(parts => parts.join('/'));

test('without literal specials a glob means exactly what it means to micromatch', () => {
  fc.assert(
    fc.property(glob, path, (pattern, file) => {
      const expected = micromatch.isMatch(file, pattern, { dot: true, nonegate: true });
      assert.equal(matches(pattern, file), expected, `${pattern} on ${file}`);
    }),
    { numRuns: 1000 },
  );
});

test('the prefix never refuses what the expression matches', () => {
  fc.assert(
    fc.property(glob, path, (pattern, file) => {
      const { source, prefix } = compileGlob(pattern);
      if (new RegExp(source, 's').test(file)) assert.ok(file.startsWith(prefix), `${pattern} on ${file}`);
    }),
    { numRuns: 1000 },
  );
});

const special = fc.constantFrom(
  ...'()[]+@!^$|\\"\'#~,;&<>% \n-=}é😀'.split(''),
  '..',
  '(a|b)',
  '[ab]',
  '+(a)',
  '@(a)',
  '!(a)',
  '[!a]',
  '\\\\\\',
  'a',
);
const literal = fc
  .array(special, { minLength: 1, maxLength: 6 })
  .map(parts => parts.join(''))
  .filter(text => text !== '.' && text !== '..' && !text.includes('/') && !text.includes('}'));

test('a literal name matches itself and nothing else', () => {
  fc.assert(
    fc.property(literal, literal, (name, other) => {
      assert.ok(matches(`./${name}`, name), name);
      assert.ok(matches(`./x/${name}/**`, `x/${name}/y`), name);
      assert.ok(
        matches(`./x/{${name.replaceAll(',', '')},zz}/*.ts`, `x/${name.replaceAll(',', '')}/y.ts`),
        name,
      );
      assert.equal(matches(`./${name}`, other), name === other, `${name} on ${other}`);
    }),
    { numRuns: 1000 },
  );
});
