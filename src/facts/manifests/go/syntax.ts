import { ManifestError } from '../format.js';

/** One statement of a go.mod: a line of its own, or one of a block, with the block's verb before it. */
export interface GoStatement {
  readonly verb: string;
  /** Words after the verb, unquoted. */
  readonly words: readonly string[];
  /** Text of the comment that ends the line, without its slashes. */
  readonly comment: string;
  /** 1-based. */
  readonly line: number;
}

interface Line {
  /** As written: quoted ones with their quotes. */
  readonly tokens: readonly string[];
  readonly comment: string;
  readonly line: number;
}

/**
 * Reads go.mod's syntax, which go.work shares: lines of words, blocks in parentheses, `//` comments.
 * @throws ManifestError on what Go's own reader refuses
 */
export function goStatements(text: string): GoStatement[] {
  const statements: GoStatement[] = [];
  let block: { readonly verb: string; readonly line: number } | null = null;
  for (const line of linesOf(text)) {
    const [first, ...rest] = line.tokens;
    if (first === undefined) continue;
    if (block !== null) {
      if (first !== ')') statements.push(statement(block.verb, line.tokens, line));
      else if (rest.length > 0)
        throw new ManifestError('a closing parenthesis stands alone on its line', line.line);
      else block = null;
      continue;
    }
    const opens = rest.at(-1) === '(';
    const empty = rest.at(-2) === '(' && rest.at(-1) === ')';
    if (!opens && !empty) {
      statements.push(statement(first, rest, line));
      continue;
    }
    if (rest.length > (opens ? 1 : 2))
      throw new ManifestError(`unknown kind of block: ${line.tokens.join(' ')}`, line.line);
    if (!BLOCKS.has(first)) throw new ManifestError(`unknown kind of block: ${first}`, line.line);
    if (opens) block = { verb: first, line: line.line };
  }
  if (block !== null)
    throw new ManifestError(
      `the block \`${block.verb} (\` has no end`,
      block.line,
      'the file looks cut off: restore it',
    );
  return statements;
}

const BLOCKS = new Set([
  'module',
  'godebug',
  'require',
  'exclude',
  'replace',
  'retract',
  'tool',
  'ignore',
  'use',
]);

function statement(verb: string, tokens: readonly string[], { comment, line }: Line): GoStatement {
  return { verb, words: tokens.map(token => unquoted(token, line)), comment, line };
}

const PUNCTUATION = '()[]{},';

function* linesOf(text: string): IterableIterator<Line> {
  let line = 0;
  for (let at = 0; at < text.length; ) {
    line++;
    let end = text.indexOf('\n', at);
    if (end === -1) end = text.length;
    yield lineOf(text.slice(at, end), line);
    at = end + 1;
  }
}

function lineOf(text: string, line: number): Line {
  const tokens: string[] = [];
  let at = 0;
  for (;;) {
    while (text[at] === ' ' || text[at] === '\t' || text[at] === '\r') at++;
    const char = text[at];
    if (char === undefined) return { tokens, comment: '', line };
    if (text.startsWith('//', at)) return { tokens, comment: text.slice(at + 2), line };
    const start = at;
    if (PUNCTUATION.includes(char)) at++;
    else if (char === '"' || char === '`') at = endOfString(text, at, line);
    else at = endOfWord(text, at, line);
    tokens.push(text.slice(start, at));
  }
}

function endOfString(text: string, start: number, line: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === quote) return at + 1;
    if (text[at] === '\\' && quote === '"') at++;
  }
  throw new ManifestError('a quoted word has no end', line);
}

/** Letters, marks, digits, punctuation and symbols of any script: what Go takes for printable. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u;

function endOfWord(text: string, start: number, line: number): number {
  let at = start;
  while (at < text.length) {
    const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (PUNCTUATION.includes(char) || !PRINTABLE.test(char) || text.startsWith('//', at)) break;
    if (text.startsWith('/*', at))
      throw new ManifestError('comments in go.mod begin with // (not /* */)', line);
    at += char.length;
  }
  if (at === start) throw new ManifestError(`unexpected character ${JSON.stringify(text.charAt(at))}`, line);
  return at;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ['"', '"'],
]);

/** As Go's strconv.Unquote has it; octal escapes are refused: nothing writes them. */
function unquoted(token: string, line: number): string {
  if (token[0] !== '"') {
    if (/["'`]/.test(token)) throw new ManifestError(`only "…" can quote a word, not ${token}`, line);
    return token;
  }
  let result = '';
  for (let at = 1; at < token.length - 1; at++) {
    if (token[at] !== '\\') {
      result += token.charAt(at);
      continue;
    }
    const kind = token.charAt(++at);
    const digits = kind === 'x' ? 2 : kind === 'u' ? 4 : kind === 'U' ? 8 : 0;
    const hex = token.slice(at + 1, at + 1 + digits);
    const code =
      digits === 0 || !/^[0-9a-f]+$/i.test(hex) || hex.length < digits ? -1 : Number.parseInt(hex, 16);
    const plain = code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ESCAPES.get(kind);
    if (plain === undefined) throw new ManifestError(`an escape that can’t be read in ${token}`, line);
    result += plain;
    at += digits;
  }
  return result;
}
