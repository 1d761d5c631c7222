/** A text that is not what its grammar says. Its message says what stands where. */
export class SyntaxProblem extends Error {
  override readonly name = 'SyntaxProblem';
}

/** Walks over one line by sticky patterns. */
export class TextScanner {
  at = 0;

  constructor(readonly text: string) {}

  /** What the pattern (flag `y`) matches here, and moves on behind it; `null`: it doesn't. */
  take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }

  takeText(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  blanks(): boolean {
    const from = this.at;
    while (this.text[this.at] === ' ' || this.text[this.at] === '\t') this.at++;
    return this.at > from;
  }

  ended(): boolean {
    return this.at >= this.text.length;
  }

  /** @throws SyntaxProblem always */
  refuse(expected: string): never {
    const here = this.ended() ? 'its end' : JSON.stringify(this.text.slice(this.at, this.at + 20));
    throw new SyntaxProblem(
      `expected ${expected}, found ${here} in ${JSON.stringify(this.text.slice(0, 200))}`,
    );
  }
}
