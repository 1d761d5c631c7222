import type { CodeQuery } from '../facts/code/query.js';
import type { TreeFacts } from '../facts/tree-facts.js';
import type { RepoPath } from '../model/brand.js';
import type { Json } from '../model/canonical.js';
import type { TargetSet } from '../model/edges.js';
import type { PathPattern, PathSet } from '../model/path-set.js';
import type { ChangeStatus, FileChange } from '../model/tree.js';
import type { GraphGate } from './graph-gate.js';

/** A JSON Schema fragment (draft 2020-12), plain data: the definition that validates and that is published. */
export type JsonSchema = { readonly [key: string]: Json };

/**
 * How a violation becomes "introduced" (DESIGN.md, *The judge, exactly*).
 * - `state`: a function of a tree. Introduced when its key stands in the head and in no base.
 * - `measured`: carries `measure`. Introduced when over the limit in the head and worse than in every base.
 * - `change`: a function of base → head. Introduced when violated against every base.
 */
export type Mode = 'state' | 'measured' | 'change';

/** What must be prepared before a rule can be evaluated on a file. */
export type Reads =
  | 'paths'
  | 'size'
  | 'text'
  | 'imports'
  | 'graph'
  | 'code'
  /** Manifests and lock files, all of the tree. */
  | 'dependencies'
  /** Those, and the imports of the governed files. */
  | 'imports-and-dependencies';

/** Does the kind look at imports, one by one or as a graph? Then it matters how they are resolved. */
export function readsImports(kind: Kind | undefined): boolean {
  return kind?.reads === 'imports' || kind?.reads === 'graph' || kind?.reads === 'imports-and-dependencies';
}

/** One violation of one rule in one tree (or by one change). */
export interface Violation {
  readonly path: RepoPath;
  readonly line: number | null;
  readonly column: number | null;
  /** Part of the key. No line numbers in it. */
  readonly subject: string;
  /** The subject is a line of text (white space collapsed): the key holds its hash instead. */
  readonly subjectIsText?: true;
  /**
   * Other subjects under which the same violation may stand in another tree (an unresolved import's
   * candidates). Not part of the fingerprint.
   */
  readonly aliases?: readonly string[];
  /** Its place among violations of the same path and subject; 0 when the subject is unique in its file. */
  readonly ordinal: number;
  /** One sentence: what was expected, and what is there instead. No full stop is added. */
  readonly message: string;
  readonly sites?: readonly { readonly line: number; readonly column: number }[];
  readonly chain?: readonly { readonly path: RepoPath; readonly line: number | null }[];
  /** The Package URL of the dependency that it is about. */
  readonly package?: string;
  /** For `measured`: larger is worse. */
  readonly measure?: number;
  /** Paths inside the subject, so that renames can be mapped through it. */
  readonly subjectPath?: RepoPath;
}

/** The files to look at. `all` in `check --all`. */
export type Scope = 'all' | ReadonlySet<RepoPath>;

export type LeftOut = (path: string) => boolean;

/** A base as a rule of the graph sees it. */
export interface BaseFacts {
  readonly facts: TreeFacts;
  /** The path in this base of a path of the head: another one where the file was renamed. */
  before(path: RepoPath): RepoPath;
}

/** What a `change` rule sees: one base and the head. */
export interface ChangeFacts {
  readonly base: TreeFacts;
  readonly head: TreeFacts;
  readonly changes: readonly FileChange[];
  /** `commit` for a commit, merge or edit; `push` for a push, range or CI. */
  readonly at: 'commit' | 'push';
}

export interface NamedComponent {
  readonly name: string;
  readonly paths: PathSet;
  /** All may import it, whatever layers and allowances say. */
  readonly utility: boolean;
}

/** Handed to `compile`: turns what a person wrote into compiled sets. Throws `RuleProblem`. */
export interface RuleCompiler {
  /** Components, paths (globs). A package is refused with the reason. */
  paths(refs: Json, key: string): PathSet;
  /** Components, paths and packages. */
  targets(refs: Json, key: string): TargetSet;
  /** One glob (not a component), captures allowed. */
  glob(glob: Json, key: string): PathPattern;
  /** A regular expression in RE2's syntax: checked, returned as written. */
  regex(source: Json, key: string): string;
  /**
   * A rule about code: the pattern engine is asked whether it takes it, where it is installed. What is wrong is
   * recorded; without the engine the judge finds it, and can't judge.
   */
  code(query: CodeQuery): void;
  /** How a ref is called in messages: the component's name, or the glob. */
  label(refs: Json): string;
  /** Every component of the configuration, in the order in which it is written there. */
  components(): readonly NamedComponent[];
  /** Refuses an option of the rule, with the place of `key`. */
  fail(message: string, key: string, hint?: string): never;
}

