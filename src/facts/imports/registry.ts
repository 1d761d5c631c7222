import { astro } from './astro.js';
import { c } from './c.js';
import { csharp } from './csharp.js';
import { ecmascript } from './ecmascript.js';
import { go } from './go.js';
import { java } from './java.js';
import { kotlin } from './kotlin.js';
import type { ImportLanguage } from './language.js';
import { php } from './php.js';
import { python } from './python.js';
import { ruby } from './ruby.js';
import { rust } from './rust.js';
import { svelte } from './svelte.js';
import { vue } from './vue.js';

const LANGUAGES: readonly ImportLanguage[] = [
  ecmascript,
  vue,
  svelte,
  astro,
  python,
  go,
  java,
  kotlin,
  csharp,
  rust,
  php,
  ruby,
  c,
];

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
