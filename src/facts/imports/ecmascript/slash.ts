/** What the walk knows of the text before a slash. */
export interface Before {
  /** Nothing before this offset may be looked at: a comment ends here, or a declaration. */
  readonly floor: number;
  /** Where the last string, template or regular expression ended. */
  readonly literalEnd: number;
  /** Where the parenthesis that was closed last had opened. */
  readonly lastOpened: number;
  /** A dot stands before the floor. */
  readonly afterDot: boolean;
}

/** After these an expression must follow, so that a slash opens a regular expression. */
const BEFORE_EXPRESSION = new Set([
  'return',
  'typeof',
  'case',
  'delete',
  'in',
  'instanceof',
  'new',
  'throw',
  'else',
  'do',
]);
/** Names in one place and operators in another, or words whose successor depends on the statement. */
const UNSURE = new Set([
  'void',
  'of',
  'await',
  'yield',
  'as',
  'is',
  'satisfies',
  'extends',
  'implements',
  'default',
  'keyof',
  'infer',
  'readonly',
  'unique',
  'asserts',
  'export',
  'import',
  'class',
  'function',
  'enum',
  'const',
  'let',
  'var',
  'using',
  'break',
  'continue',
  'debugger',
  'finally',
  'try',
  'get',
  'set',
  'static',
  'async',
  'accessor',
]);
/** A parenthesis after one of these holds a condition: what follows it is a statement. */
const BEFORE_CONDITION = new Set(['if', 'while', 'for', 'with', 'await', 'catch', 'switch']);
const WORD_BEFORE = /[\w$]+$/;
const BLANK = /\s/;
const LINE_END = /[\n\r\u2028\u2029]/;
const PREFIXES = '(,=:[;{&|?*%^~<';

function wordBefore(text: string, end: number, floor: number): string {
  return WORD_BEFORE.exec(text.slice(Math.max(floor, end - 40), end))?.[0] ?? '';
}

/** What is no keyword, but the name of a property; and what is one behind `...`. */
function dotBefore(text: string, end: number, before: Before): 'beside' | 'apart' | 'spread' | null {
  let at = end;
  while (at >= before.floor && BLANK.test(text.charAt(at))) at--;
  if (at < before.floor) return before.afterDot ? 'apart' : null;
  if (text.charAt(at) !== '.') return null;
  if (text.charAt(at - 1) === '.') return 'spread';
  return at === end ? 'beside' : 'apart';
}

/** `!` negates after an operator or an opening bracket; elsewhere TypeScript's non-null mark is possible. */
function isPrefix(text: string, at: number, floor: number): boolean {
  const before = text.slice(floor, at).trimEnd();
  return /[(,=&|?:;{[]$/.test(before.slice(-1));
}

/**
 * Whether the slash at `at` divides or opens a regular expression, judged by the token before it; `unsure`
 * wherever that takes a parser. TypeScript's types end statements without a semicolon (`type A = B`, new line,
 * `/x/.test(y)`), so a line break before the slash is never sure after a name or a bracket.
 */
export function slashBegins(text: string, at: number, before: Before): 'regex' | 'division' | 'unsure' {
  let last = at - 1;
  while (last >= before.floor && BLANK.test(text.charAt(last))) last--;
  if (last < before.floor) return 'unsure';
  const newLine = LINE_END.test(text.slice(last + 1, at));
  const operandEnded = newLine ? 'unsure' : 'division';
  if (last + 1 === before.literalEnd) return operandEnded;
  const char = text.charAt(last);
  if (/[\w$]/.test(char)) {
    const word = wordBefore(text, last + 1, before.floor);
    const preceding = text.charAt(last - word.length);
    if (word.length >= 40 || preceding.charCodeAt(0) > 127 || preceding === '\\') return 'unsure';
    const dot = dotBefore(text, last - word.length, before);
    if (dot === 'apart' || dot === 'spread') return 'unsure';
    if (dot === 'beside' || preceding === '#') return operandEnded;
    if (BEFORE_EXPRESSION.has(word)) return 'regex';
    return UNSURE.has(word) ? 'unsure' : operandEnded;
  }
  if (PREFIXES.includes(char)) return 'regex';
  if (char === ']') return operandEnded;
  if (char === ')') {
    const opened = text.slice(0, before.lastOpened).trimEnd();
    // A comment may stand between `if` and its condition.
    if (opened.endsWith('*/') || LINE_END.test(text.slice(opened.length, before.lastOpened))) return 'unsure';
    return BEFORE_CONDITION.has(wordBefore(opened, opened.length, 0)) ? 'unsure' : operandEnded;
  }
  if (char === '!' && isPrefix(text, last, before.floor)) return 'regex';
  if (char === '>' && text.charAt(last - 1) === '=') return 'regex';
  if ((char === '+' || char === '-') && text.charAt(last - 1) !== char) return 'regex';
  return 'unsure';
}

/** The offset after a regular expression and its flags; -1: it does not end on its line. */
export function regexEnd(text: string, at: number): number {
  let inClass = false;
  for (let i = at + 1; i < text.length; i++) {
    const char = text.charAt(i);
    if (LINE_END.test(char)) return -1;
    if (char === '\\') {
      if (LINE_END.test(text.charAt(i + 1))) return -1;
      i++;
    } else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return i + 1;
  }
  return -1;
}
