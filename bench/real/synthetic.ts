import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cleanEnvironment, git } from '../process.js';

/** Git's date format; the same for each synthetic commit, so that a run can be repeated to the byte. */
const DATE = '1700000000 +0000';

/**
 * A clone that shares its objects with the repository under test, so that nothing is written there. It has
 * no checked-out files: lintel judges git objects.
 */
export class PolicyClone {
  readonly path: string;
  private readonly policy: string;

  constructor(repository: string, decisions: string) {
    this.path = join(mkdtempSync(join(tmpdir(), 'lintel-real-')), 'clone');
    const source = resolve(repository);
    git(tmpdir(), ['clone', '--quiet', '--shared', '--no-tags', '--no-checkout', source, this.path]);
    this.policy = this.policyEntries(decisions);
  }

  /** The first parent of a commit. @throws Error for a commit without one. */
  parent(commit: string): string {
    return git(this.path, ['rev-parse', '--verify', `${commit}^1^{commit}`]).trim();
  }

  /** The whole id of a commit, however short it is written. */
  commit(revision: string): string {
    return git(this.path, ['rev-parse', '--verify', `${revision}^{commit}`]).trim();
  }

  subject(commit: string): string {
    return git(this.path, ['log', '-1', '--format=%s', commit]).trim();
  }

  /** A commit of the revision's tree with the decisions laid into it. */
  withPolicy(revision: string, parents: readonly string[]): string {
    const index = join(this.path, '.git', 'lintel-real-index');
    const run = (args: readonly string[], input?: string): string => {
      const environment = { GIT_INDEX_FILE: index, GIT_AUTHOR_DATE: DATE, GIT_COMMITTER_DATE: DATE };
      return git(this.path, args, input, environment);
    };
    run(['read-tree', revision]);
    run(['update-index', '--index-info'], this.policy);
    const tree = run(['write-tree']).trim();
    const message = `${revision} under the decisions`;
    return run(['commit-tree', tree, ...parents.flatMap(parent => ['-p', parent]), '-m', message]).trim();
  }

  /** Makes a commit HEAD, for what always judges HEAD. */
  detach(commit: string): void {
    git(this.path, ['update-ref', '--no-deref', 'HEAD', commit]);
  }

  remove(): void {
    rmSync(resolve(this.path, '..'), { recursive: true, force: true });
  }

  environment(): NodeJS.ProcessEnv {
    return cleanEnvironment();
  }

  /** Lines for `git update-index --index-info`, their blobs written. */
  private policyEntries(folder: string): string {
    const lines: string[] = [];
    for (const name of readdirSync(folder).sort()) {
      const place =
        name === 'config.yaml'
          ? '.architecture/config.yaml'
          : name.endsWith('.md')
            ? `.architecture/decisions/${name}`
            : null;
      if (place === null) continue;
      const text = readFileSync(join(folder, name), 'utf8');
      const blob = git(this.path, ['hash-object', '-w', '--stdin'], text).trim();
      lines.push(`100644 ${blob}\t${place}`);
    }
    return `${lines.join('\n')}\n`;
  }
}
