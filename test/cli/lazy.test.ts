import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build, type Metafile } from 'esbuild';

/** Everything that is loaded with an output before a single command has run. */
function loadedWith(metafile: Metafile, output: string, seen = new Set<string>()): Set<string> {
  if (seen.has(output)) return seen;
  seen.add(output);
  for (const { path, kind } of metafile.outputs[output]?.imports ?? [])
    if (kind === 'import-statement') loadedWith(metafile, path, seen);
  return seen;
}

test('the entry loads commander and lintel’s own few files, no library that a command may not need', async () => {
  const { metafile } = await build({
    entryPoints: { cli: 'src/cli/main.ts' },
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    outdir: 'unwritten',
    external: ['oxc-parser', 'husky', 'typescript'],
    logLevel: 'silent',
  });
  const files = [...loadedWith(metafile, 'unwritten/cli.js')];
  const inputs = files.flatMap(file => Object.keys(metafile.outputs[file]?.inputs ?? {}));
  const packages = new Set(
    inputs.flatMap(input => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []),
  );
  assert.deepEqual([...packages], ['commander']);
  const folders = new Set(inputs.flatMap(input => /^src\/([^/]+)\//.exec(input)?.[1] ?? []));
  assert.deepEqual([...folders].sort(), ['cli', 'git', 'model', 'report']);
  const all = Object.values(metafile.outputs).flatMap(({ inputs: of }) => Object.keys(of));
  assert.ok(
    all.some(input => input.includes('node_modules/kleur/')),
    'kleur is there, but behind a command',
  );
});
