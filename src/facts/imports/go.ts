import { type Found, finish, placeOf } from './ecmascript/found.js';
import { GoHeader } from './go/header.js';
import type { ImportLanguage } from './language.js';

/**
 * Go. The language wants imports before every other declaration, so only the head of a file is read. A package
 * is imported whole (`*`), whatever it is called in the file; `import _ "x"` is a side effect.
 */
export const go: ImportLanguage = {
  name: 'go/1',
  family: 'go',
  extensions: ['go'],
  extract(_path, text) {
    const found: Found[] = [];
    const mistake = new GoHeader(text, found).read();
    if (mistake !== null) return { ok: false, message: mistake.message, ...placeOf(text, mistake.at) };
    return { ok: true, sites: finish(text, found) };
  },
};
