/** What the page shows: written into it as JSON by html.ts, read by main.ts. Files and texts are told by their place in lists. */
export interface PageData {
  readonly commit: string;
  /** Each file's folders and name, `component` first where the page groups by components. */
  readonly files: readonly string[];
  /** Shown names, where they differ: none. */
  readonly imports: readonly PageImport[];
  readonly kinds: readonly string[];
  readonly decisions: readonly string[];
  /** For each file the decisions that look at its imports. */
  readonly governed: readonly (readonly number[])[];
  /** Violations by import (its place in `imports`). */
  readonly violations: readonly { readonly at: number; readonly decision: string; readonly text: string }[];
}

/** from, to, line, kind, specifier (`null`: computed) */
export type PageImport = readonly [from: number, to: number, line: number, kind: number, specifier: string];
