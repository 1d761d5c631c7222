import { segmentsOf } from '../src/facts/text/segments.ts';
const PATHS = 'ts tsx c cpp java kt cs go rs swift scala dart php py rb sh pl ps1 ex r lua hs lisp sql graphql proto tf json yaml toml ini mk css scss html vue xml groovy'.split(' ').map(e => `a.${e}`);
const openings = ['"', "'", '`', '/*', '`${', '"${', '<<A ', '%w[', '<a ', '{-', '--[[', 'r#"', "'''", '/', '${', '(', '{', '/a', '<A>(', ' x', '<<<A\n', ': |\n', '@"', 'f"{', '<!--', '=begin\n', '/* */', '<?php ', '?>', '<<A\n', 'a: !x ', "'a", '/[', '<script>', '</', '--[=[', '[==', '%(', '=<a>', '<>', ' '];
const out: [number, string][] = [];
for (const p of PATHS) for (const o of openings) { const t = (n: number) => { const s = o.repeat(n / o.length); const t0 = performance.now(); segmentsOf(p, s); return performance.now() - t0; }; t(1000); const b = t(200000); if (b > 40) out.push([b, `${p} ${JSON.stringify(o)} 50k:${t(50000).toFixed(1)}`]); }
console.log(out.sort((a, b) => b[0] - a[0]).slice(0, 30));
