import type { RubyToken } from './tokens.js';

export interface RubyArguments {
  readonly plain: readonly (readonly RubyToken[])[];
  /** `key: value` and `:key => value`. */
  readonly named: ReadonlyMap<string, readonly RubyToken[]>;
}

/** The arguments of a call, from behind its name on. A trailing condition (`if x`) does not belong to them. */
export function argumentsOf(tokens: readonly RubyToken[]): RubyArguments {
  let given = tokens;
  if (tokens[0]?.text === '(' && tokens[0].type === 'mark') {
    const end = closeOf(tokens, 0);
    given = tokens.slice(1, end);
  }
  const plain: (readonly RubyToken[])[] = [];
  const named = new Map<string, readonly RubyToken[]>();
  for (const part of splitAtCommas(given)) {
    const [first, second] = part;
    if (first?.type === 'key') named.set(first.value, part.slice(1));
    else if ((first?.type === 'symbol' || first?.type === 'text') && second?.text === '=>')
      named.set(first.value, part.slice(2));
    else if (first?.type === 'mark' && first.text === '{') {
      const inner = argumentsOf(part.slice(1, -1));
      for (const [key, value] of inner.named) named.set(key, value);
    } else plain.push(part);
  }
  return { plain, named };
}

function closeOf(tokens: readonly RubyToken[], at: number): number {
  let depth = 0;
  for (let next = at; next < tokens.length; next++) {
    const token = tokens[next];
    if (token?.type !== 'mark') continue;
    if (/^[([{]$/.test(token.text)) depth++;
    else if (/^[)\]}]$/.test(token.text) && --depth === 0) return next;
  }
  return tokens.length;
}

function splitAtCommas(tokens: readonly RubyToken[]): readonly (readonly RubyToken[])[] {
  const parts: RubyToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.type === 'newline') continue;
    if (token.type === 'word' && depth === 0 && /^(?:if|unless|rescue|while|until)$/.test(token.text)) break;
    if (token.type === 'mark' && /^[([{]$/.test(token.text)) depth++;
    else if (token.type === 'mark' && /^[)\]}]$/.test(token.text)) depth--;
    if (token.type === 'mark' && token.text === ',' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter(part => part.length > 0);
}

/** What a single string or symbol says; `null`: it is computed, or there is none. */
export function literal(tokens: readonly RubyToken[] | undefined): string | null {
  const [first, ...more] = (tokens ?? []).filter(
    token =>
      !(token.type === 'word' && token.text === 'freeze') && !(token.type === 'mark' && token.text === '.'),
  );
  return first !== undefined && more.length === 0 && (first.type === 'text' || first.type === 'symbol')
    ? first.value
    : null;
}

/** Strings and symbols of a literal or of an array of such; `null`: one is computed. */
export function literals(tokens: readonly RubyToken[] | undefined): readonly string[] | null {
  if (tokens === undefined || tokens.length === 0) return null;
  const [first] = tokens;
  if (first?.type === 'list' && tokens.length === 1) return first.value.split(' ');
  const single = literal(tokens);
  if (single !== null) return [single];
  if (first?.text !== '[' || tokens.at(-1)?.text !== ']') return null;
  const values: string[] = [];
  for (const part of splitAtCommas(tokens.slice(1, -1))) {
    const value = literal(part);
    if (value === null) return null;
    values.push(value);
  }
  return values;
}

export function writtenRuby(tokens: readonly RubyToken[]): string {
  let text = '';
  let end = -1;
  for (const token of tokens) {
    if (end !== -1 && token.start > end) text += ' ';
    text += token.type === 'newline' ? '' : token.text;
    end = token.end;
  }
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
