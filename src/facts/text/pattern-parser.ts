import { type CharSet, charSet, type PatternNode } from './pattern-node.js';

export interface ParsedPattern {
  readonly root: PatternNode;
  /** The whole pattern stands under `(?i)`. */
  readonly ignoreCase: boolean;
}

/** Thrown inside this file only: the pattern holds something that is left to the engine. */
class NotPlain extends Error {}

/**
 * Takes apart what is plain in RE2's syntax: literals, classes, groups, alternatives, repetitions,
 * `^ $ \b`, and `(?i)` in front. Anything else (flags, Unicode classes, `\A`, `\B`, `\Q`…) is not judged here.
 * @returns `null` for a pattern that is not plain; it may be right or wrong all the same
 */
export function parsePattern(source: string): ParsedPattern | null {
  const ignoreCase = source.startsWith('(?i)');
  try {
    const parser = new Parser(ignoreCase ? source.slice('(?i)'.length) : source);
    return { root: parser.whole(), ignoreCase };
  } catch (error) {
    if (error instanceof NotPlain) return null;
    throw error;
  }
}

const MAX_DEPTH = 50;
const COUNTED = /\{(\d{1,3})(?:(,)(\d{1,3})?)?\}/y;

class Parser {
  private at = 0;
  private depth = 0;
  private readonly characters: readonly string[];

  constructor(source: string) {
    this.characters = [...source];
  }

  whole(): PatternNode {
    const node = this.alternatives();
    if (this.at < this.characters.length) throw new NotPlain();
    return node;
  }

  private alternatives(): PatternNode {
    if (++this.depth > MAX_DEPTH) throw new NotPlain();
    const options = [this.sequence()];
    while (this.take('|')) options.push(this.sequence());
    this.depth--;
    const [only] = options;
    return only !== undefined && options.length === 1 ? only : { type: 'alternate', options };
  }

  private sequence(): PatternNode {
    const items: PatternNode[] = [];
    for (;;) {
      const next = this.peek();
      if (next === undefined || next === '|' || next === ')') return { type: 'concat', items };
      items.push(this.repeated(this.atom()));
    }
  }

  private repeated(item: PatternNode): PatternNode {
    const bounds = this.bounds();
    if (bounds === null) return item;
    // Repeated assertions and stacked repetitions are odd or wrong: the engine says which.
    if (item.type === 'assert') throw new NotPlain();
    const lazy = this.take('?');
    if (this.bounds() !== null) throw new NotPlain();
    return { type: 'repeat', item, ...bounds, lazy };
  }

