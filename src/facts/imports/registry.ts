import { ecmascript } from './ecmascript.js';
import type { ImportLanguage } from './language.js';

const LANGUAGES: readonly ImportLanguage[] = [ecmascript];

const byExtension = new Map<string, ImportLanguage>();
for (const language of LANGUAGES)
  for (const extension of language.extensions) byExtension.set(extension, language);

/** The language of a file by its name's last extension, in any letter case; `null`: imports are not read. */
export function languageOf(path: string): ImportLanguage | null {
  const dot = path.lastIndexOf('.');
  if (dot <= path.lastIndexOf('/') + 1) return null;
  return byExtension.get(path.slice(dot + 1).toLowerCase()) ?? null;
}
