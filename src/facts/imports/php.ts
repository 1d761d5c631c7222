import { finish, placeOf } from './ecmascript/found.js';
import type { ImportLanguage } from './language.js';
import { Lexer } from './php/lexer.js';
import { Reader } from './php/reader.js';
import { LexicalError } from './tokens/lexical-error.js';

/**
 * PHP. One site for each thing that a file refers to, at its first place: what `use` names, classes named in
 * code (by their whole name, or as members of the file's namespace), functions and constants named with a
 * backslash, and included files.
 *
 * Not seen: functions and constants without a backslash (PHP looks for them in two places when it runs), classes
 * named in strings and doc comments.
 */
export const php: ImportLanguage = {
  name: 'php/1',
  family: 'php',
  extensions: ['php', 'phtml'],
  fileNames: ['artisan', 'console'],
  extract(_path, text) {
    try {
      const reader = new Reader(text, new Lexer(text).read());
      reader.read();
      const { found, declares } = reader.references.all();
      const sites = finish(
        text,
        found.map(one => ({ ...one, typeOnly: false })),
      );
      return { ok: true, sites, ...(declares.length > 0 && { declares }) };
    } catch (error) {
      if (!(error instanceof LexicalError)) throw error;
      return { ok: false, message: error.message, ...placeOf(text, error.at) };
    }
  },
};
