/**
 * The part of a path that all spellings of an import of it share: without the extensions that resolution
 * adds or swaps, and without `/index`. If a file is a candidate of an import, their stems are equal.
 */
const EXTENSION = /(?:\.d)?\.(?:[cm]?[jt]sx?|json)$/;

export function stemOf(path: string): string {
  const bare = path.replace(EXTENSION, '');
  if (bare === 'index') return '';
  return bare.endsWith('/index') ? bare.slice(0, -'/index'.length) : bare;
}
