/** Paths inside the tree as plain strings; a folder may be `''`, the root. */

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function below(folder: string, name: string): string {
  return folder === '' ? name : name === '' ? folder : `${folder}/${name}`;
}

/** Anything but a plain name between two slashes. */
const UNPLAIN = /(?:^|\/)(?:\.{0,2}(?:\/|$))/;

/** Joins and normalises; `null`: above the root of the repository. */
export function join(folder: string, relative: string): string | null {
  // As nearly all imports are written: some `../`, then plain names.
  let start = relative.startsWith('./') ? 2 : 0;
  let above = folder;
  for (; above !== '' && relative.startsWith('../', start); start += 3) above = folderOf(above);
  const rest = start === 0 ? relative : relative.slice(start);
  if (!UNPLAIN.test(rest)) return above === '' ? rest : `${above}/${rest}`;
  const segments = folder === '' ? [] : folder.split('/');
  for (const segment of relative.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.join('/');
}

/** What of `path` lies below `folder`; `null`: it doesn't. */
export function relativeTo(folder: string, path: string): string | null {
  if (folder === '' || path === folder) return folder === '' ? path : '';
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null;
}
