import { CsharpFile } from './csharp/file.js';
import type { ImportLanguage } from './language.js';
import { extractLexed } from './tokens/lexed.js';

/**
 * C# (Razor's files are out of reach). `form`: `static`, `alias`, `extern`, `qualified` (a dotted, capitalised name in
 * code: it may begin with a namespace), `type-name` and `assembly` (looked up by reflection); a plain `using` has
 * none. Within a namespace its full name follows after `@`, for names are looked up in it first: `alias@A.B`,
 * `using@A.B`.
 */
export const csharp: ImportLanguage = {
  name: 'csharp/1',
  family: 'dotnet',
  extensions: ['cs', 'csx'],
  extract: (_path, text) => extractLexed(text, file => new CsharpFile(file).read()),
};
