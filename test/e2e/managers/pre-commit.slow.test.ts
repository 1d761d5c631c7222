import test from 'node:test';
import { drive, isInstalled, journey } from './journey.js';

const skip = isInstalled('pre-commit') ? false : 'pre-commit is not installed (apt-get install -y pre-commit)';

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
  journey({ files: { 'package.json': '{ "name": "shop" }\n', 'doomed.txt': 'x\n', '.pre-commit-config.yaml': OWN } }, async use => {
    use.repository.run('pre-commit', ['install']);
    await drive(use, { hooks: 'pre-commit', ownRuns: /OWN HOOK/ });
  }));

test('pre-commit with a pre-push of its own, which is chained and sees the same push', { skip }, () =>
  journey({ files: { 'package.json': '{ "name": "shop" }\n', 'doomed.txt': 'x\n', '.pre-commit-config.yaml': OWN } }, async use => {
    use.repository.run('pre-commit', ['install', '-t', 'pre-commit', '-t', 'pre-push']);
    await drive(use, { hooks: 'pre-commit', ownRuns: /OWN HOOK/ });
  }));
