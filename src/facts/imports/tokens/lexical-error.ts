/** Where a text can't be what it claims to be. Thrown while it is read, answered by the extractor. */
export class LexicalError extends Error {
  /** @param at UTF-16 offset of what is wrong: of what is never closed, say */
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}
