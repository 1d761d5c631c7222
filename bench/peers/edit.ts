import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from './tool.js';

/** Always the same file, so that runs compare; its new content is new each time. */
export function editedFile({ sources }: Workspace): string {
  const path = sources[Math.floor(sources.length / 2)];
  if (path === undefined) throw new Error('there is no source file to edit');
  return path;
}

/** Appends a comment in the working tree. @returns what takes it back. */
export function editInPlace(workspace: Workspace): () => void {
  const file = join(workspace.repository.path, editedFile(workspace));
  const before = readFileSync(file);
  appendFileSync(file, `// edited ${process.hrtime.bigint()}\n`);
  return () => writeFileSync(file, before);
}
