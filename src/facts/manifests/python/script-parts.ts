import type { ScriptToken } from './script-tokens.js';

/** Tokens that stand side by side: an expression, a statement. */
export type Tokens = readonly ScriptToken[];

const SHOWN = 80;

/** As written, on one line, shortened. */
export function writtenScript(text: string, tokens: Tokens): string {
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (first === undefined || last === undefined) return '';
  const written = text.slice(first.at, last.end).replace(/\s+/g, ' ');
  return written.length <= SHOWN ? written : `${written.slice(0, SHOWN - 1)}…`;
}

export function isMark(token: ScriptToken | undefined, ...marks: readonly string[]): boolean {
  return token?.type === 'mark' && marks.includes(token.text);
}

export function isName(token: ScriptToken | undefined, ...names: readonly string[]): boolean {
  return token?.type === 'name' && (names.length === 0 || names.includes(token.text));
}

/** Index behind the bracket that closes the one at `from`. */
export function behindBracket(tokens: Tokens, from: number): number {
  const depth = tokens[from]?.depth ?? 0;
  let at = from + 1;
  while (at < tokens.length && !(isMark(tokens[at], ')', ']', '}') && tokens[at]?.depth === depth)) at++;
  return at + 1;
}

/** What stands between the brackets, if they are the whole. `null`: they are not. */
export function bracketed(tokens: Tokens, open: '(' | '[' | '{'): Tokens | null {
  if (!isMark(tokens[0], open) || behindBracket(tokens, 0) !== tokens.length) return null;
  return tokens.slice(1, -1);
}

/** Parts between marks or keywords that stand outside of brackets. Always at least one. */
export function split(tokens: Tokens, ...separators: readonly string[]): readonly Tokens[] {
  const depth = tokens[0]?.depth ?? 0;
  const parts: ScriptToken[][] = [[]];
  for (const token of tokens) {
    if (token.depth === depth && token.type !== 'string' && separators.includes(token.text)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** Items of a list, arguments of a call: a comma at the end makes none. */
export function items(tokens: Tokens): readonly Tokens[] {
  return split(tokens, ',').filter(part => part.length > 0);
}

/** Does the word or mark stand in it outside of brackets? */
export function holds(tokens: Tokens, ...words: readonly string[]): boolean {
  return split(tokens, ...words).length > 1;
}

export interface Argument {
  /** `install_requires` in `install_requires=[…]`; `*` or `**` of a splat; `null`: neither. */
  readonly keyword: string | null;
  readonly value: Tokens;
  readonly line: number;
}

/** Arguments of a call. @param tokens between its brackets */
export function argumentsIn(tokens: Tokens): readonly Argument[] {
  return items(tokens).map(part => {
    const [first, second] = part;
    const line = first?.line ?? 1;
    if (isMark(first, '*', '**')) return { keyword: first?.text ?? null, value: part.slice(1), line };
    if (first?.type === 'name' && isMark(second, '='))
      return { keyword: first.text, value: part.slice(2), line };
    return { keyword: null, value: part, line };
  });
}

/** Of `a if c else b` and `a or b` the values, of `c and a` the last; `null`: none of these. */
export function branchesOf(tokens: Tokens): readonly Tokens[] | null {
  if (holds(tokens, 'if') && holds(tokens, 'else'))
    return split(tokens, 'if', 'else').filter((_, index) => index % 2 === 0);
  if (holds(tokens, 'or')) return split(tokens, 'or');
  return holds(tokens, 'and') ? split(tokens, 'and').slice(-1) : null;
}
