import test from 'node:test';
import { drive, journey } from './journey.js';

const FILES = { 'package.json': '{ "name": "shop" }\n', 'doomed.txt': 'x\n' };

test('git’s own hooks folder', () =>
  journey({ files: FILES }, use =>
    drive(use, { hooks: 'git’s own hooks folder', args: ['--hooks', 'git'] }),
  ));

test('hand-written hooks', () =>
  journey({ files: FILES }, async use => {
    use.repository.write({
      '.git/hooks/pre-commit': { executable: '#!/bin/sh\necho OWN HOOK\n' },
      '.git/hooks/pre-push': { executable: '#!/bin/sh\ncat >/dev/null\n' },
    });
    await drive(use, { hooks: 'git’s own hooks folder', ownRuns: /OWN HOOK/ });
  }));

test('a tracked core.hooksPath', () =>
  journey(
    { files: { ...FILES, '.githooks/pre-commit': { executable: '#!/bin/sh\necho OWN HOOK\n' } } },
    async use => {
      use.repository.git(['config', 'core.hooksPath', '.githooks']);
      await drive(use, { hooks: 'a custom core.hooksPath', ownRuns: /OWN HOOK/ });
    },
  ));
