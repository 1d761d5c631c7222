import { CLOSE_BRACE, COLONS, COMMA, type Lexer, OPEN_BRACE, SEMICOLON, STAR, WORD } from './lexer.js';
import type { Segments } from './scopes.js';

/** One thing that a `use` declaration brings in. */
export interface UseLeaf {
  readonly path: Segments;
  /** `use a::*` */
  readonly isGlob: boolean;
  /** The name under which the scope knows it; `null`: none (a glob, `as _`). */
  readonly name: string | null;
  /** UTF-16 offset of its own first name, or of the star. */
  readonly at: number;
}

/** Groups nest; the compiler's own limit is 128. */
const DEEPEST = 128;

/** From the token behind `use` to its semicolon. `null`: no `use` declaration after all. */
export function readUse(lexer: Lexer): readonly UseLeaf[] | null {
  const leaves: UseLeaf[] = [];
  return readTree(lexer, [], leaves, 0) && lexer.kind === SEMICOLON ? leaves : null;
}

function readTree(lexer: Lexer, prefix: Segments, leaves: UseLeaf[], depth: number): boolean {
  if (depth > DEEPEST) return false;
  const path = [...prefix];
  let at = -1;
  if (lexer.kind === COLONS) {
    // Within a group, `{::a}` starts anew.
    path.length = 0;
    path.push('');
    lexer.next();
  }
  for (;;) {
    if (at === -1) at = lexer.start;
    if (lexer.kind === STAR) {
      leaves.push({ path, isGlob: true, name: null, at });
      lexer.next();
      return true;
    }
    if (lexer.kind === OPEN_BRACE) return readGroup(lexer, path, leaves, depth);
    if (lexer.kind !== WORD) return false;
    const { word, isRaw } = lexer;
    lexer.next();
    const isSelf = word === 'self' && !isRaw && path.length > 0;
    if (!isSelf) path.push(word);
    if (lexer.is(COLONS)) {
      if (isSelf) return false;
      lexer.next();
      continue;
    }
    let name: string | null = path.at(-1) ?? null;
    if (lexer.isWord('as')) {
      if (lexer.next() !== WORD) return false;
      name = lexer.isWord('_') ? null : lexer.word;
      lexer.next();
    }
    leaves.push({ path, isGlob: false, name, at });
    return true;
  }
}

function readGroup(lexer: Lexer, prefix: Segments, leaves: UseLeaf[], depth: number): boolean {
  lexer.next();
  while (lexer.kind !== CLOSE_BRACE) {
    if (!readTree(lexer, prefix, leaves, depth + 1)) return false;
    if (lexer.kind === COMMA) lexer.next();
    else if (lexer.kind !== CLOSE_BRACE) return false;
  }
  lexer.next();
  return true;
}
