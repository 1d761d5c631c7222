import type { Json } from '../../model/canonical.js';

/** A rule of ast-grep, as plain JSON: its shape is what `CODE_RULE` in invariants/code-schema.ts admits. */
export type SyntaxRule = { readonly [key: string]: Json };

/** What to look for in the syntax tree of a file. Plain JSON. */
export type CodeQuery = {
  /** A name of `CODE_LANGUAGES`. */
  readonly language: string;
  readonly rule: SyntaxRule;
  /** What metavariables must be, by their names without `$`. */
  readonly constraints?: { readonly [variable: string]: SyntaxRule };
  /** Rules that `matches` names. */
  readonly utils?: { readonly [name: string]: SyntaxRule };
};

/** A stretch of a file. Lines and columns are 1-based, columns in UTF-16 units; the end is exclusive. */
export interface CodeMatch {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The first line of the text, runs of white space as one space, none at its ends. */
  readonly firstLine: string;
}

export interface CodeFacts {
  /** Outermost and nested matches alike, in source order; one for each stretch. */
  readonly matches: readonly CodeMatch[];
  /** Stretches that the grammar can't make sense of, and in which a match may hide. */
  readonly gaps: readonly CodeMatch[];
}

/** Why the engine can't say what matches. */
export interface CodeProblem {
  /** `engine-missing`: something isn't installed here. `rule-invalid`: the engine refuses the rule. */
  readonly code: 'engine-missing' | 'rule-invalid';
  readonly message: string;
  readonly remedy: string;
  /** Where in the query, a path of keys joined by `/`; '' where it isn't about one. */
  readonly key: string;
}

export class CodeProblemError extends Error {
  override readonly name = 'CodeProblemError';
  constructor(readonly problem: CodeProblem) {
    super(problem.message);
  }
}
