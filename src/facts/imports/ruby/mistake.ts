/** Where a text can't be what it claims to be. Thrown within the lexer, answered by the extractor. */
export class LexMistake extends Error {
  /** @param at UTF-16 offset */
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}
