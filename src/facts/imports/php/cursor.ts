import { END, type Tokens } from './tokens.js';

/** A place among the tokens of a file. */
export class Cursor {
  constructor(
    protected readonly text: string,
    protected readonly tokens: Tokens,
    protected at = 0,
  ) {}

  protected kind(ahead = 0): number {
    return this.tokens.kinds[this.at + ahead] ?? END;
  }

  /** The token as written. */
  protected word(ahead = 0): string {
    return this.text.slice(this.tokens.starts[this.at + ahead], this.tokens.ends[this.at + ahead]);
  }

  /** Over the token, if it is of this kind. */
  protected eat(kind: number): boolean {
    if (this.kind() !== kind) return false;
    this.at++;
    return true;
  }
}
