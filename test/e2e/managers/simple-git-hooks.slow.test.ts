import test from 'node:test';
import { drive, journey } from './journey.js';

test('simple-git-hooks in package.json', () =>
  journey(
    {
      files: {
        'package.json':
          '{\n  "name": "shop",\n  "simple-git-hooks": {\n    "pre-commit": "echo OWN COMMAND",\n    "pre-push": "cat"\n  }\n}\n',
        'doomed.txt': 'x\n',
      },
      npm: ['simple-git-hooks@2'],
    },
    async use => {
      use.repository.run('node_modules/.bin/simple-git-hooks', []);
      await drive(use, { hooks: 'simple-git-hooks', ownRuns: /OWN COMMAND/ });
    },
  ));
