/** Kinds of tokens beside punctuation, whose kind is its character's code. */
export const KIND = {
  end: 0,
  name: 128,
  /** An identifier that is no keyword whatever it spells: in backticks, or after `@` in C#. */
  quotedName: 129,
  /** A string without interpolation. */
  string: 130,
  /** The beginning of a string with interpolation; the code in its holes follows as tokens. */
  template: 131,
  /** Behind each hole of such a string. */
  templatePart: 132,
  number: 133,
  character: 134,
  /** A preprocessor line. */
  directive: 135,
} as const;

/**
 * No list in brackets that has to be looked over in advance has more tokens. Without a limit a file of unclosed
 * brackets would be read once for each of them.
 */
export const LONGEST_LIST = 1000;

/** The tokens of one file, in order. Beyond the last one stands `KIND.end`. */
export class Tokens {
  private readonly kinds: number[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  constructor(readonly text: string) {}

  get size(): number {
    return this.kinds.length;
  }

  add(kind: number, start: number, end: number): void {
    this.kinds.push(kind);
    this.starts.push(start);
    this.ends.push(end);
  }

  kind(index: number): number {
    return this.kinds[index] ?? KIND.end;
  }

  start(index: number): number {
    return this.starts[index] ?? this.text.length;
  }

  end(index: number): number {
    return this.ends[index] ?? this.text.length;
  }

  /** The token as written. */
  raw(index: number): string {
    return this.text.slice(this.start(index), this.end(index));
  }

  /** Is it this word, not in backticks? */
  isWord(index: number, word: string): boolean {
    const start = this.start(index);
    return (
      this.kind(index) === KIND.name &&
      this.end(index) - start === word.length &&
      this.text.startsWith(word, start)
    );
  }

  isName(index: number): boolean {
    const kind = this.kind(index);
    return kind === KIND.name || kind === KIND.quotedName;
  }

  /** Behind the bracket that closes the one at `index`; `null`: nothing near closes it. */
  behind(index: number, open: number, close: number): number | null {
    let depth = 0;
    const last = Math.min(this.size, index + LONGEST_LIST);
    for (let at = index; at < last; at++) {
      const kind = this.kind(at);
      if (kind === open) depth++;
      else if (kind === close && --depth === 0) return at + 1;
    }
    return null;
  }
}
