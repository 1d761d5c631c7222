/** The quick gate as git's hooks run it: the streams come from the shipped hooks, with `cat` in node's place. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { admitQuickly, type QuickPlace, type QuickVerdict } from '../../src/gates/quick/admit.js';
import { parsePrefetch, parsePrefetchedCommit } from '../../src/gates/quick/prefetch.js';
import { recordQuickly } from '../../src/gates/quick/record.js';
import { storeDirectory } from '../../src/store/index.js';
import type { TestRepository } from '../support/repository.js';
import { TODAY } from './project.js';

const HOOKS = fileURLToPath(new URL('../../hooks', import.meta.url));
const TOOL = 'test';

export function place(repo: TestRepository): QuickPlace {
  const gitDirectory = join(repo.path, '.git');
  return { store: storeDirectory(gitDirectory), gitDirectory, tool: TOOL, asOf: TODAY, languages: 'all' };
}

/** What the hook's shell hands to node. */
export function streamOf(repo: TestRepository, hook: 'pre-commit' | 'post-commit'): Buffer {
  mkdirSync(join(repo.path, '.git', 'lintel'), { recursive: true });
  const script = readFileSync(join(HOOKS, hook), 'utf8')
    .replaceAll(/"\$lintel_node" "\$lintel_package\/dist\/hook\.cjs" [a-z-]+ "\$@"/g, 'cat')
    .replaceAll('"$@"', '');
  const environment = readFileSync(join(HOOKS, 'environment.sh'), 'utf8');
  return repo.run('sh', ['-c', `lintel_common=.git\n${environment}\n${script}`]).bytes;
}

export function quickVerdict(repo: TestRepository): QuickVerdict {
  return admitQuickly(parsePrefetch(streamOf(repo, 'pre-commit')), place(repo), () => {});
}

export function quickRecord(repo: TestRepository): boolean {
  return (
    recordQuickly(parsePrefetchedCommit(streamOf(repo, 'post-commit')), place(repo), new Date()) === null
  );
}
