import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fakePackage } from '../../install/fake-package.js';
import { CHECKOUT } from '../../support/dist.js';
import { createRepository, type TestRepository } from '../../support/repository.js';

/** The stand-in package with a command line, installed by the real npm. */
async function project(
  use: (repository: TestRepository, npm: (...args: readonly string[]) => string) => void,
): Promise<void> {
  const repository = await createRepository({
    files: {
      '.gitignore': 'node_modules/\n',
      'package.json': `${JSON.stringify({ name: 'shop', private: true, scripts: { prepare: 'lintel install || exit 0' } })}\n`,
      '.architecture/config.yaml': 'version: 1\n',
      '.architecture/decisions/0001-x.md': '# X\n',
    },
  });
  try {
    const fake = fakePackage(repository, 'lintel');
    mkdirSync(path.join(fake.folder, 'bin'));
    const loader = path.join(CHECKOUT, 'node_modules/tsx/dist/loader.mjs');
    const module = JSON.stringify(path.join(CHECKOUT, 'src/install/index.ts'));
    writeFileSync(
      path.join(fake.folder, 'bin/lintel.mjs'),
      `#!/usr/bin/env -S node --import ${loader}\n` +
        `import { install } from ${module};\n` +
        'const report = await install({ cwd: process.cwd(), environment: process.env, say: line => console.log(line) });\n' +
        "if (report.state === 'incomplete') process.exit(1);\n",
      { mode: 0o755 },
    );
    writeFileSync(
      path.join(fake.folder, 'package.json'),
      '{"name":"lintel","version":"0.0.0","bin":"bin/lintel.mjs"}\n',
    );
    const npm = (...args: readonly string[]): string => {
      const ci = args.includes('CI') ? { CI: 'true' } : { CI: undefined };
      const { stdout, stderr } = repository.run(
        'npm',
        [...args.filter(arg => arg !== 'CI'), '--no-audit', '--no-fund', '--foreground-scripts'],
        { env: ci },
      );
      return stdout + stderr;
    };
    npm('install', '-D', fake.folder, '--ignore-scripts');
    use(repository, npm);
  } finally {
    await repository.dispose();
  }
}

test('npm install sets the hooks up by itself; npm ci --omit=dev, CI and a folder without .git get through', () =>
  project((repository, npm) => {
    const hook = path.join(repository.path, '.git/hooks/pre-commit');
    npm('ci', '--omit=dev');
    assert.ok(!existsSync(path.join(repository.path, 'node_modules/lintel')));
    assert.ok(!existsSync(hook));
    assert.match(npm('ci', 'CI'), /CI is set, so no hooks are installed here/);
    assert.ok(!existsSync(hook));
    npm('install');
    assert.ok(existsSync(hook));
    repository.run('mv', ['.git', '../git-away']);
    assert.match(npm('install'), /no git repository here/);
  }));
