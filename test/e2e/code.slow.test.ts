/** `forbid-code` and `require-code` with real git and the built package. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { CHECKOUT } from '../support/dist.js';
import { assertSays, createGate, expectBoth, type Gate, withGate } from './gate.js';

const ADR = '.architecture/decisions/0001-logging.md';
const FILES = {
  '.architecture/config.yaml': 'version: 1\n',
  [ADR]: `---
id: ADR-0001
title: Logging goes through the logger
status: accepted
invariants:
  - id: no-console
    forbid-code: { in: "src/**", language: typescript, rule: "console.$METHOD($$$)" }
    because: Output must carry the request's id.
    instead: Call src/log.ts.
  - id: no-shell
    forbid-code:
      in: "tools/**"
      language: python
      rule: { any: [{ pattern: os.system($$$) }, { pattern: subprocess.$CALL($$$), has: { pattern: shell=True, stopBy: end } }] }
  - id: handlers-check
    require-code: { in: "src/handlers/**", language: ts, rule: "authorise($$$)" }
---
# Logging goes through the logger
`,
  'src/old.ts': 'console.log(1);\nexport const old = 1;\n',
  'src/handlers/a.ts': "import { authorise } from '../auth';\nauthorise();\n",
  'tools/run.py': 'import subprocess\nsubprocess.run(["ls"])\n',
};
const ENGINE = ['napi'];
const PYTHON = ['napi', 'lang-python'];

/** Puts packages of this checkout into the installed one. */
function install(gate: Gate, packages: readonly string[]): void {
  const scope = path.join(gate.package, 'node_modules/@ast-grep');
  rmSync(scope, { recursive: true, force: true });
  mkdirSync(scope, { recursive: true });
  for (const name of packages)
    symlinkSync(path.join(CHECKOUT, 'node_modules/@ast-grep', name), path.join(scope, name));
}

async function withEngine(packages: readonly string[], use: (gate: Gate) => void): Promise<void> {
  await withGate(
    FILES,
    gate => {
      install(gate, packages);
      use(gate);
    },
    { ownPackage: true },
  );
}

function admits(gate: Gate): void {
  const { code, stdout, stderr } = gate.commit();
  assert.equal(code, 0, stdout + stderr);
}

function blocks(gate: Gate, ...says: readonly (string | RegExp)[]): void {
  const { code, stdout, stderr } = gate.commit();
  assert.notEqual(code, 0, stdout + stderr);
  for (const text of says) assertSays(stdout + stderr, text);
}

function unstage({ repo }: Gate): void {
  repo.git(['reset', '-q', '--hard']);
}

