import { spawnSync } from 'node:child_process';

export interface Blob {
  readonly path: string;
  readonly oid: string;
}

function git(repository: string, args: readonly string[], input?: string): Buffer {
  const run = spawnSync('git', ['-C', repository, ...args], { input, maxBuffer: 2 ** 31 - 1 });
  if (run.status !== 0) throw new Error(`git ${args.join(' ')}: ${run.stderr.toString()}`);
  return run.stdout;
}

/** Every regular file of a revision. */
export function listBlobs(repository: string, revision: string): readonly Blob[] {
  const blobs: Blob[] = [];
  for (const line of git(repository, ['ls-tree', '-r', '-z', '--full-tree', revision])
    .toString()
    .split('\0')) {
    const match = /^(?:100644|100755) blob ([0-9a-f]+)\t(.*)$/s.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) blobs.push({ oid: match[1], path: match[2] });
  }
  return blobs;
}

/** Their texts, in order, a few hundred at a time. */
export function* readBlobs<B extends Blob>(
  repository: string,
  blobs: readonly B[],
): Generator<readonly [B, string]> {
  for (let from = 0; from < blobs.length; from += 400) {
    const part = blobs.slice(from, from + 400);
    const output = git(repository, ['cat-file', '--batch'], `${part.map(blob => blob.oid).join('\n')}\n`);
    let at = 0;
    for (const blob of part) {
      const headerEnd = output.indexOf(10, at);
      const [, type, length] = output.subarray(at, headerEnd).toString().split(' ');
      if (type === 'missing') {
        console.error(`${blob.path}: the repository does not have its blob; passed over`);
        at = headerEnd + 1;
        continue;
      }
      const size = Number(length);
      yield [blob, output.toString('utf8', headerEnd + 1, headerEnd + 1 + size)];
      at = headerEnd + 1 + size + 1;
    }
  }
}
