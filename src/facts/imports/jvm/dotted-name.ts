import { CODE } from '../tokens/characters.js';
import type { Tokens } from '../tokens/tokens.js';
import type { Dialect } from './references.js';

export type { Dialect } from './references.js';

export interface DottedName {
  readonly text: string;
  readonly last: string;
  /** Is it followed by `.*`? */
  readonly isWildcard: boolean;
  /** Index of the token behind it. */
  readonly behind: number;
}

/** `a.b.C` or `a.b.*` at a token; `null`: no name stands there. */
export function dottedName(tokens: Tokens, dialect: Dialect, index: number): DottedName | null {
  if (!tokens.isName(index)) return null;
  let last = dialect.nameOf(tokens, index);
  let text = last;
  let behind = index + 1;
  for (; tokens.kind(behind) === CODE.dot; behind += 2) {
    if (tokens.kind(behind + 1) === CODE.star) return { text, last, isWildcard: true, behind: behind + 2 };
    if (!tokens.isName(behind + 1)) break;
    last = dialect.nameOf(tokens, behind + 1);
    text += `.${last}`;
  }
  return { text, last, isWildcard: false, behind };
}
