import { CODE } from '../tokens/characters.js';
import { KIND, LONGEST_LIST, type Tokens } from '../tokens/tokens.js';
import type { Dialect } from './references.js';

const TYPES: ReadonlySet<string> = new Set(['class', 'interface', 'object', 'typealias']);

/**
 * The name that a declaration's keyword (`class`, `fun`, `val`…) gives something; `null`: the token is no such
 * keyword, or what it declares has no name (`object : Runnable {}`, `fun(x: Int) = x`).
 */
export function declaredName(tokens: Tokens, dialect: Dialect, index: number): string | null {
  if (tokens.kind(index) !== KIND.name || tokens.kind(index - 1) === CODE.colon) return null;
  const word = tokens.raw(index);
  let name: number | null = null;
  if (TYPES.has(word)) name = tokens.isName(index + 1) ? index + 1 : null;
  else if (word === 'fun')
    name = tokens.isWord(index + 1, 'interface') ? null : functionName(tokens, index + 1);
  else if (word === 'val' || word === 'var') name = propertyName(tokens, index + 1);
  return name === null ? null : dialect.nameOf(tokens, name);
}

/** Behind type parameters or arguments whose `<` stands at `index`. The arrow of `() -> Unit` closes none. */
export function behindAngles(tokens: Tokens, index: number): number {
  let depth = 0;
  const last = Math.min(tokens.size, index + LONGEST_LIST);
  for (let at = index; at < last; at++) {
    const kind = tokens.kind(at);
    if (kind === CODE.less) depth++;
    else if (kind === CODE.greater && tokens.kind(at - 1) !== CODE.minus) depth--;
    else if (kind === CODE.openBrace || kind === CODE.semicolon) return at;
    if (depth === 0) return at + 1;
  }
  return last;
}

/** `fun <T> a.b.Type<T>?.name(`: the name stands right before the parameters. */
function functionName(tokens: Tokens, first: number): number | null {
  const last = Math.min(tokens.size, first + LONGEST_LIST);
  for (let at = first; at < last; ) {
    const kind = tokens.kind(at);
    if (kind === CODE.less) at = behindAngles(tokens, at);
    else if (kind === CODE.at) at = behindAnnotation(tokens, at);
    else if (kind === CODE.open) {
      if (at > first && tokens.isName(at - 1)) return at - 1;
      // The receiver is a function type.
      at = tokens.behind(at, CODE.open, CODE.close) ?? last;
    } else if (isReceiverPart(tokens, at)) at++;
    else return null;
  }
  return null;
}

/** Behind `@a.B` or `@a.B(…)`. */
function behindAnnotation(tokens: Tokens, index: number): number {
  let at = index + 1;
  while (tokens.isName(at) && tokens.kind(at + 1) === CODE.dot) at += 2;
  at++;
  return tokens.kind(at) === CODE.open ? (tokens.behind(at, CODE.open, CODE.close) ?? at) : at;
}

function isReceiverPart(tokens: Tokens, index: number): boolean {
  const kind = tokens.kind(index);
  return tokens.isName(index) || kind === CODE.dot || kind === CODE.question || kind === CODE.ampersand;
}

/** `val <T> a.b.Type<T>?.name`: the last segment of a dotted name. */
function propertyName(tokens: Tokens, first: number): number | null {
  let at = first;
  let name: number | null = null;
  if (tokens.kind(at) === CODE.less) at = behindAngles(tokens, at);
  const last = Math.min(tokens.size, first + LONGEST_LIST);
  while (at < last) {
    while (tokens.kind(at) === CODE.at) at = behindAnnotation(tokens, at);
    if (tokens.kind(at) === CODE.open) at = tokens.behind(at, CODE.open, CODE.close) ?? last;
    else if (tokens.isName(at)) name = at++;
    else return name;
    if (tokens.kind(at) === CODE.less) at = behindAngles(tokens, at);
    while (tokens.kind(at) === CODE.question) at++;
    if (tokens.kind(at) !== CODE.dot) return name;
    at++;
  }
  return null;
}
