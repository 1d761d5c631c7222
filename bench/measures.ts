import { writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { type Command, cleanEnvironment, git, type Timed, timed } from './process.js';
import type { BenchRepository } from './repositories.js';

export const MEASURES = [
  'floor',
  'node -e 0',
  'git diff-index',
  'git cat-file',
  'gate',
  'commit, no hooks',
  'commit, hooks',
] as const;
export type Measure = (typeof MEASURES)[number];

/** The measures that make a commit; the others leave HEAD where it is. */
export const COMMITS = { 'commit, no hooks': 'none', 'commit, hooks': 'hooks' } as const;

export function isCommit(measure: Measure): measure is keyof typeof COMMITS {
  return measure in COMMITS;
}

/** What git sets for a plain `git commit` at the root of the working tree. */
export function hookEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const execPath = git('.', ['--exec-path']).trim();
  return cleanEnvironment({
    GIT_INDEX_FILE: '.git/index',
    GIT_PREFIX: '',
    GIT_EXEC_PATH: execPath,
    GIT_EDITOR: ':',
    PATH: `${execPath}:${process.env['PATH'] ?? ''}`,
    ...extra,
  });
}

/**
 * The commands of one repository. The floor is what no judge can do without, one after the other: start node,
 * ask what is staged, read the staged blobs. It runs below one `sh`, as the gate does, so that both are
 * one process to the one who measures.
 */
export class Bench {
  readonly #oids: string;
  readonly #floor: string;
  readonly #plain = cleanEnvironment();
  readonly #hook = hookEnvironment();

  constructor(private readonly repository: BenchRepository) {
    this.#oids = join(repository.path, '.git/lintel-bench-oids');
    this.#floor = join(repository.path, '.git/lintel-bench-floor');
    writeFileSync(
      this.#floor,
      [
        `'${process.execPath}' -e 0`,
        'git diff-index --cached --raw -z HEAD >/dev/null',
        'git cat-file --batch <.git/lintel-bench-oids >/dev/null',
        '',
      ].join('\n'),
    );
  }

  /** Writes the ids of the staged blobs for the floor's `git cat-file`; not measured. */
  prepare(): void {
    const raw = git(this.repository.path, [
      'diff-index',
      '--cached',
      '--raw',
      '--no-abbrev',
      '--no-renames',
      'HEAD',
    ]);
    const oids = raw.split('\n').flatMap(line => line.split(' ')[3] ?? []);
    writeFileSync(this.#oids, `${oids.join('\n')}\n`);
  }

  run(measure: Measure): Timed {
    return timed(this.#command(measure));
  }

  #command(measure: Measure): Command {
    const cwd = this.repository.path;
    const plain = { cwd, environment: this.#plain };
    switch (measure) {
      case 'floor':
        return { file: 'sh', args: [this.#floor], ...plain };
      case 'node -e 0':
        return { file: process.execPath, args: ['-e', '0'], ...plain };
      case 'git diff-index':
        return { file: 'git', args: ['diff-index', '--cached', '--raw', '-z', 'HEAD'], ...plain };
      case 'git cat-file':
        return { file: 'git', args: ['cat-file', '--batch'], stdin: this.#oids, ...plain };
      case 'gate':
        return { file: 'sh', args: ['.git/hooks/pre-commit'], cwd, environment: this.#hook };
      case 'commit, no hooks':
        return {
          file: 'git',
          args: ['-c', `core.hooksPath=${devNull}`, 'commit', '--quiet', '--message', 'bench'],
          ...plain,
        };
      case 'commit, hooks':
        return { file: 'git', args: ['commit', '--quiet', '--message', 'bench'], ...plain };
    }
  }
}
