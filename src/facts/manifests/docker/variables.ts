import { ManifestError } from '../format.js';

/** Values of build arguments; `null`: declared, with no default. */
export type Arguments = ReadonlyMap<string, string | null>;

/** No name of an image comes near it: arguments that double each other do. */
const LONGEST = 10_000;
const MOST_NESTED = 50;
const NAME = /[A-Za-z_]\w*/y;

/**
 * A word with its variables and quotes resolved, as the builder does it before it reads an image's name.
 * A variable without a value, or one with an operator that isn't known here, stays as it is written.
 */
export function expanded(word: string, args: Arguments, escapeCharacter: string): string {
  return new Expansion(word, args, escapeCharacter).word(null);
}

/** Is there a variable or a template's expression left? */
export function isOpen(text: string): boolean {
  return text.includes('$') || text.includes('{{') || text.includes('<%');
}

class Expansion {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly args: Arguments,
    private readonly escapeCharacter: string,
  ) {}

  /** Up to `end`, which is passed over; `null`: to the end of the text. */
  word(end: '"' | '}' | null): string {
    let result = '';
    if (++this.depth > MOST_NESTED) throw new ManifestError('variables are nested too deeply');
    while (this.at < this.text.length) {
      const char = this.text.charAt(this.at++);
      if (char === end) break;
      if (result.length > LONGEST) throw new ManifestError('a word grows too long with its variables');
      if (char === '$') result += this.variable();
      else if (char === this.escapeCharacter) result += this.text.charAt(this.at++);
      else if (char === '"' && end !== '"') result += this.word('"');
      else if (char === "'" && end !== '"') result += this.literal();
      else result += char;
    }
    this.depth--;
    return result;
  }

  private literal(): string {
    const start = this.at;
    const end = this.text.indexOf("'", start);
    this.at = end === -1 ? this.text.length : end + 1;
    return this.text.slice(start, end === -1 ? undefined : end);
  }

  /** After the dollar. */
  private variable(): string {
    const start = this.at - 1;
    const isBraced = this.text[this.at] === '{';
    if (isBraced) this.at++;
    NAME.lastIndex = this.at;
    const name = NAME.exec(this.text)?.[0];
    if (name === undefined) {
      if (isBraced) this.word('}');
      return this.text.slice(start, this.at);
    }
    this.at += name.length;
    const value = this.args.get(name) ?? null;
    if (!isBraced) return value ?? `$${name}`;
    const operator = /^(?::?[-+?]|##?|%%?|\})/.exec(this.text.slice(this.at, this.at + 2))?.[0];
    this.at += operator?.length ?? 0;
    if (operator === '}') return value ?? this.text.slice(start, this.at);
    const other = this.word('}');
    const known = value !== null && isOpen(value) ? undefined : value;
    const result = known === undefined ? null : applied(operator ?? '', known, other);
    return result ?? this.text.slice(start, this.at);
  }
}

/** @returns `null` where that can't be known, or the operator is none that is known here */
function applied(operator: string, value: string | null, other: string): string | null {
  const isSet = value !== null && (value !== '' || !operator.startsWith(':'));
  switch (operator.at(-1)) {
    case '-':
      return isSet ? value : other;
    case '+':
      return isSet ? other : '';
    case '?':
      return isSet ? value : null;
    case '#':
      if (value === null || PATTERN.test(other)) return null;
      return value.startsWith(other) ? value.slice(other.length) : value;
    case '%':
      if (value === null || PATTERN.test(other)) return null;
      return value.endsWith(other) ? value.slice(0, value.length - other.length) : value;
    default:
      return null;
  }
}

const PATTERN = /[*?[\\]/;
