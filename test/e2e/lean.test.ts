/** What an admitted commit without a candidate finding does not load. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { BASIC, VIOLATION } from '../gates/project.js';
import { buildIfStale, CHECKOUT } from '../support/dist.js';
import { createGate, type Gate } from './gate.js';

const HEAVY = ['yaml', 'cosmiconfig', 'diff', 'kleur', 'isomorphic-git', 'commander', 'ajv', 'micromatch'];

/** Of esbuild's metafile: what each output really holds. */
interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      {
        readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
        readonly imports: readonly { readonly path: string }[];
      }
    >
  >;
}

const POISON = `throw new Error('the full judge was loaded');\n`;

function poison(gate: Gate): void {
  writeFileSync(path.join(gate.package, 'dist/judge.js'), POISON);
  // Its parts too: nothing but the one file is there to be loaded.
  rmSync(path.join(gate.package, 'dist/chunks'), { recursive: true });
  rmSync(path.join(gate.package, 'node_modules'), { recursive: true });
}

describe('the commit gate', () => {
  it('bundles no YAML, no configuration search, no diff, no colours', () => {
    buildIfStale();
    const { outputs } = JSON.parse(
      readFileSync(path.join(CHECKOUT, 'dist/meta-hook.json'), 'utf8'),
    ) as Metafile;
    const held = Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([name, { bytesInOutput }]) => (bytesInOutput > 0 ? [name] : [])),
    );
    assert.ok(held.includes('src/gates/quick/admit.ts'), 'the gate is what the file is about');
    const packages = held.flatMap(name => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1] ?? []);
    const named = Object.values(outputs).flatMap(({ imports }) => imports.map(found => found.path));
    assert.deepEqual(
      HEAVY.filter(name => packages.includes(name) || named.includes(name)),
      [],
    );
  });

  it('admits a warm clean commit, and records it, with nothing else there to be loaded', async () => {
    const gate = await createGate(BASIC, { ownPackage: true });
    try {
      gate.change({ 'src/api/warm.ts': 'export {};\n' });
      assert.equal(gate.commit().code, 0);
      poison(gate);
      for (const files of [
        { 'src/ui/list.ts': "import { pool } from '../api';\nexport const list = pool;\n" },
        { 'src/ui/more.ts': "export * from './list';\n" },
        { 'docs/x.md': 'text\n' },
        { 'docs/x.md': null },
      ]) {
        gate.change(files);
        const { code, stderr } = gate.commit();
        assert.equal(code, 0, stderr);
        assert.doesNotMatch(stderr, /error|remedy/);
      }
      gate.change(VIOLATION);
      const blocked = gate.commit();
      assert.equal(blocked.code, 1, 'what it can not show to be clean is not its to admit');
      assert.match(blocked.stderr, /the full judge was loaded/);
    } finally {
      await gate.dispose();
    }
  });
});
