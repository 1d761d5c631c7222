import { CODE, isUpper } from '../tokens/characters.js';
import { KIND, LONGEST_LIST, type Tokens } from '../tokens/tokens.js';
import { decodeEscapes } from './strings.js';

const IS_ASCII = /^[\x21-\x7e]*$/;

/** An identifier as the compiler sees it: without `@`, escapes decoded, normalised, without format characters. */
export function nameOf(tokens: Tokens, index: number): string {
  const raw = tokens.raw(index);
  if (tokens.kind(index) === KIND.name && IS_ASCII.test(raw)) return raw;
  return decodeEscapes(raw.replace(/^@/, ''))
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '');
}

export interface QualifiedName {
  readonly segments: readonly string[];
  /** After `global::` or an external alias: enclosing namespaces don't count. */
  readonly isAbsolute: boolean;
  /** Index of its first segment's token. */
  readonly first: number;
  readonly behind: number;
}

function isDoubleColon(tokens: Tokens, index: number): boolean {
  return tokens.kind(index) === CODE.colon && tokens.kind(index + 1) === CODE.colon;
}

/** Behind type arguments whose `<` stands at `index`; `index` itself when it is no such list. */
function behindAngles(tokens: Tokens, index: number): number {
  let depth = 0;
  const last = Math.min(tokens.size, index + LONGEST_LIST);
  for (let at = index; at < last; at++) {
    const kind = tokens.kind(at);
    if (kind === CODE.less) depth++;
    else if (kind === CODE.greater) depth--;
    else if (kind === CODE.semicolon || kind === CODE.openBrace || kind === CODE.closeBrace) return index;
    if (depth === 0) return at + 1;
  }
  return index;
}

/** `A.B<C>.D`, `global::A.B`; type arguments are left out. `null`: no name stands here. */
export function qualifiedName(tokens: Tokens, index: number): QualifiedName | null {
  const isAbsolute = tokens.isName(index) && isDoubleColon(tokens, index + 1);
  const first = isAbsolute ? index + 3 : index;
  if (!tokens.isName(first)) return null;
  const segments = [nameOf(tokens, first)];
  let behind = first + 1;
  for (;;) {
    if (tokens.kind(behind) === CODE.less) behind = behindAngles(tokens, behind);
    if (tokens.kind(behind) !== CODE.dot || !tokens.isName(behind + 1)) break;
    segments.push(nameOf(tokens, behind + 1));
    behind += 2;
  }
  return { segments, isAbsolute, first, behind };
}

/** A dotted name in code, without type arguments; its segments up to the first that is not capitalised. */
export interface Chain {
  readonly capitals: readonly string[];
  readonly isAbsolute: boolean;
  readonly first: number;
  /** Index behind the last segment, capitalised or not. */
  readonly behind: number;
  /** Are all its segments capitalised? */
  readonly isWhole: boolean;
}

export function chainAt(tokens: Tokens, index: number): Chain {
  const isGlobal = tokens.isWord(index, 'global') && isDoubleColon(tokens, index + 1);
  const first = isGlobal && tokens.isName(index + 3) ? index + 3 : index;
  const capitals: string[] = [];
  let isWhole = true;
  let at = first;
  for (;;) {
    const name = nameOf(tokens, at);
    isWhole &&= isUpper(name);
    if (isWhole) capitals.push(name);
    if (tokens.kind(at + 1) !== CODE.dot || !tokens.isName(at + 2)) break;
    at += 2;
  }
  return { capitals, isAbsolute: first !== index, first, behind: at + 1, isWhole };
}
