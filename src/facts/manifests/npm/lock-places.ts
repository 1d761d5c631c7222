import { folderOf, within } from './paths.js';

/** Rush keeps pnpm's lock file apart from the place where pnpm works, which the paths in it start from. */
const RUSH = /(?:^|\/)common\/config\/(?:rush|subspaces\/([^/]+))\/pnpm-lock\.yaml$/;

/** Folder that the paths in a lock file of pnpm start from, from the repository's root. */
export function pnpmFolder(path: string): string {
  const found = RUSH.exec(path);
  if (found === null) return folderOf(path);
  const top = path.slice(0, path.lastIndexOf('common/config/'));
  return found[1] === undefined ? `${top}common/temp` : `${top}common/temp/${found[1]}`;
}

/** A project's folder, from the repository's root; one that lies outside of it stays as it is written. */
export function projectFolder(base: string, written: string): string {
  return within(base, written) ?? written;
}
