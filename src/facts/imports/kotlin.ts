import { placeOf } from './ecmascript/found.js';
import { KotlinFile } from './jvm/kotlin-file.js';
import type { ImportLanguage } from './language.js';
import { LexicalError } from './tokens/tokens.js';

/**
 * Kotlin, scripts too. `form`: `qualified` (a name that code spells out with its package) and `class-name` (looked
 * up by `Class.forName`). What a file uses of its own package needs no import and is no edge.
 */
export const kotlin: ImportLanguage = {
  name: 'kotlin/1',
  family: 'jvm',
  extensions: ['kt', 'kts'],
  extract(path, text) {
    const file = text.startsWith('\uFEFF') ? text.slice(1) : text;
    try {
      return new KotlinFile(path, file).read();
    } catch (error) {
      if (!(error instanceof LexicalError)) throw error;
      return { ok: false, message: error.message, ...placeOf(file, error.at) };
    }
  },
};
