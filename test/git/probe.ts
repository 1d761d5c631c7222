/** Run by hooks of test repositories: says what the index that git is about to commit changes. */
import { appendFileSync } from 'node:fs';
import { oid, openRepository } from './imports.js';
import { shown } from './shown.js';

const [report = '', backend = 'git'] = process.argv.slice(2);
const repository = await openRepository({
  cwd: process.cwd(),
  environment: process.env,
  backend: backend === 'embedded' ? 'embedded' : 'git',
});
try {
  const head = await repository.resolveCommit('HEAD');
  const tree = head === null ? repository.emptyTree : (await repository.commit(head)).tree;
  const changes = await repository.diffIndex(oid(tree));
  appendFileSync(report, `${JSON.stringify({ backend, changes: shown(changes) })}\n`);
} catch (error) {
  appendFileSync(report, `${JSON.stringify({ backend, error: String(error) })}\n`);
} finally {
  await repository.close();
}
