/** A lexical scope for constants, the innermost first: `Module.nesting`. An absolute one begins with `::`. */
export interface Nesting {
  readonly name: string;
  readonly outer: Nesting | null;
  readonly depth: number;
}

/** Something that is open: a bracket, an interpolation, or what `end` closes. */
export interface Frame {
  /** The opening word or bracket. */
  readonly word: string;
  readonly at: number;
  /** What is restored when it closes. */
  readonly nesting: Nesting | null;
  readonly locals: Set<string>;
  /** A class or module whose scope begins with the next line or `;`. */
  opens?: Nesting | null;
  /** `while`, `until`, `for`: its `do` opens nothing. */
  awaitsDo?: boolean;
  /** The parameters of a `def`. */
  isParameters?: boolean;
  /** Active Support's `autoload_under "x"` and `autoload_at "x"`. */
  autoload?: { readonly isWhole: boolean; readonly path: string };
}