/** A mistake inside one invariant: `key` is a path of keys and indexes below the kind's own value, `/`-joined. */
export class RuleProblem extends Error {
  override readonly name = 'RuleProblem';
  constructor(
    message: string,
    readonly key: string,
    readonly hint: string | null = null,
  ) {
    super(message);
  }
}

/**
 * One kind of invariant. Each lives in a file of its own and is registered in one line of registry.ts.
 * Pure: no effects, no libraries at load (the commit gate loads every kind).
 */
export interface Kind<Rule extends Json = Json> {
  readonly name: string;
  /** One line for `--help` and the docs. */
  readonly summary: string;
  /** Schema of the value under the kind's name. */
  readonly schema: JsonSchema;
  readonly reads: Reads;
  /** Where what it reads depends on the rule (`size` without `lines` needs no text): ask `readsOf` in registry.ts. */
  readsOf?(rule: Rule): Reads;
  /** Of kinds that read `code`: what is looked for. The same object on each call, as long as the rule is. */
  codeOf?(rule: Rule): CodeQuery;
  modeOf(rule: Rule): Mode;
  /** Checked options → the rule: plain JSON, all that `evaluate` needs. @throws RuleProblem */
  compile(options: Json, compiler: RuleCompiler): Rule;
  /** Must the facts of this file be prepared to evaluate the rule on it? */
  governs(rule: Rule, path: RepoPath): boolean;
  /**
   * Can adding, deleting, changing or re-typing this path violate the rule in *another* file, or in none
   * (a path that must exist)? The commit gate admits at once only where this is false.
   * Re-resolution of imports is the judge's business, not asked here.
   */
  reaches(rule: Rule, path: RepoPath, status: ChangeStatus): boolean;
  /**
   * `state` and `measured` rules: violations of one tree within the scope, in a stable order. Where the rule reads
   * the graph the scope is `all`, and `leftOut` says which files the invariant leaves out (`except`, `ignore`): they
   * are neither violations' places nor parts of a chain.
   */
  evaluate?(rule: Rule, facts: TreeFacts, scope: Scope, leftOut: LeftOut): readonly Violation[];
  /**
   * Where a rule reads single imports and the graph, too: what it finds over the graph. `evaluate` then finds the rest,
   * file by file. Absent: a rule over the graph finds everything in `evaluate`.
   */
  evaluateGraph?(rule: Rule, facts: TreeFacts, leftOut: LeftOut): readonly Violation[];
  /**
   * What costs too much to work out for every standing violation: the witness chain, better words. Asked for each
   * violation that is shown.
   */
  explain?(rule: Rule, facts: TreeFacts, violation: Violation, leftOut: LeftOut): Violation;
  /**
   * Of a violation whose key stands in no base: is the change to blame for it? Absent: always. (A cycle violates
   * the rule at each of its edges; blamed are those that some base lacks.) `head` is the tree that it was found in.
   */
  blames?(
    rule: Rule,
    head: TreeFacts,
    violation: Violation,
    bases: readonly BaseFacts[],
    leftOut: LeftOut,
  ): boolean;
  /**
   * Allowances and exceptions of the rule that let nothing through in this tree, in words ready to be shown;
   * looked for in `check --all` and when the policy changes.
   */
  unused?(rule: Rule, facts: TreeFacts): readonly string[];
  /** How the commit gate judges a rule over the graph; `null`: this rule isn't over the graph. */
  gate?(rule: Rule): GraphGate<Rule> | null;
  /** Is a `state` or `measured` rule asked by `evaluateChange`, too, for part of what it says is about the change? */
  judgesChangesToo?(rule: Rule): boolean;
  /** `change` rules. */
  evaluateChange?(rule: Rule, change: ChangeFacts): readonly Violation[];
  /**
   * Quick look at one changed file by the commit gate, without a listing of the tree: `clear` only when
   * this file, changed so, cannot bring in a violation of this rule in the file itself.
   */
  screen(rule: Rule, file: ScreenedFile): 'clear' | 'candidate';
}

/** A changed file as the commit gate sees it, before anything heavy is loaded. Each part is computed when asked for. */
export interface ScreenedFile {
  readonly path: RepoPath;
  readonly status: ChangeStatus;
  /** A symbolic link or gitlink on either side: kinds that read content answer `candidate`. */
  readonly regular: boolean;
  /** Decoded text of the head side; `null` when deleted, binary, not UTF-8 or oversized (then: `candidate`). */
  readonly headText: string | null;
  readonly baseText: string | null;
  readonly headBytes: number;
  readonly baseBytes: number | null;
  /**
   * Imports that the base blob lacks, resolved; `null` when that could not be told cheaply (then: `candidate`).
   * Two imports are the same only if specifier, kind, type-only, form and imported names are: a name added to
   * an old import, or `import type` become `import`, can be what a rule forbids.
   */
  newEdges(): readonly import('../model/edges.js').Edge[] | null;
}
