import { Cursor } from './cursor.js';
import { lastSegment, type References } from './references.js';
import { NAME, type Tokens } from './tokens.js';

const BACKSLASH = 92;
const COMMA = 44;
const OPEN = 123;

type UseForm = 'use' | 'function' | 'const';

/** Reads `use A\B, C as D;`, `use function a\f;`, `use A\{B, C\D as E, function f};`. */
export class UseReader extends Cursor {
  constructor(
    text: string,
    tokens: Tokens,
    private readonly references: References,
    at: number,
  ) {
    super(text, tokens, at);
  }

  /** @returns where the statement's names end */
  read(): number {
    const form = this.form('use');
    do this.clause('', form, true);
    while (this.eat(COMMA));
    return this.at;
  }

  private form(otherwise: UseForm): UseForm {
    if (this.kind() !== NAME || this.kind(1) !== NAME) return otherwise;
    const word = this.word().toLowerCase();
    if (word !== 'function' && word !== 'const') return otherwise;
    this.at++;
    return word;
  }

  private clause(prefix: string, form: UseForm, mayGroup: boolean): void {
    if (this.kind() !== NAME) return;
    const start = this.tokens.starts[this.at] ?? 0;
    const name = this.word();
    this.at++;
    if (mayGroup && this.kind() === BACKSLASH && this.kind(1) === OPEN) {
      this.at += 2;
      do this.clause(`${name}\\`, this.form(form), false);
      while (this.eat(COMMA));
      this.eat(125 /* } */);
      return;
    }
    let alias = lastSegment(name);
    if (this.kind() === NAME && this.word().toLowerCase() === 'as' && this.kind(1) === NAME) {
      this.at++;
      alias = this.word();
      this.at++;
    }
    this.references.use(prefix + name, alias, form, start);
  }
}
