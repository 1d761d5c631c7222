import { ManifestError } from '../format.js';
import type { Statement, Token } from './gradle-tokens.js';

const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
]);
/** A line that ends so goes on in the next one. */
const GOES_ON = /^(?:[,=+&|?:.<]|->)$/;
const DEEPEST = 200;

/** The statements of a script, with blocks as tokens of them. @throws ManifestError where brackets don't match */
export function statementsOf(tokens: readonly Token[]): readonly Statement[] {
  return new Reader(tokens).block(null, 0);
}

class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  /** @param opened the brace that opened it; `null`: the script itself */
  block(opened: Token | null, depth: number): readonly Statement[] {
    if (depth > DEEPEST) throw new ManifestError('it is nested too deeply', opened?.line ?? 1, 'simplify it');
    const statements: Statement[] = [];
    let current: Token[] = [];
    const brackets: Token[] = [];
    const close = (): void => {
      if (current.length > 0) statements.push({ tokens: current });
      current = [];
    };
    for (;;) {
      const token = this.tokens[this.at];
      if (token === undefined) {
        const open = brackets.at(-1) ?? opened;
        if (open !== null && open !== undefined) throw unmatched(open);
        close();
        return statements;
      }
      this.at++;
      if (token.type === 'newline') {
        if (brackets.length === 0 && !this.goesOn(current.at(-1))) close();
      } else if (token.text === ';' && token.type === 'mark') {
        if (brackets.length === 0) close();
      } else if (token.type !== 'mark') current.push(token);
      else if (token.text === '{') {
        const block = this.block(token, depth + 1);
        const end = this.tokens[this.at - 1]?.end ?? token.end;
        current.push({ ...token, type: 'block', end, block });
      } else if (token.text === '}') {
        if (opened === null || brackets.length > 0) throw unmatched(token);
        close();
        return statements;
      } else {
        if (CLOSERS.has(token.text)) {
          if (brackets.length > DEEPEST)
            throw new ManifestError('it is nested too deeply', token.line, 'simplify it');
          brackets.push(token);
        } else if (token.text === ')' || token.text === ']') {
          const open = brackets.pop();
          if (open === undefined || CLOSERS.get(open.text) !== token.text) throw unmatched(token);
        }
        current.push(token);
      }
    }
  }

  private goesOn(last: Token | undefined): boolean {
    if (last === undefined) return false;
    if (last.type === 'mark' && GOES_ON.test(last.text)) return true;
    let next = this.at;
    while (this.tokens[next]?.type === 'newline') next++;
    const token = this.tokens[next];
    return token?.type === 'mark' && (token.text === '.' || token.text === '?');
  }
}

function unmatched({ text, line }: Token): ManifestError {
  return new ManifestError(`an unmatched ${text}`, line, 'correct the script');
}