describe('code', () => {
  it('blocks a forbidden call with its place and reason, and what is old or no call passes', async () => {
    await withEngine(PYTHON, gate => {
      gate.change({ 'src/a.ts': '// console.log(1)\nif (x) {\n  console\n    .error("x");\n}\n' });
      expectBoth(gate, {
        code: 1,
        says: [
          'ADR-0001',
          'no-console',
          'src/a.ts:3',
          'must not contain `console',
          "the request's id",
          'Call src/log.ts.',
        ],
      });
      unstage(gate);
      gate.change({ 'src/a.ts': '// console.log(1)\nexport const a = "console.log(1)";\n' });
      admits(gate);
      gate.change({ 'src/old.ts': 'export const older = 0;\n  console.log(1);\nexport const old = 1;\n' });
      admits(gate);
      gate.change({ 'src/old.ts': 'console.log(1);\nconsole.log(1);\n' });
      blocks(gate, 'src/old.ts:');
    });
  });

  it('reads Python by its own grammar', async () => {
    await withEngine(PYTHON, gate => {
      gate.change({ 'tools/run.py': 'import subprocess\nsubprocess.run("ls",\n  shell=True)\n' });
      expectBoth(gate, { code: 1, says: ['no-shell', 'tools/run.py:2', 'subprocess.run("ls",'] });
      unstage(gate);
      gate.change({ 'tools/run.py': 'import subprocess\nsubprocess.run(["ls"])\n# os.system("ls")\n' });
      admits(gate);
    });
  });

  it('asks for required code in new files and where it is taken out', async () => {
    await withEngine(ENGINE, gate => {
      gate.change({ 'src/handlers/b.ts': '// authorise()\nexport {};\n' });
      expectBoth(gate, {
        code: 1,
        says: ['handlers-check', 'src/handlers/b.ts', 'must contain code that matches'],
      });
      unstage(gate);
      gate.change({ 'src/handlers/a.ts': "import { authorise } from '../auth';\n" });
      blocks(gate, 'src/handlers/a.ts');
      unstage(gate);
      gate.change({ 'src/handlers/b.ts': 'authorise(1);\n' });
      admits(gate);
    });
  });

  it('without the package of a language: what may break the rule is not let in, what can’t is', async () => {
    await withEngine(ENGINE, gate => {
      gate.change({ 'tools/run.py': 'import os\nos.system("ls")\n' });
      expectBoth(gate, {
        code: 3,
        says: ['@ast-grep/lang-python', 'npm install --save-dev @ast-grep/lang-python@0.0.6', 'no-shell'],
      });
      unstage(gate);
      gate.change({ 'tools/other.py': 'print(1)\n', 'src/a.ts': 'export {};\n' });
      admits(gate);
      // A rename brings in nothing, and yet can't be judged.
      gate.change({ 'tools/debt.py': 'import os\nos.system("ls")\n' });
      gate.repo.commit('old debt', '--no-verify');
      gate.repo.git(['mv', 'tools/debt.py', 'tools/moved.py']);
      blocks(gate, '@ast-grep/lang-python', 'could not judge');
      unstage(gate);
      const all = gate.lintel(['check', '--all']);
      assert.equal(all.code, 3, all.stdout + all.stderr);
      assert.match(all.stdout + all.stderr, /lang-python/);
    });
  });

  it('without the engine: likewise, and a change of the policy itself is still possible', async () => {
    await withEngine([], gate => {
      gate.change({ 'src/a.ts': 'console.log(1);\n' });
      expectBoth(gate, { code: 3, says: ['@ast-grep/napi', 'npm install --include=optional'] });
      unstage(gate);
      gate.change({ 'src/a.ts': 'export {};\n' });
      admits(gate);
      gate.change({ [ADR]: FILES[ADR].replace('console.$METHOD($$$)', 'console.log($$$)') });
      admits(gate);
    });
  });

  it('a broken library of a language is an error with a remedy, and no abort', async () => {
    await withEngine(ENGINE, gate => {
      const folder = path.join(gate.package, 'node_modules/@ast-grep/lang-python');
      mkdirSync(folder, { recursive: true });
      symlinkSync(path.join(CHECKOUT, 'package.json'), path.join(folder, 'parser.so'));
      writeFileSync(
        path.join(folder, 'index.js'),
        "module.exports = { libraryPath: __dirname + '/parser.so', extensions: ['py'], expandoChar: 'µ' };\n",
      );
      gate.change({ 'tools/run.py': 'import os\nos.system("ls")\n' });
      expectBoth(gate, { code: 3, says: ['parser.so: ', 'npm install --save-dev @ast-grep/lang-python@'] });
    });
  });

  it('a rule that the engine refuses is a mistake in the decision', async () => {
    await withEngine(ENGINE, gate => {
      gate.change({ [ADR]: FILES[ADR].replace('console.$METHOD($$$)', 'console.log(') });
      expectBoth(gate, { code: 2, says: [`${ADR}:7:`, "can't be read as TypeScript"] });
    });
  });

  it('loads no engine for a commit that holds no word of the patterns', async () => {
    const gate = await createGate(FILES, { ownPackage: true });
    try {
      // Nothing of the engine is installed: loading it would fail.
      gate.change({ 'src/a.ts': 'export const a = 1;\n' });
      admits(gate);
      gate.change({ 'src/a.ts': 'export const a = 2;\n', 'tools/a.py': 'print(1)\n' });
      admits(gate);
    } finally {
      await gate.dispose();
    }
  });
});
