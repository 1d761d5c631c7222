import { KotlinFile } from './jvm/kotlin-file.js';
import type { ImportLanguage } from './language.js';
import { extractLexed } from './tokens/lexed.js';

/**
 * Kotlin, scripts too. `form`: `qualified` (a name that code spells out with its package) and `class-name` (looked
 * up by `Class.forName`). What a file uses of its own package needs no import and is no edge.
 */
export const kotlin: ImportLanguage = {
  name: 'kotlin/1',
  family: 'jvm',
  extensions: ['kt', 'kts'],
  extract: (path, text) => extractLexed(text, file => new KotlinFile(path, file).read()),
};
