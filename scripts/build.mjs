// Builds dist/: the library and the command line (ESM, split into lazily loaded chunks), the commit
// gate's entry (one CommonJS file: it starts 6 ms sooner than an ES module), and the type declarations.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// A consumer's `npm install --omit=dev` of the git repository has no compiler: nothing to build there.
if (!existsSync(join(root, 'node_modules/esbuild'))) {
  console.error('lintel: development packages are not installed; dist/ is left as it is');
  process.exit(0);
}
const { build } = await import('esbuild');
const { standaloneValidators } = await import('./standalone-schema.mjs');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
// Built beside, then swapped in: whoever runs dist/ meanwhile (a hook, another test) finds the old one whole.
const dist = join(root, `.dist-${process.pid}`);
mkdirSync(dist, { recursive: true });

const EXTERNAL = ['oxc-parser', 'husky', 'typescript', '@ast-grep/*'];
/**
 * `await import('yaml')` of a CommonJS package: the chunk that esbuild makes of it exports `default` alone, where
 * node gives its names too. Each goes through a module that exports the names node sees.
 */
const namedExports = {
  name: 'named-exports-of-commonjs',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind !== 'dynamic-import' || path.startsWith('node:') || EXTERNAL.includes(path)) return null;
      return { path, namespace: 'named-exports' };
    });
    onLoad({ filter: /.*/, namespace: 'named-exports' }, async ({ path }) => {
      const names = Object.keys(await import(path)).filter(name => name !== 'default' && /^\w+$/.test(name));
      const source = JSON.stringify(path);
      return {
        contents: `import * as all from ${source};\nexport default all.default;\nexport const { ${names.join(', ')} } = all;\n`,
        resolveDir: root,
      };
    });
  },
};
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  external: EXTERNAL,
  plugins: [namedExports],
  // What node would load is a module of another kind, whose own requires esbuild can't see.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};
/** ES modules have no `require`, which bundled CommonJS packages call. */
const REQUIRE =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";
const DIGEST_PLACEHOLDER = '@@LINTEL_TOOL_DIGEST@@';
const define = {
  __LINTEL_VERSION__: JSON.stringify(version),
  __LINTEL_DIGEST__: JSON.stringify(DIGEST_PLACEHOLDER),
};

const commonjs = { ...common, format: 'cjs', minify: true, outdir: dist, outExtension: { '.js': '.cjs' } };
/** Three times the size of the gate itself, and rarely run: the gate must not even parse it. */
const apart = {
  name: 're2js-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^re2js$/ }, () => ({ path: './re2js.cjs', external: true }));
  },
};
/** All languages would double the time in which the gate loads; most commits are made of the web's. */
const webLanguages = {
  name: 'web-languages',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/(?:languages|resolvers)\.js$/ }, ({ path, resolveDir, importer }) =>
      importer.endsWith('registry.ts') ? { path: join(resolveDir, path.replace('.js', '-web.ts')) } : null,
    );
  },
};
/** The gate never judges manifests: it only tells which files the judge must see. */
const gateKinds = {
  name: 'gate-kinds',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/dependency-kinds\.js$/ }, ({ resolveDir }) => ({
      path: join(resolveDir, 'dependency-kinds-gate.ts'),
    }));
  },
};
const hook = await build({
  ...commonjs,
  define: { ...define, __LINTEL_LANGUAGES__: '"web"' },
  plugins: [apart, webLanguages, gateKinds],
  entryPoints: { gate: 'src/gate.ts' },
});
const hookOfAll = await build({
  ...commonjs,
  define: { ...define, __LINTEL_LANGUAGES__: '"all"' },
  plugins: [apart, gateKinds],
  entryPoints: { 'gate-all': 'src/gate.ts' },
});
const engine = await build({ ...commonjs, entryPoints: { re2js: 're2js' } });
// The full judge is another bundle, loaded when the gate can't decide.
const loader = await build({
  ...commonjs,
  define,
  external: [...EXTERNAL, './judge.js'],
  entryPoints: { hook: 'src/hook.ts' },
});
// The page of `lintel graph --format html`: its program and style stand inside the command line, as texts.
const page = await build({
  absWorkingDir: root,
  bundle: true,
  format: 'iife',
  target: 'es2022',
  minify: true,
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning',
  write: false,
  outdir: dist,
  entryPoints: { page: 'src/report/map/page/main.ts', style: 'src/report/map/page/style.css' },
});
const pagePart = end => JSON.stringify(page.outputFiles.find(({ path }) => path.endsWith(end)).text.trim());
/** What src says of its schema, run here. */
const said = await build({
  ...common,
  write: false,
  format: 'esm',
  outdir: dist,
  stdin: {
    resolveDir: join(root, 'src'),
    contents: `export { KINDS as kinds } from './invariants/registry.js';
      export { composeSchema, SCHEMA_ID as schemaId } from './policy/schema.js';
      export { AJV_OPTIONS as options, DEFINITIONS as definitions } from './policy/schema-validators.js';`,
  },
  banner: { js: REQUIRE },
});
const schemaModule = join(dist, 'schema.mjs');
writeFileSync(schemaModule, said.outputFiles[0].contents);
const schemaCode = standaloneValidators(await import(pathToFileURL(schemaModule).href));
rmSync(schemaModule);
const compiledSchema = {
  name: 'compiled-schema',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]schema-validators\.ts$/ }, () => ({ contents: schemaCode, resolveDir: root }));
  },
};
const full = await build({
  ...common,
  plugins: [compiledSchema, ...common.plugins],
  define: {
    ...define,
    __LINTEL_GRAPH_PAGE__: pagePart('.js'),
    __LINTEL_GRAPH_STYLE__: pagePart('.css'),
  },
  entryPoints: {
    cli: 'src/cli/main.ts',
    judge: 'src/judge.ts',
    index: 'src/index.ts',
    'extract-worker': 'src/extract-worker.ts',
  },
  format: 'esm',
  splitting: true,
  minifySyntax: true,
  // Less to read at each start. Names stay: they stand in the stack of an error.
  minifyWhitespace: true,
  outdir: dist,
  chunkNames: 'chunks/[name]-[hash]',
  banner: { js: REQUIRE },
});
// The tool's digest is part of every receipt: one digest over everything that was built.
const outputs = [hook, hookOfAll, engine, loader, full]
  .flatMap(({ metafile }) => Object.keys(metafile.outputs))
  .sort();
const hash = createHash('sha256');
for (const file of outputs) hash.update(readFileSync(join(root, file)));
const digest = `sha256:${hash.digest('hex')}`;
for (const file of outputs) {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8');
  if (text.includes(DIGEST_PLACEHOLDER)) writeFileSync(path, text.replaceAll(DIGEST_PLACEHOLDER, digest));
}
writeFileSync(join(dist, 'meta-hook.json'), JSON.stringify(hook.metafile));
chmodSync(join(dist, 'cli.js'), 0o755);
if (!process.argv.includes('--no-types')) {
  execFileSync(
    process.execPath,
    [
      join(root, 'node_modules/typescript/bin/tsc'),
      '-p',
      'tsconfig.build.json',
      '--outDir',
      join(dist, 'types'),
    ],
    { cwd: root, stdio: 'inherit' },
  );
}
const old = join(root, `.dist-${process.pid}-old`);
if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), old);
renameSync(dist, join(root, 'dist'));
rmSync(old, { recursive: true, force: true });
