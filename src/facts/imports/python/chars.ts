/** What a character means to the lexer, outside of strings and comments. */
export type CharClass =
  | 'blank'
  | 'sign'
  | 'word'
  | 'quote'
  | 'comment'
  | 'open'
  | 'close'
  | 'newline'
  | 'backslash'
  | 'stop';

const CLASSES: readonly CharClass[] = Array.from({ length: 128 }, (_, code): CharClass => {
  const char = String.fromCharCode(code);
  if (/\w/.test(char)) return 'word';
  if (char === '"' || char === "'") return 'quote';
  if (char === '#') return 'comment';
  if ('([{'.includes(char)) return 'open';
  if (')]}'.includes(char)) return 'close';
  if (char === '\n' || char === '\r') return 'newline';
  if (char === '\\') return 'backslash';
  if (';:!'.includes(char)) return 'stop';
  return ' \t\f'.includes(char) ? 'blank' : 'sign';
});

/** Everything beyond ASCII counts as part of a name: it can be nothing else in Python's code. */
export function classOf(code: number): CharClass {
  return code < 128 ? (CLASSES[code] ?? 'blank') : 'word';
}
