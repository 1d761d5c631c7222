import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { hookEnvironment } from '../measures.js';
import { timed } from '../process.js';
import type { Random } from '../random.js';
import type { BenchRepository } from '../repositories.js';
import { Stager } from '../stage.js';

/** What is staged in the workspace, and what lintel has kept of earlier runs. */
export class Staging {
  readonly #stager: Stager;
  #warm = false;

  constructor(
    private readonly repository: BenchRepository,
    readonly count: number,
    random: Random,
  ) {
    this.#stager = new Stager(repository, count, random);
  }

  /** New content in a few files, each with one new legal import. */
  stage(): { readonly paths: readonly string[]; readonly undo: () => void } {
    const paths = this.#stager.stage();
    return { paths, undo: () => this.#stager.unstage(paths) };
  }

  /** As after a clone: lintel knows nothing. */
  cold(): void {
    rmSync(join(this.repository.path, '.git/lintel'), { recursive: true, force: true });
    this.#warm = false;
  }

  /** As after a commit: HEAD was judged whole, and the last thing that ran was the hook. */
  warm(): void {
    const environment = hookEnvironment();
    const cwd = this.repository.path;
    if (!this.#warm) {
      const args = ['node_modules/lintel/dist/cli.js', 'check', '--all', '--format', 'json'];
      const all = timed({ file: process.execPath, args, cwd, environment });
      if (all.status !== 0 && all.status !== 1)
        throw new Error(`lintel check --all exited with ${all.status}:\n${all.output.slice(0, 2000)}`);
    }
    this.#warm = true;
    const { undo } = this.stage();
    const hook = timed({ file: 'sh', args: ['.git/hooks/pre-commit'], cwd, environment });
    undo();
    if (hook.status !== 0)
      throw new Error(
        `the hook exited with ${hook.status} on a legal change:\n${hook.output.slice(0, 2000)}`,
      );
  }
}
