/** What the page shows: written into it as JSON by html.ts, read by main.ts. Things are told by their place in lists. */
export interface PageData {
  readonly commit: string;
  /** Files, packages, and folders that are imported as a whole (a slash at the end). */
  readonly places: readonly PagePlace[];
  /** Components, and `packages`. */
  readonly groups: readonly string[];
  readonly imports: readonly PageImport[];
  /** Places that hold a code file of the revision: the rest is only imported. */
  readonly files: number;
  readonly kinds: readonly string[];
  readonly decisions: readonly string[];
  /** For each place the decisions that look at its imports. */
  readonly governed: readonly (readonly number[])[];
  readonly violations: readonly PageViolation[];
  /** Files whose imports are missing here, and why. */
  readonly unread: readonly (readonly [path: string, reason: string])[];
}

/** group: in `groups`; -1: none, the place stands in its folders */
export type PagePlace = readonly [path: string, group: number];

/** from, to, line, kind, specifier (`null`: computed) */
export type PageImport = readonly [
  from: number,
  to: number,
  line: number,
  kind: number,
  specifier: string | null,
];

export interface PageViolation {
  /** The import that shows it; -1: none does. */
  readonly at: number;
  /** Its file, in `places`; -1: not drawn. */
  readonly file: number;
  readonly place: string;
  readonly decision: string;
  readonly text: string;
  readonly waived: boolean;
}
