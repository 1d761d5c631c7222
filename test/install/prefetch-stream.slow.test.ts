import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { scenario } from './scenario.js';

const FILES = 100_000;

/** Counts records instead of keeping 40 MB of them. */
const COUNTER = `
const fs = require('node:fs');
const parts = [];
const chunk = Buffer.allocUnsafe(1 << 16);
for (;;) {
  const read = fs.readSync(0, chunk, 0, chunk.length, null);
  if (read === 0) break;
  parts.push(Buffer.from(chunk.subarray(0, read)));
}
const stream = Buffer.concat(parts);
let at = 0, records = 0, last = '';
while (at < stream.length) {
  const end = stream.indexOf(10, at);
  last = stream.toString('latin1', at, end);
  const size = / (?:blob|tree) (\\d+) /.exec(last);
  at = end + 1 + (size === null ? 0 : Number(size[1]) + 1);
  records += 1;
}
fs.writeFileSync(__dirname + '/counted', JSON.stringify({ records, last }));
`;

test('100,000 changes arrive whole, each twice', () =>
  scenario({ 'package.json': '{}\n' }, async ({ repository, lintel, init }) => {
    await init({ hooks: 'git' });
    const commit = (branch: string, from: string, text: string) =>
      `commit refs/heads/${branch}\ncommitter T <t@example.com> 1767225600 +0000\ndata 1\nx\n${from}` +
      Array.from({ length: FILES }, (_, n) => {
        const content = `export const ${text}${n} = 1;\n`;
        return `M 100644 inline src/d${Math.floor(n / 100)}/f${n}.ts\ndata ${content.length}\n${content}\n`;
      }).join('');
    const input = commit('before', '', 'a') + commit('after', 'from refs/heads/before\n', 'b');
    repository.git(['fast-import', '--quiet'], { input });
    repository.git(['symbolic-ref', 'HEAD', 'refs/heads/before']);
    repository.git(['read-tree', 'after']);
    writeFileSync(path.join(lintel.folder, 'dist/hook.cjs'), COUNTER);
    repository.run('sh', ['.git/hooks/pre-commit']);
    assert.deepEqual(JSON.parse(repository.read('node_modules/lintel/dist/counted')), {
      records: 1 + 2 * FILES + 1,
      last: 'lintel-end missing',
    });
  }));
