/** Run as a pre-receive hook: tells on standard error what each backend makes of the pushed commit. */
import { readFileSync } from 'node:fs';
import { GitError, oid, openRepository } from './imports.js';

const [, pushed = ''] = readFileSync(0, 'utf8').split(' ');
for (const backend of ['git', 'embedded'] as const) {
  try {
    const port = await openRepository({ cwd: process.cwd(), environment: process.env, backend });
    const { tree } = await port.commit(oid(pushed));
    const count = (await port.listTree(tree)).length;
    process.stderr.write(`${backend}: ${count} files, worktree ${port.worktree}\n`);
    await port.close();
  } catch (error) {
    process.stderr.write(`${backend}: ${error instanceof GitError ? error.code : ''} ${String(error)}\n`);
  }
}
