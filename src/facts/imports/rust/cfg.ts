import { CLOSE_PAREN, COMMA, END, type Lexer, OPEN_PAREN, WORD } from './lexer.js';

/** Predicates nest; deeper ones are not known to require anything. */
const DEEPEST = 64;

/** Can this predicate of a `cfg` be true only in a test build? From its first token. */
export function requiresTest(lexer: Lexer, depth = 0): boolean {
  if (lexer.kind !== WORD || depth > DEEPEST) return false;
  const name = lexer.word;
  if (lexer.next() !== OPEN_PAREN) return name === 'test';
  lexer.next();
  const parts: boolean[] = [];
  while (!lexer.is(CLOSE_PAREN, END)) {
    parts.push(requiresTest(lexer, depth + 1));
    // `feature = "x"` ends where the comma stands.
    while (!lexer.is(COMMA, CLOSE_PAREN, END)) {
      if (lexer.is(OPEN_PAREN)) lexer.skipGroup();
      else lexer.next();
    }
    if (lexer.is(COMMA)) lexer.next();
  }
  lexer.next();
  if (name === 'all') return parts.includes(true);
  return name === 'any' && parts.length > 0 && !parts.includes(false);
}
