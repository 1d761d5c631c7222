import test from 'node:test';
import { drive, journey } from './journey.js';

const MANIFEST = '{ "name": "shop" }\n';

test('lefthook with commands', () =>
  journey(
    {
      files: {
        'package.json': MANIFEST,
        'doomed.txt': 'x\n',
        'lefthook.yml':
          '# ours\npre-commit:\n  commands:\n    zeta: # last of ours\n      run: echo OWN COMMAND\n\ncommit-msg:\n  commands:\n    msg:\n      run: "true"\n',
      },
      npm: ['lefthook@2'],
    },
    use => drive(use, { hooks: 'lefthook', ownRuns: /OWN COMMAND[\s\S]*/ }),
  ));

test('lefthook with jobs', () =>
  journey(
    {
      files: {
        'package.json': MANIFEST,
        'doomed.txt': 'x\n',
        'lefthook.yml':
          'pre-commit:\n  jobs:\n    - name: own\n      run: echo OWN COMMAND\npre-push:\n  jobs:\n    - run: cat\n      use_stdin: true\n',
      },
      npm: ['lefthook@2'],
    },
    use => drive(use, { hooks: 'lefthook', ownRuns: /OWN COMMAND/ }),
  ));
