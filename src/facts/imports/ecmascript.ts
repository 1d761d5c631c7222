import { finish } from './ecmascript/found.js';
import { prove } from './ecmascript/prove.js';
import { readSyntaxTree } from './ecmascript/syntax-tree.js';
import type { ImportLanguage } from './language.js';

const BYTE_ORDER_MARK = '\uFEFF';

function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/**
 * TypeScript and JavaScript. Two readers that agree: a proof from the text alone for nearly every file, and
 * a syntax tree for the rest. There is no lexer in between, on purpose: es-module-lexer 3.0.5 takes the regular
 * expression after `enum A {}` for a division, and a comment opener inside it then hides every import up to
 * the next comment's end (test/facts/imports/disguise.test.ts).
 */
export const ecmascript: ImportLanguage = {
  name: 'ecmascript/4',
  family: 'ecmascript',
  extensions: ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'],
  extract(path, text) {
    const source = withoutMark(text);
    const proved = prove(path, source);
    if (proved !== null) return { ok: true, sites: finish(source, proved) };
    return readSyntaxTree(path, source);
  },
  quick(path, text) {
    const source = withoutMark(text);
    const proved = prove(path, source);
    return proved === null ? null : finish(source, proved);
  },
};
