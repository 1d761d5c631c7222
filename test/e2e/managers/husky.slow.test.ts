import test from 'node:test';
import { drive, journey } from './journey.js';

test('husky, set up by lintel', () =>
  journey({ files: { 'package.json': '{ "name": "shop" }\n', 'doomed.txt': 'x\n' } }, use =>
    drive(use, { hooks: 'husky' }),
  ));

test('husky, there before with a hook of its own', () =>
  journey(
    {
      files: {
        'package.json': '{ "name": "shop", "scripts": { "prepare": "husky" } }\n',
        '.husky/pre-commit': 'echo OWN HOOK\n',
        'doomed.txt': 'x\n',
      },
      npm: ['husky@9'],
    },
    async use => {
      use.repository.run('node_modules/.bin/husky', []);
      await drive(use, { hooks: 'husky', ownRuns: /OWN HOOK/ });
    },
  ));

test('husky 8, whose hooks git runs directly', () =>
  journey(
    {
      files: {
        'package.json': '{ "name": "shop", "scripts": { "prepare": "husky install" } }\n',
        '.husky/pre-commit': {
          executable: '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\necho OWN HOOK\n',
        },
        'doomed.txt': 'x\n',
      },
      npm: ['husky@8'],
    },
    async use => {
      use.repository.run('node_modules/.bin/husky', ['install']);
      // Its hooks source `.husky/_/husky.sh`, which a linked worktree lacks until npm install runs there: loud, not silent.
      await drive(use, { hooks: 'husky', ownRuns: /OWN HOOK/, linked: 'stops' });
    },
  ));
