import { CLOSE_BRACE, COMMA, SEMICOLON } from './lexer.js';

/** Whether an attribute's item goes on, at one depth of brackets. */
const NONE = 0;
/** Attributes stand before it. */
const ATTRIBUTES = 1;
/** `fn`, `mod`, `impl`…: ends at a semicolon or behind its body. */
const BODY = 2;
/** `const`, `static`, `type`, `let`: ends at a semicolon. */
const STATEMENT = 3;
/** A field, a variant, an argument, an arm: ends at a comma too. */
const PART = 4;

const WITH_BODY = new Set(
  'fn mod impl struct enum trait union use extern unsafe async macro_rules macro auto default crate'.split(
    ' ',
  ),
);

/**
 * Which tokens belong to an item for tests. A frame a bracket; the frame knows whether all in it is for tests,
 * and how far the item goes that an attribute stands before.
 */
export class TestItems {
  private readonly whole: boolean[] = [false];
  private readonly states: number[] = [NONE];
  private readonly firstFact: number[] = [0];
  private readonly tested: boolean[] = [false];

  /** Is what stands here compiled for tests only? */
  get isTest(): boolean {
    const top = this.states.length - 1;
    return this.whole[top] === true || (this.states[top] !== NONE && this.tested[top] === true);
  }

  open(): void {
    this.whole.push(this.isTest);
    this.states.push(NONE);
    this.firstFact.push(0);
    this.tested.push(false);
  }

  /** @param goesOn the token behind shows that the expression is not over: `.`, `?`, `=>`, `else` */
  close(kind: number, goesOn: boolean): void {
    if (this.states.length === 1) return;
    this.whole.pop();
    this.states.pop();
    this.firstFact.pop();
    this.tested.pop();
    const top = this.states.length - 1;
    const state = this.states[top];
    if (kind === CLOSE_BRACE && (state === BODY || (state === PART && !goesOn))) this.states[top] = NONE;
  }

  /** `#![cfg(test)]` */
  testWhole(): void {
    this.whole[this.whole.length - 1] = true;
  }

  /**
   * @param facts how many were found so far
   * @returns from which fact on all are for tests now, for those of the attributes before; `null`: none more
   */
  attribute(isTest: boolean, facts: number): number | null {
    const top = this.states.length - 1;
    if (this.states[top] !== ATTRIBUTES) {
      this.states[top] = ATTRIBUTES;
      this.firstFact[top] = facts;
      this.tested[top] = false;
    }
    if (!isTest || this.tested[top] === true) return null;
    this.tested[top] = true;
    return this.firstFact[top] ?? null;
  }

  /** A token that may begin an item, or end one. `word`: its text, '' for another token. */
  token(kind: number, word: string, nextWord: () => string): void {
    const top = this.states.length - 1;
    const state = this.states[top];
    if (state === NONE) return;
    if (state === ATTRIBUTES) {
      if (word === 'pub') return;
      if (word === 'static' || word === 'type' || word === 'let') this.states[top] = STATEMENT;
      else if (word === 'const')
        this.states[top] = /^(?:fn|unsafe|extern|async)$/.test(nextWord()) ? BODY : STATEMENT;
      else this.states[top] = WITH_BODY.has(word) ? BODY : PART;
    } else if (kind === SEMICOLON || (kind === COMMA && state === PART)) this.states[top] = NONE;
  }
}
