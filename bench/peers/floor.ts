import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listBlobs } from '../oracle/blobs.js';
import { cleanEnvironment, git } from '../process.js';
import { commandOf } from './process.js';
import type { Staging } from './staging.js';
import type { Tool, Workspace } from './tool.js';

export const FLOOR = 'floor';
export const READ_ALL = 'cat-file --batch of every source file';

/** What nobody can do without: reading what is judged, and for a hook starting at all. */
export function floor(workspace: Workspace, staging: Staging): Tool {
  const { repository, scratch } = workspace;
  const root = repository.path;
  const wanted = join(scratch, 'source-oids');
  const staged = join(scratch, 'staged-oids');
  const script = join(scratch, 'floor.sh');
  const nothing = (): void => {};
  return {
    name: FLOOR,
    version: git('.', ['--version']).trim(),
    cannot: { cycles: 'only reads', layers: 'only reads', reach: 'only reads' },
    async setUp() {
      const sources = new Set(workspace.sources);
      const oids = listBlobs(root, 'HEAD').filter(({ path }) => sources.has(path));
      writeFileSync(wanted, `${oids.map(({ oid }) => oid).join('\n')}\n`);
      writeFileSync(
        script,
        [
          `'${process.execPath}' -e 0`,
          'git diff-index --cached --raw -z HEAD >/dev/null',
          `git cat-file --batch <'${staged}' >/dev/null`,
          '',
        ].join('\n'),
      );
    },
    measures: [
      {
        name: READ_ALL,
        prepare: () => ({
          command: {
            file: 'git',
            args: ['cat-file', '--batch'],
            cwd: root,
            environment: cleanEnvironment(),
            stdin: wanted,
          },
          undo: nothing,
        }),
        exits: [0],
      },
      {
        name: `node -e 0, diff-index, cat-file of ${staging.count} staged files`,
        prepare() {
          const { undo } = staging.stage();
          const raw = git(root, ['diff-index', '--cached', '--raw', '--no-abbrev', '--no-renames', 'HEAD']);
          const oids = raw.split('\n').flatMap(line => line.split(' ')[3] ?? []);
          writeFileSync(staged, `${oids.join('\n')}\n`);
          return { command: commandOf(root, 'sh', [script]), undo };
        },
        exits: [0],
      },
    ],
  };
}
