import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageOf } from '../../../src/facts/imports/index.js';
import { shown } from './shown.js';

/** `3:15 value ./a [b]`, or `error 1:1 why`. */
function importsOf(path: string, text: string): readonly string[] {
  const language = languageOf(path);
  assert.ok(language !== null);
  const extraction = language.extract(path, text);
  const quick = language.quick?.(path, text) ?? null;
  if (!extraction.ok) {
    assert.equal(quick, null);
    return [`error ${extraction.line}:${extraction.column} ${extraction.message}`];
  }
  if (quick !== null) assert.deepEqual(quick, extraction.sites);
  return extraction.sites.map(site => `${site.line}:${site.column} ${shown(site)}`);
}

type Table = Readonly<Record<string, readonly (readonly [text: string, ...expected: string[]])[]>>;

function check(extension: string, table: Table): void {
  for (const [name, rows] of Object.entries(table))
    test(`${extension}: ${name}`, () => {
      for (const [text, ...expected] of rows)
        assert.deepEqual(importsOf(`a.${extension}`, text), expected, text);
    });
}

check('vue', {
  'both scripts, each in its language, at its place in the whole file': [
    [
      '<template>\n  <p/>\n</template>\n<script>\nimport a from "./a"\nexport default {}\n</script>\n<script setup lang="ts">\nimport type { B } from "./b"; const c = await import("./c")\n</script>\n',
      '5:15 value ./a [default]',
      '9:24 type! ./b [B]',
      '9:54 dynamic ./c',
    ],
    [
      '\uFEFF<script lang=tsx>\r\nimport a from "./a"; const b = <b>{c}</b></script>',
      '2:15 value ./a [default]',
    ],
    [
      '<script lang="ts" generic="T extends Array<string>">import a from "./a"</script>',
      '1:67 value ./a [default]',
    ],
  ],
  'src stands in the place of the block': [
    [
      '<script src="./a.ts" lang="ts"></script><script src=./b.js />',
      '1:13 side-effect ./a.ts',
      '1:53 side-effect ./b.js',
    ],
    ['<script src="./a.coffee" lang="coffee"></script>', '1:13 side-effect ./a.coffee'],
  ],
  'only blocks on the top level': [
    [
      '<template><div><script>import "./no"</script></div></template><script>import "./a"</script>',
      '1:78 side-effect ./a',
    ],
    ['<!-- <script>import "./no"</script> --><script>import "./a"</script>', '1:55 side-effect ./a'],
    [
      '<docs>\n<script>import "./no"</script>\n</docs>\n<script>import "./a"</script>',
      '4:16 side-effect ./a',
    ],
    ['<style>a::before { content: "<script>" }</style>'],
    ['<p>a < b <script>import "./a"</script></p>'],
  ],
  'templates nest; their text, comments and attributes may look like tags': [
    [
      '<template><template #x><br/></template><template v-if="a > b" />{{ "</template>" }}<!-- </template> --><a :b="\'</template>\'" c=">"/> 1 < 2 <textarea></template></textarea></template><script>import "./a"</script>',
      '1:198 side-effect ./a',
    ],
    ['<template lang="pug">\n<template></template>\n<script>import "./a"</script>', '3:16 side-effect ./a'],
    [
      '<template>{{ a <script>import "./no"</script></template><script>import "./a"</script>',
      '1:72 side-effect ./a',
    ],
  ],
  'a closing tag in a string ends the block all the same': [
    [
      '<script>const b = "</script>"; import "./no"</script><script>import "./a"</script>',
      '1:69 side-effect ./a',
    ],
    ['<script>import "./a"; // </script> <p>it\'s</p>', '1:16 side-effect ./a'],
  ],
  'what is not read is an error': [
    ['<p/>\n<script lang="coffee">a = 1</script>', 'error 2:14 imports of "coffee" can’t be read'],
    ['<script>\nimport "./a"', 'error 1:1 <script> is never closed'],
    ['<template><script setup>', 'error 1:11 <script> is never closed'],
    ['<template><p>\n<script', 'error 2:1 a tag is never closed'],
    ['<script>\n\n  import a from\n</script>', 'error 4:1 Unexpected token'],
  ],
  'Script is a component': [['<Script>import "./no"</Script>'], ['<SCRIPT>import "./no"</SCRIPT>']],
  'no script at all': [['<template><p/></template>'], [''], ['<script></script>']],
});

