const IMPORT_META = /\s*\.\s*meta\b/y;
const QUOTED_NAME = /\s*['"/]/y;
const WORD_CHARACTER = /[\w$]/;

/** Does the word stand alone at `at`? Beside letters past ASCII it is said to, which only costs a proof. */
export function standsAlone(text: string, at: number, word: string): boolean {
  return !WORD_CHARACTER.test(text.charAt(at - 1)) && !WORD_CHARACTER.test(text.charAt(at + word.length));
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
