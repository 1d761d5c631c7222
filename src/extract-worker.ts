import { importsIn } from './facts/extraction.js';
import type { Done, Work } from './gates/extraction/messages.js';
import { repoPath } from './model/brand.js';

/** Entry of dist/extract-worker.js: a process that reads the imports of the files that it is sent. */
process.on('message', ({ paths, ends, bytes }: Work) => {
  const facts = paths.map((path, at) =>
    importsIn({ path: repoPath(path), bytes: bytes.subarray(ends[at - 1] ?? 0, ends[at]) }),
  );
  const done: Done = { facts: JSON.stringify(facts) };
  process.send?.(done);
});
