/** Kinds of tokens beyond single characters of punctuation, which stand for themselves by their code. */
export const END = 0;
/** A word, or a name with backslashes in it or before it. */
export const NAME = 1;
export const VARIABLE = 2;
/** A string without interpolation, with its quotes; a heredoc is one only where it is a nowdoc. */
export const STRING = 3;
/** A string with interpolation begins; what is embedded in it follows between `{` and `}`. */
export const TEMPLATE = 4;
export const TEMPLATE_END = 5;
export const NUMBER = 6;
/** `::` */
export const SCOPE = 7;
/** `->`, `?->` */
export const ARROW = 8;
/** `=>` */
export const DOUBLE_ARROW = 9;
/** `#[` */
export const ATTRIBUTE = 10;
/** An operator of several characters that matters to nobody: `==`, `===`. */
export const OPERATOR = 11;

/** The tokens of one file as parallel lists; the last one is END. Offsets count UTF-16 units. */
export interface Tokens {
  readonly kinds: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}