check('svelte', {
  'module and instance': [
    [
      '<script module>import "./a"</script>\n<script context="module" lang="ts">import type B from "./b"</script>\n<script lang="ts">import c from "./c"; $: d = c</script>',
      '1:23 side-effect ./a',
      '2:55 type! ./b [default]',
      '3:33 value ./c [default]',
    ],
  ],
  'only scripts on the top level': [
    [
      '<svelte:head><script>import "./no"</script></svelte:head><script>import "./a"</script>',
      '1:73 side-effect ./a',
    ],
    [
      '{#if a}<script>import "./no"</script>{:else}b{/if}<script>import "./a"</script>',
      '1:66 side-effect ./a',
    ],
    ['<p>a<br>b<input></p><script>import "./a"</script>', '1:36 side-effect ./a'],
    ['<ul><li>a<li>b</ul><script>import "./a"</script>', '1:35 side-effect ./a'],
  ],
  'expressions may hold anything': [
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the code under test
      '{a < b ? "<script>" : `<script>${`}`}`}{/* <script> */ c}<script>import "./a"</script>',
      '1:73 side-effect ./a',
    ],
    [
      '<a b={() => c > d} e="f {g("}")} h" i=j{k}l {...m} {n}></a><script>import "./a"</script>',
      '1:75 side-effect ./a',
    ],
    [
      '{#each a as {b, c}, i (b)}{b && /[{"]/.test(b) || 1 / 2 / 3}{/each}<script>import "./a"</script>',
      '1:83 side-effect ./a',
    ],
    [
      '{@html "<script>import \'./no\'</script>"}<!-- {"<script>"} --><script>import "./a"</script>',
      '1:77 side-effect ./a',
    ],
    ['<style>p { color: red }</style><script>import "./a"</script>', '1:47 side-effect ./a'],
  ],
  'import() in expressions': [
    [
      '{#await import("./a") then { default: b }}{/await}<c d={import(e)} f="{import(\'./g\' + h)}" i={import(`./j`)}/>\n{x.import("./no")}{"import(1)"}{import.meta.url}',
      '1:16 dynamic ./a',
      '1:64 dynamic (computed)',
      '1:79 dynamic (computed)',
      '1:102 dynamic ./j',
    ],
  ],
  'what is not read is an error': [
    ['<script>import "./a"', 'error 1:1 <script> is never closed'],
    ['<a b={c\n<script>', 'error 1:6 an expression is never closed'],
    ['<script lang="civet">a</script>', 'error 1:14 imports of "civet" can’t be read'],
    ['{`a <script>', 'error 1:2 a template is never closed'],
  ],
});

check('astro', {
  'frontmatter, which may return and await': [
    [
      '---\nimport A from "./a.astro";\nif (!A) return Astro.redirect("/");\nconst b = await import("./b");\n---\n<A/>',
      '2:15 value ./a.astro [default]',
      '4:24 dynamic ./b',
    ],
    ['<!-- --- -->\n---\nimport type { A } from "./a"\n---', '3:24 type! ./a [A]'],
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the code under test
      '---\nconst a = "---"; // it\'s ---\nconst b = `\n---\n${"---"}`, c = /---/;\nimport "./d"\n---\n',
      '6:8 side-effect ./d',
    ],
    ['<p>---</p>\n---\nimport "./no"\n---'],
    ['no frontmatter <b>import "./no"</b>'],
  ],
  'scripts that Astro bundles, wherever they stand': [
    [
      '<p><script>import "./a"</script></p>{b && <script src="../c.ts"></script>}{[1].map(() => <i>don\'t <script>import "./d"</script></i>)}',
      '1:19 side-effect ./a',
      '1:55 side-effect ../c.ts',
      '1:114 side-effect ./d',
    ],
    [
      '<script is:inline>import "./no"</script><script type="module">import "./no"</script><script define:vars={{ a }}>import "./no"</script>',
    ],
    [
      '{"<script>import \'./no\'</script>"}{`<script>import "./no"</script>`}{/* <script>import "./no"</script> */}<!-- <script>import "./no"</script> -->',
    ],
    [
      '<Fragment is:raw>{<script>import "./no"</script></Fragment><style>{</style><script>import "./a"</script>',
      '1:91 side-effect ./a',
    ],
    [
      '{a < b && <><b>{c}</b></>}{<br>}<script>const a: number = 1; import "./a"</script>',
      '1:69 side-effect ./a',
    ],
  ],
  'import() in expressions': [
    [
      '<A b={(await import("./a.png")).default} {...c}/>{import(d)}',
      '1:21 dynamic ./a.png',
      '1:58 dynamic (computed)',
    ],
  ],
  'what is not read is an error': [
    ['---\nimport "./a"\n', 'error 1:1 the frontmatter is never closed'],
    ['---\n/* ---', 'error 2:1 a comment is never closed'],
  ],
});

test('hostile input takes time in proportion and never throws', () => {
  const many = 100_000;
  for (const extension of ['vue', 'svelte', 'astro'])
    for (const text of [
      '<',
      '<a ',
      '<a b="',
      '<a b={',
      '{',
      '{{',
      '<template>',
      '{`${',
      '</',
      '<!--',
      '---',
      '{#if a}',
      '<script>',
      '{<a b={',
      '{/',
      '<a>',
      '}',
    ])
      importsOf(`a.${extension}`, `${text.repeat(many / text.length)}<script>`);
});
