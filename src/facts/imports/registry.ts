import type { ImportLanguage } from './language.js';
import { LANGUAGES } from './languages.js';

const byExtension = new Map<string, ImportLanguage>();
const byName = new Map<string, ImportLanguage>();
for (const language of LANGUAGES) {
  for (const extension of language.extensions) byExtension.set(extension, language);
  for (const name of language.fileNames ?? []) byName.set(name, language);
}

/** The language of a file by its name's last extension, in any letter case; `null`: imports are not read. */
export function languageOf(path: string): ImportLanguage | null {
  const name = path.lastIndexOf('/') + 1;
  const dot = path.lastIndexOf('.');
  if (dot > name) {
    const language = byExtension.get(path.slice(dot + 1).toLowerCase());
    if (language !== undefined) return language;
  }
  return byName.get(path.slice(name)) ?? null;
}

/** Extensions of a family's files, without the dot: by what name a rule may call a file of its folder. */
export function extensionsOf(family: string): readonly string[] {
  return LANGUAGES.filter(language => language.family === family).flatMap(language => language.extensions);
}
