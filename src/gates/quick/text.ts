import { languageOf } from '../../facts/imports/registry.js';
import type { FileImports, ImportSite } from '../../model/edges.js';

const BINARY_WINDOW = 8000;
const LFS_POINTER = 'version https://git-lfs.github.com/spec/v1';

/** `null` for what a rule about text must look at more closely: binary, not UTF-8, or kept in Git LFS. */
export function quickText(content: Buffer | undefined): string | null {
  if (content === undefined) return null;
  const zero = content.indexOf(0);
  if (zero >= 0 && zero < BINARY_WINDOW) return null;
  const text = content.toString('utf8');
  if (text.includes('\uFFFD') || text.startsWith(LFS_POINTER)) return null;
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** Imports of a code file, the cheapest way that proves them; `null` when they can't be told. */
export function quickSites(path: string, text: string | null): readonly ImportSite[] | null {
  const language = languageOf(path);
  if (language === null || text === null) return null;
  return language.quick?.(path, text) ?? quickImports(path, text)?.sites ?? null;
}

/** Also what the file declares. */
export function quickImports(path: string, text: string | null): FileImports | null {
  const language = languageOf(path);
  if (language === null || text === null) return null;
  const extraction = language.extract(path, text);
  return extraction.ok ? extraction : null;
}
