import { ManifestError } from '../format.js';
import { LineCounter } from '../lines.js';

export interface Token {
  /** - `text`: a string; `value` is its content, with what is filled in written as `${…}`. */
  readonly type: 'word' | 'text' | 'mark' | 'newline' | 'block';
  /** As written. */
  readonly text: string;
  readonly value: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** Of a `block`. */
  readonly block?: readonly Statement[];
}

export interface Statement {
  readonly tokens: readonly Token[];
}

const WORD = /[\p{L}\p{N}_$]+/uy;

/** Groovy's and Kotlin's words, strings and marks; comments are gone. */
export function tokenize(text: string, isKotlin: boolean): readonly Token[] {
  const tokens: Token[] = [];
  const lines = new LineCounter(text);
  let at = text.startsWith('#!') ? lineEnd(text, 0) : 0;
  const push = (type: Token['type'], end: number, value: string): void => {
    tokens.push({ type, text: text.slice(at, end), value, line: lines.lineAt(at), start: at, end });
    at = end;
  };
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '\n') {
      // One is enough, however many lines are empty.
      if (tokens.at(-1)?.type === 'newline') at++;
      else push('newline', at + 1, '\n');
    } else if (/\s/.test(char)) at++;
    else if (char === '\\' && /^\\\r?\n/.test(text.slice(at, at + 3))) at += text[at + 1] === '\r' ? 3 : 2;
    else if (text.startsWith('//', at)) at = lineEnd(text, at);
    else if (text.startsWith('/*', at)) at = commentEnd(text, at, isKotlin);
    else if (
      char === '"' ||
      char === "'" ||
      (!isKotlin && (startsSlashy(text, at, tokens) || text.startsWith('$/', at)))
    ) {
      const { end, value } = readText(text, at, isKotlin);
      push('text', end, value);
    } else if (char === '`') {
      const end = text.indexOf('`', at + 1);
      if (end === -1) throw unfinished(text, at, 'a name in backticks');
      push('word', end + 1, text.slice(at + 1, end));
    } else {
      WORD.lastIndex = at;
      const found = WORD.exec(text);
      if (found === null) push('mark', at + (text.startsWith('->', at) ? 2 : 1), char);
      else push('word', at + found[0].length, found[0]);
    }
  }
  return tokens;
}

function unfinished(text: string, at: number, what: string): ManifestError {
  return new ManifestError(`${what} does not end`, new LineCounter(text).lineAt(at), 'correct the script');
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** Kotlin's comments nest. */
function commentEnd(text: string, start: number, isKotlin: boolean): number {
  let depth = 1;
  for (let at = start + 2; at < text.length; at++) {
    if (text.startsWith('*/', at)) {
      at++;
      if (--depth === 0) return at + 1;
    } else if (isKotlin && text.startsWith('/*', at)) {
      at++;
      depth++;
    }
  }
  throw unfinished(text, start, 'a comment');
}

/** A slash opens a string where a value may begin, and division is not possible. */
function startsSlashy(text: string, at: number, tokens: readonly Token[]): boolean {
  if (text[at] !== '/') return false;
  const before = tokens.at(-1);
  if (before !== undefined && !(before.type === 'mark' && /^[(,=~:[!&|?{]$/.test(before.text))) return false;
  const close = text.indexOf('/', at + 1);
  return close !== -1 && !text.slice(at, close).includes('\n');
}

interface Text {
  readonly end: number;
  readonly value: string;
}

function readText(text: string, start: number, isKotlin: boolean, depth = 0): Text {
  if (depth > 50) throw unfinished(text, start, 'a template');
  const long = ['"""', "'''"].find(mark => text.startsWith(mark, start));
  const dollar = text.startsWith('$/', start);
  const quote = long ?? (dollar ? '/$' : (text[start] ?? ''));
  const isTemplate = quote.startsWith('"') || quote.includes('/');
  // Kotlin's long strings know no escapes.
  const hasEscapes = !(isKotlin && long !== undefined);
  let value = '';
  let at = start + (dollar ? 2 : quote.length);
  while (at < text.length) {
    if (text.startsWith(quote, at)) return { end: at + quote.length, value };
    const char = text[at] ?? '';
    if (char === '\n' && quote.length === 1 && quote !== '/') break;
    if (char === '\\' && hasEscapes) {
      const meant = escaped(text, at);
      value += meant.value;
      at = meant.end;
    } else if (isTemplate && text.startsWith('${', at)) {
      const end = templateEnd(text, at + 2, isKotlin, depth);
      value += text.slice(at, end);
      at = end;
    } else if (isTemplate && char === '$') {
      // Groovy takes dots along (`$versions.x`), Kotlin does not.
      const path = isKotlin
        ? /[\p{L}_][\p{L}\p{N}_]*/uy
        : /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/uy;
      path.lastIndex = at + 1;
      const found = path.exec(text)?.[0];
      value += found === undefined ? '$' : `\${${found}}`;
      at += 1 + (found?.length ?? 0);
    } else {
      value += char;
      at++;
    }
  }
  throw unfinished(text, start, 'a string');
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
]);

function escaped(text: string, at: number): Text {
  const char = text[at + 1] ?? '';
  const code = char === 'u' ? /^[0-9a-fA-F]{4}$/.exec(text.slice(at + 2, at + 6))?.[0] : undefined;
  if (code !== undefined) return { end: at + 6, value: String.fromCharCode(Number.parseInt(code, 16)) };
  return { end: at + 2, value: ESCAPES.get(char) ?? char };
}

function templateEnd(text: string, start: number, isKotlin: boolean, depth: number): number {
  let open = 1;
  for (let at = start; at < text.length; ) {
    const char = text[at];
    if (char === '"' || char === "'") at = readText(text, at, isKotlin, depth + 1).end;
    else {
      if (char === '{') open++;
      else if (char === '}' && --open === 0) return at + 1;
      at++;
    }
  }
  throw unfinished(text, start, 'a template');
}
