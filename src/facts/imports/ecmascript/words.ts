const IMPORT_META = /\s*\.\s*meta\b/y;
const QUOTED_NAME = /\s*['"/]/y;
const PAST_ASCII = /[\\\u0080-\uffff]/;
const ESCAPE = /\\u(?:\{\w*\}|\w{4})$/;
const WORD_CHARACTER = /[\w$]/;

/** Does the word stand alone at `at`? Beside letters past ASCII and escapes it is said to: see `isDoubtful`. */
export function standsAlone(text: string, at: number, word: string): boolean {
  return !WORD_CHARACTER.test(text.charAt(at - 1)) && !WORD_CHARACTER.test(text.charAt(at + word.length));
}

/** A word that may be part of a longer one: a letter past ASCII, or one that is written with an escape, stands beside it. */
export function isDoubtful(text: string, at: number, word: string): boolean {
  return (
    PAST_ASCII.test(text.charAt(at - 1)) ||
    PAST_ASCII.test(text.charAt(at + word.length)) ||
    ESCAPE.test(text.slice(Math.max(0, at - 80), at))
  );
}

/** `import.meta` names no module. */
export function isImportMeta(text: string, afterImport: number): boolean {
  IMPORT_META.lastIndex = afterImport;
  return IMPORT_META.test(text);
}

/** `module 'x'`: a declaration of another module, if this is code at all. */
export function isQuotedModule(text: string, afterModule: number): boolean {
  QUOTED_NAME.lastIndex = afterModule;
  return QUOTED_NAME.test(text);
}
