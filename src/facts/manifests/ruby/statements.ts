import { ManifestError } from '../format.js';
import type { RubyToken } from './tokens.js';

export interface RubyStatement {
  readonly tokens: readonly RubyToken[];
  /** The statements that it stands in, outermost first: those that opened a block. */
  readonly within: readonly RubyStatement[];
  /** It opens a block itself. */
  readonly opens: boolean;
}

const OPENERS: ReadonlySet<string> = new Set([
  'if',
  'unless',
  'case',
  'while',
  'until',
  'for',
  'begin',
  'def',
  'class',
  'module',
]);
const OPEN = /^[([{]$/;
const CLOSE = /^[)\]}]$/;
/** A line that ends so goes on in the next one. */
const GOES_ON = /^(?:,|=|=>|\|\||&&|\+|\.|&\.|\||::|<<|\?|:)$/;

/**
 * Statements with the blocks around them. `gem` in each branch of a condition counts.
 * @throws ManifestError where blocks and brackets don't match
 */
export function rubyStatements(tokens: readonly RubyToken[]): readonly RubyStatement[] {
  const statements: RubyStatement[] = [];
  const blocks: { readonly close: string; readonly opened: RubyStatement; readonly depth: number }[] = [];
  let current: RubyToken[] = [];
  let depth = 0;
  const within = (): readonly RubyStatement[] => blocks.map(({ opened }) => opened);
  const finish = (): void => {
    if (current.length > 0) statements.push({ tokens: current, within: within(), opens: false });
    current = [];
  };
  const open = (close: string, token: RubyToken): void => {
    if (blocks.length > 100) throw new ManifestError('it is nested too deeply', token.line, 'simplify it');
    const opened = { tokens: current.length > 0 ? current : [token], within: within(), opens: true };
    statements.push(opened);
    blocks.push({ close, opened, depth });
    current = [];
    depth = 0;
  };
  const close = (token: RubyToken): void => {
    finish();
    const block = blocks.pop();
    if (block === undefined || block.close !== token.text)
      throw new ManifestError(`an unmatched ${token.text}`, token.line, 'correct the Ruby code');
    depth = block.depth;
  };
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    const isCalled = before?.type === 'mark' && /^(?:\.|&\.|::)$/.test(before.text);
    if (token.type === 'newline' || (token.type === 'mark' && token.text === ';')) {
      if (depth === 0 && !goesOn(tokens, index)) finish();
    } else if (token.type === 'mark' && OPEN.test(token.text)) {
      // A brace after a call opens a block, one after an operator or a comma a hash.
      if (token.text === '{' && opensBlock(before)) open('}', token);
      else {
        if (depth > 100) throw new ManifestError('it is nested too deeply', token.line, 'simplify it');
        depth++;
        current.push(token);
      }
    } else if (token.type === 'mark' && CLOSE.test(token.text)) {
      if (depth > 0) {
        depth--;
        current.push(token);
      } else close(token);
    } else if (token.type !== 'word' || isCalled) current.push(token);
    else if (token.text === 'end') close(token);
    else if (token.text === 'do') {
      // `while x do` has opened its block already.
      const loop = blocks.at(-1)?.opened.tokens[0];
      if (loop?.line !== token.line || !/^(?:while|until|for)$/.test(loop.text)) open('end', token);
    } else if (OPENERS.has(token.text) && startsValue(before, current) && !isEndless(tokens, index)) {
      if (token.text === 'def' || current.length === 0) current.push(token);
      open('end', token);
      if (token.text === 'begin') current = [];
    } else if (
      /^(?:else|elsif|when|rescue|ensure|then|in)$/.test(token.text) &&
      (current.length === 0 || token.text === 'then')
    )
      finish();
    else current.push(token);
  }
  finish();
  const [left] = blocks;
  if (left !== undefined)
    throw new ManifestError(
      'a block does not end',
      left.opened.tokens[0]?.line ?? 1,
      'correct the Ruby code',
    );
  return statements;
}

/** `def name(…) = value` has no `end`. */
function isEndless(tokens: readonly RubyToken[], at: number): boolean {
  if (tokens[at]?.text !== 'def') return false;
  let next = at + 2;
  while (tokens[next]?.text === '.') next += 2;
  if (tokens[next]?.text === '(') while (next < tokens.length && tokens[next]?.text !== ')') next++;
  if (tokens[next]?.text === ')') next++;
  const [mark, value] = [tokens[next], tokens[next + 1]];
  // `def name=(value)` is a setter.
  return mark?.text === '=' && mark.type === 'mark' && value?.start !== mark.end;
}

/** At the start of a statement, and after `=`; elsewhere `if` follows what it is a condition of. */
function startsValue(before: RubyToken | undefined, current: readonly RubyToken[]): boolean {
  return (
    current.length === 0 ||
    (before?.type === 'mark' && /^(?:=|\|\||\(|\[|,|=>)$/.test(before.text)) ||
    before?.type === 'key'
  );
}

function opensBlock(before: RubyToken | undefined): boolean {
  if (before === undefined) return true;
  if (before.type === 'mark') return before.text === ')' || before.text === '->';
  return (
    before.type === 'word' || before.type === 'text' || before.type === 'symbol' || before.type === 'list'
  );
}

function goesOn(tokens: readonly RubyToken[], at: number): boolean {
  // Comments and empty lines between say nothing.
  let last = at - 1;
  while (tokens[last]?.type === 'newline') last--;
  const before = tokens[last];
  if (
    before?.type === 'key' ||
    (before?.type === 'mark' && GOES_ON.test(before.text) && !isBlockArguments(tokens, last))
  )
    return true;
  let next = at;
  while (tokens[next]?.type === 'newline') next++;
  const token = tokens[next];
  return token?.type === 'mark' && /^(?:\.|&\.)$/.test(token.text);
}

/** `do |x|` ends with a bar, too. */
function isBlockArguments(tokens: readonly RubyToken[], at: number): boolean {
  if (tokens[at]?.text !== '|') return false;
  for (let back = at - 1; back >= 0 && at - back < 30; back--) {
    const token = tokens[back];
    if (token?.type === 'newline') return false;
    if (token?.text === '|') return tokens[back - 1]?.text === 'do' || tokens[back - 1]?.text === '{';
  }
  return false;
}
