import { importsIn, readImports } from './facts/extraction.js';
import type { Done, Work } from './gates/extraction/messages.js';
import { GitError, openRepository, type Repository } from './git/index.js';
import { oid, repoPath } from './model/brand.js';

/** Entry of dist/extract-worker.js: a process that reads the imports of files out of the repository it is started in. */
let opening: Promise<Repository> | null = null;

async function work({ number, paths, oids, fileBytes }: Work): Promise<Done> {
  opening ??= openRepository({ cwd: process.cwd(), environment: process.env });
  const files = paths.map((path, at) => ({ path: repoPath(path), oid: oid(oids[at] ?? '') }));
  return { number, facts: JSON.stringify(await readImports(files, await opening, fileBytes, importsIn)) };
}

process.on('message', (asked: Work) => {
  work(asked).then(
    done => process.send?.(done),
    // Who asked reads the files with a git of its own, and hears there what is wrong with it.
    (error: unknown) => {
      if (!(error instanceof GitError)) throw error;
      process.send?.({ number: asked.number, facts: null } satisfies Done);
    },
  );
});
