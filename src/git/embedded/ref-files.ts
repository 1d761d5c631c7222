import { isOid } from '../../model/brand.js';
import { GitError } from '../repository.js';
import { type FileSystem, namesIn, readTextIfThere, statIfThere } from './file-system.js';
import type { RefValue } from './sources.js';

/**
 * Refs as files (gitrepository-layout(5)): `<name>` holds `ref: <other>` or an oid and wins over packed-refs:
 *
 *     # pack-refs with: peeled fully-peeled sorted
 *     <oid> SP <name> LF
 *     ^<oid that the tag above peels to> LF
 */
export async function readRef(fs: FileSystem, gitDirectory: string, name: string): Promise<RefValue | null> {
  // Outside refs/ only pseudo-refs are refs; `config` and `index` are files of another kind.
  if (!/^refs\/./.test(name) && !/^[A-Z_]+$/.test(name)) return null;
  if (name.split('/').includes('..')) return null;
  const loose = await readTextIfThere(fs, `${gitDirectory}/${name}`);
  if (loose !== null) return parseRef(loose, name);
  const id = (await packedRefs(fs, gitDirectory)).get(name);
  return id === undefined ? null : parseRef(id, name);
}

function parseRef(text: string, name: string): RefValue {
  const target = /^ref:\s*(\S+)/.exec(text)?.[1];
  if (target !== undefined) return { to: target };
  // MERGE_HEAD and FETCH_HEAD may hold more lines and words; the first is what the name stands for.
  const [id = ''] = text.split(/\s/, 1);
  if (!isOid(id)) throw new GitError('failed', `the ref ${name} is damaged`, 'git fsck');
  return { oid: id };
}

async function packedRefs(fs: FileSystem, gitDirectory: string): Promise<ReadonlyMap<string, string>> {
  const refs = new Map<string, string>();
  for (const line of ((await readTextIfThere(fs, `${gitDirectory}/packed-refs`)) ?? '').split('\n')) {
    const space = line.indexOf(' ');
    if (space !== -1 && !line.startsWith('#')) refs.set(line.slice(space + 1), line.slice(0, space));
  }
  return refs;
}

export async function refNames(fs: FileSystem, gitDirectory: string): Promise<readonly string[]> {
  const names = new Set((await packedRefs(fs, gitDirectory)).keys());
  const visit = async (folder: string): Promise<void> => {
    for (const child of await namesIn(fs, `${gitDirectory}/${folder}`)) {
      const name = `${folder}/${child}`;
      const found = await statIfThere(fs, `${gitDirectory}/${name}`);
      if (found?.isDirectory() === true) await visit(name);
      // A lock belongs to a ref that is being written.
      else if (found !== null && !name.endsWith('.lock')) names.add(name);
    }
  };
  await visit('refs');
  return [...names];
}
