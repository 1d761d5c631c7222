import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { CHECKOUT } from '../../support/dist.js';
import { drive, isInstalled, journey } from './journey.js';

const skip = isInstalled('pre-commit')
  ? false
  : 'pre-commit is not installed (apt-get install -y pre-commit)';

const OWN = `# ours
repos:
-   repo: local
    hooks:
    -   id: own
        name: own
        entry: echo OWN HOOK
        language: system
        verbose: true
        always_run: true
        pass_filenames: false
`;

test('pre-commit, with hooks of its own', { skip }, () =>
  journey(
    {
      files: { 'package.json': '{ "name": "shop" }\n', 'doomed.txt': 'x\n', '.pre-commit-config.yaml': OWN },
    },
    async use => {
      use.repository.run('pre-commit', ['install']);
      await drive(use, { hooks: 'pre-commit', ownRuns: /OWN HOOK/ });
    },
  ),
);

test('pre-commit with a pre-push of its own, which is chained and sees the same push', { skip }, () =>
  journey(
    {
      files: { 'package.json': '{ "name": "shop" }\n', 'doomed.txt': 'x\n', '.pre-commit-config.yaml': OWN },
    },
    async use => {
      use.repository.run('pre-commit', ['install', '-t', 'pre-commit', '-t', 'pre-push']);
      await drive(use, { hooks: 'pre-commit', ownRuns: /OWN HOOK/ });
    },
  ),
);

test(
  '.pre-commit-hooks.yaml: a project names lintel’s repository, and runs the lintel that it has installed',
  { skip },
  () =>
    journey({ files: { 'package.json': '{ "name": "shop" }\n' } }, async ({ repository, fake }) => {
      const source = path.join(repository.folder, 'lintel-source');
      cpSync(path.join(CHECKOUT, 'hooks'), path.join(source, 'hooks'), { recursive: true });
      cpSync(path.join(CHECKOUT, '.pre-commit-hooks.yaml'), path.join(source, '.pre-commit-hooks.yaml'));
      for (const args of [
        ['init', '-q'],
        ['add', '-A'],
        ['commit', '-qm', 'x'],
        ['tag', 'v1'],
      ])
        repository.git(args, { cwd: source });
      const stages = ['pre-commit', 'pre-merge-commit', 'post-commit', 'pre-push'];
      repository.write({
        '.pre-commit-config.yaml': `repos:\n- repo: ${source}\n  rev: v1\n  hooks:\n${stages.map(stage => `  - id: lintel-${stage}\n`).join('')}`,
      });
      repository.run('pre-commit', ['install', ...stages.flatMap(stage => ['-t', stage])]);
      repository.stage();
      repository.commit('x');
      repository.git(['push', '-q', '../remote', 'main']);
      if (fake === null) return;
      assert.deepEqual(
        fake.calls().map(call => call.hook),
        ['pre-commit', 'post-commit', 'pre-push'],
      );
      assert.match(
        fake.calls()[2]?.input ?? '',
        /^refs\/heads\/main [0-9a-f]{40} refs\/heads\/main 0{40}\n$/,
      );
    }),
);
