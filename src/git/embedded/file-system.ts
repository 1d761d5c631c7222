import { decodeBytes } from '../path-bytes.js';
import { GitError } from '../repository.js';

interface Stats {
  isFile(): boolean;
  isDirectory(): boolean;
}

/**
 * The part of `node:fs` that the embedded backend needs; memfs and isomorphic-git's own file systems have it.
 * isomorphic-git demands all of them; those that write are never called and may throw.
 */
export interface FileSystem {
  readonly promises: {
    readFile(path: string): Promise<Uint8Array | string>;
    readdir(path: string): Promise<readonly string[]>;
    stat(path: string): Promise<Stats>;
    lstat(path: string): Promise<Stats>;
    readlink(path: string): Promise<string>;
    writeFile(path: string, content: Uint8Array | string): Promise<unknown>;
    unlink(path: string): Promise<unknown>;
    mkdir(path: string): Promise<unknown>;
    rmdir(path: string): Promise<unknown>;
    symlink(target: string, path: string): Promise<unknown>;
  };
}

/** `null`: there is no such file. Anything else that keeps it from being read is an error. */
export async function readIfThere(fs: FileSystem, path: string): Promise<Buffer | null> {
  return ifThere(path, async () => Buffer.from(await fs.promises.readFile(path)));
}

export async function readTextIfThere(fs: FileSystem, path: string): Promise<string | null> {
  const bytes = await readIfThere(fs, path);
  return bytes === null ? null : decodeBytes(bytes);
}

export async function statIfThere(fs: FileSystem, path: string): Promise<Stats | null> {
  return ifThere(path, () => fs.promises.stat(path));
}

export async function namesIn(fs: FileSystem, folder: string): Promise<readonly string[]> {
  return (await ifThere(folder, () => fs.promises.readdir(folder))) ?? [];
}

async function ifThere<T>(path: string, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null;
    throw new GitError(
      'failed',
      `${path} can't be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