  private bounds(): { readonly min: number; readonly max: number | null } | null {
    if (this.take('*')) return { min: 0, max: null };
    if (this.take('+')) return { min: 1, max: null };
    if (this.take('?')) return { min: 0, max: 1 };
    if (this.peek() !== '{') return null;
    const rest = this.characters.slice(this.at, this.at + 9).join('');
    COUNTED.lastIndex = 0;
    const match = COUNTED.exec(rest);
    if (match === null) {
      // RE2 takes `{` as itself where no repetition can be read; numbers of four digits it may refuse.
      if (/^\{\d/.test(rest)) throw new NotPlain();
      return null;
    }
    this.at += match[0].length;
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : match[3] === undefined ? null : Number(match[3]);
    if (max !== null && max < min) throw new NotPlain();
    return { min, max };
  }

  private atom(): PatternNode {
    const character = this.next();
    switch (character) {
      case '(':
        return this.group();
      case '[':
        return { type: 'class', set: this.bracket() };
      case '.':
        return { type: 'class', set: charSet('[^\\n]', code => code !== 10, true) };
      case '^':
      case '$':
        return { type: 'assert', source: character };
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        throw new NotPlain();
      default:
        return { type: 'literal', text: character };
    }
  }

  private group(): PatternNode {
    if (this.take('?')) {
      if (!this.take(':')) throw new NotPlain();
    }
    const node = this.alternatives();
    if (!this.take(')')) throw new NotPlain();
    return node;
  }

  private escape(): PatternNode {
    const character = this.next();
    if (character === 'b') return { type: 'assert', source: '\\b' };
    const set = perlClass(character);
    return set === undefined ? { type: 'literal', text: literalEscape(character) } : { type: 'class', set };
  }

  private bracket(): CharSet {
    const negated = this.take('^');
    const members: { readonly source: string; holds(code: number): boolean; readonly beyond: boolean }[] = [];
    if (this.peek() === ']') throw new NotPlain();
    while (!this.take(']')) {
      const from = this.member();
      if (typeof from !== 'string') {
        members.push({
          source: from.source.slice(1, -1),
          holds: code => from.ascii[code] === 1,
          beyond: from.beyond,
        });
        continue;
      }
      let to = from;
      if (this.peek() === '-' && this.characters[this.at + 1] !== ']') {
        this.at++;
        const end = this.member();
        if (typeof end !== 'string') throw new NotPlain();
        to = end;
      }
      const low = from.codePointAt(0) ?? 0;
      const high = to.codePointAt(0) ?? 0;
      if (high < low) throw new NotPlain();
      const source = low === high ? inBracket(from) : `${inBracket(from)}-${inBracket(to)}`;
      members.push({ source, holds: code => code >= low && code <= high, beyond: high > 127 });
    }
    const inner = members.map(member => member.source).join('');
    const holds = (code: number): boolean => members.some(member => member.holds(code)) !== negated;
    // Whether a class reaches beyond ASCII is only said on the safe side: a negated one may.
    return charSet(
      `[${negated ? '^' : ''}${inner}]`,
      holds,
      negated || members.some(member => member.beyond),
    );
  }

  /** One character of a class, or a class within it (`\d`, not a negated one). */
  private member(): string | CharSet {
    const character = this.next();
    if (character === '[' && this.peek() === ':') throw new NotPlain();
    if (character !== '\\') return character;
    const escapedCharacter = this.next();
    const set = perlClass(escapedCharacter);
    if (set === undefined) return literalEscape(escapedCharacter);
    if (set.source.startsWith('[^')) throw new NotPlain();
    return set;
  }

  private peek(): string | undefined {
    return this.characters[this.at];
  }

  private next(): string {
    const character = this.characters[this.at++];
    if (character === undefined) throw new NotPlain();
    return character;
  }

  private take(character: string): boolean {
    if (this.peek() !== character) return false;
    this.at++;
    return true;
  }
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isWord = (code: number): boolean =>
  isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
/** RE2's: no vertical tab, no Unicode spaces. */
const isSpace = (code: number): boolean =>
  code === 9 || code === 10 || code === 12 || code === 13 || code === 32;

/** `\\d` and its kin; made when asked for: the commit gate loads this file and seldom parses a pattern. */
function perlClass(letter: string): CharSet | undefined {
  switch (letter) {
    case 'd':
      return charSet('[0-9]', isDigit, false);
    case 'w':
      return charSet('[0-9A-Za-z_]', isWord, false);
    case 's':
      return charSet('[\\t\\n\\f\\r ]', isSpace, false);
    case 'D':
      return charSet('[^0-9]', code => !isDigit(code), true);
    case 'W':
      return charSet('[^0-9A-Za-z_]', code => !isWord(code), true);
    case 'S':
      return charSet('[^\\t\\n\\f\\r ]', code => !isSpace(code), true);
    default:
      return undefined;
  }
}

const CONTROL: Readonly<Record<string, string | undefined>> = {
  t: '\t',
  n: '\n',
  r: '\r',
  f: '\f',
  v: '\v',
  a: '\x07',
};

function literalEscape(character: string): string {
  const control = CONTROL[character];
  if (control !== undefined) return control;
  if (!/^[!-~]$/.test(character) || /^[0-9A-Za-z]$/.test(character)) throw new NotPlain();
  return character;
}

function inBracket(character: string): string {
  return /[\\\]^[-]/.test(character) ? `\\${character}` : character;
}
