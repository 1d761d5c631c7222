import { Cursor, decode } from './cursor.js';
import { exportDeclaration, importDeclaration, isLocalExport } from './declarations.js';
import type { Found } from './found.js';
import { readReferences } from './references.js';
import { scan } from './scan.js';
import { isImportMeta, isQuotedModule, standsAlone } from './words.js';

/**
 * An identifier may be written with escapes (`\u0072equire` is `require`): a text that spells an ASCII letter
 * so can't be searched for words.
 */
const ESCAPED_LETTER = /\\u(?:00[4-7]|\{0*[4-7][0-9a-fA-F]\})/;
/** White space to the parser, and not to regular expressions. */
const UNLIKE_BLANKS = ['\u0085', '\u180e', '\u200b'];
/** What may stand for an ASCII letter in a string: `\x72`, `\162`, `\q`, the end of a continued line. */
const ESCAPED_IN_STRING = /\\(?:[aceEgiloqR]|x[4-7]|1[0-7]|[\n\r\u2028\u2029])/;
const NAME_WITH_ESCAPES = /(['"`])((?:\\(?:\r\n|[\s\S])|[A-Za-z0-9])*)\1/g;
/** Names of members that load, in whatever way they are written. */
const LOADING_MEMBERS = new Set(['require', 'createRequire', 'glob', 'globEager']);
const CREATED_BY_NAME = /['"`]createRequire['"`]/;
/** `import.meta` of which no other member is read than what globs. */
const META_THAT_MAY_GLOB = /\bimport\s*\.\s*meta\b(?!\s*\.\s*(?!glob)[A-Za-z_$])/;

/** The imports and exports that a file begins with. */
function readHead(text: string): { readonly found: Found[]; readonly end: number } {
  const references = readReferences(text);
  const found = [...references.found];
  const cursor = new Cursor(text, references.end);
  for (;;) {
    cursor.skip();
    const start = cursor.at;
    const word = cursor.word();
    let read = false;
    if (word === 'import' || word === 'export') {
      const declaration = word === 'import' ? importDeclaration(cursor) : exportDeclaration(cursor);
      if (declaration?.found) found.push(declaration.found);
      read = declaration !== null;
    } else if (word === null) {
      // A directive: 'use strict'; or an empty statement.
      read = (cursor.string() !== null && cursor.eat(';')) || cursor.eat(';');
    }
    if (!read) return { found, end: start };
  }
}

/** Does a string with escapes spell the name of a member that loads? */
function isSpelled(text: string): boolean {
  if (!text.includes('\\') || !ESCAPED_IN_STRING.test(text)) return false;
  for (const [, , body = ''] of text.matchAll(NAME_WITH_ESCAPES))
    if (body.includes('\\') && LOADING_MEMBERS.has(decode(body) ?? '')) return true;
  return false;
}

interface EdgeWord {
  readonly word: string;
  /** What is looked for: a text is searched several times as fast for an end that begins with a rare letter. */
  readonly end: string;
  harmless(text: string, after: number): boolean;
}

const EDGE_WORDS: readonly EdgeWord[] = [
  { word: 'import', end: 'mport', harmless: isImportMeta },
  { word: 'require', end: 'quire', harmless: () => false },
  { word: 'module', end: 'module', harmless: (text, after) => !isQuotedModule(text, after) },
  { word: 'export', end: 'xport', harmless: isLocalExport },
];

/** True when no word is left that could begin an edge, be it in code, in a comment or in a string. */
function hasNoEdgeWord(text: string, from: number): boolean {
  for (const { word, end, harmless } of EDGE_WORDS) {
    const before = word.length - end.length;
    for (let found = text.indexOf(end, from + before); found !== -1; found = text.indexOf(end, found + 1)) {
      const at = found - before;
      if (text.startsWith(word, at) && standsAlone(text, at, word) && !harmless(text, at + word.length))
        return false;
    }
  }
  return true;
}

/**
 * The imports of a file, proved from its text without a parser: the head is read declaration by declaration,
 * and then either no word is left that could begin an edge, or a careful walk over the tokens accounts for all
 * of them. `null`: not proved.
 *
 * A mistake in the syntax elsewhere in the file changes nothing of the proof, and is not reported.
 */
export function prove(path: string, text: string): readonly Found[] | null {
  if (text.includes('\\u') && ESCAPED_LETTER.test(text)) return null;
  if (UNLIKE_BLANKS.some(blank => text.includes(blank)) || isSpelled(text)) return null;
  // `(import.meta as any).glob('./x/*.ts')`.
  if (text.includes('glob') && META_THAT_MAY_GLOB.test(text)) return null;
  const head = readHead(text);
  // What createRequire returns goes by any name.
  const creates = text.indexOf('createRequire');
  if (creates !== -1 && (creates < head.end || CREATED_BY_NAME.test(text))) return null;
  if (creates === -1 && hasNoEdgeWord(text, head.end)) return head.found;
  const rest = scan(path, text, head.end);
  return rest === null ? null : [...head.found, ...rest];
}
