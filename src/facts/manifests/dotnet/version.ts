/**
 * The version that NuGet takes for what is written: a plain one (the lowest that it admits is what it takes for a
 * package that a project wants itself), or `[1.2.3]`. `null`: more than one may come.
 */
export function exactVersion(range: string): string | null {
  const plain = range.trim();
  const pinned = /^\[\s*([^,\s\]]+)\s*\]$/.exec(plain)?.[1] ?? plain;
  return /^\d+(?:\.\d+){0,3}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.test(pinned) ? pinned : null;
}
