import type { Digest, IsoDate, Oid, RepoPath } from './brand.js';
import type { Json } from './canonical.js';
import type { PathSet } from './path-set.js';

/** A place in a file of the judged tree. 1-based. */
export interface Position {
  readonly path: RepoPath;
  readonly line: number;
  readonly column: number;
}

export type Severity = 'block' | 'warn';

/** Who may waive, and for how long. `never` forbids it. */
export type WaiverClause =
  | 'never'
  | { readonly by: 'anyone' | 'ratifiers'; readonly approvals: number; readonly maxDays: number };

export const DEFAULT_WAIVER: WaiverClause = { by: 'anyone', approvals: 0, maxDays: 30 };

export type DecisionStatus = 'proposed' | 'accepted' | 'rejected' | 'deprecated' | 'superseded';

export interface DecisionSummary {
  readonly id: string;
  readonly title: string;
  readonly status: DecisionStatus;
  readonly path: RepoPath;
  /** The line of the decision's title. */
  readonly line: number;
  readonly date?: string;
  readonly deciders?: readonly string[];
  readonly supersedes?: readonly string[];
  /** Ids of its invariants, in force or not. */
  readonly invariants: readonly string[];
}

/** One invariant of an accepted decision, compiled: plain JSON, no library needed to evaluate it. */
export interface CompiledInvariant {
  readonly decision: string;
  readonly id: string;
  /** A kind of the registry: `forbid-import`, `layers`, … */
  readonly kind: string;
  readonly severity: Severity;
  readonly waiver: WaiverClause;
  readonly because?: string;
  readonly instead?: string;
  /** Files that the invariant leaves out, whatever its kind. */
  readonly except?: PathSet;
  /** What the kind's `compile` returned. */
  readonly rule: Json;
  /** Resolver settings, only where the kind reads imports: they are part of what the rule means. */
  readonly resolve?: ResolveSettings;
  /** The policy's ignored paths, part of what the rule means. */
  readonly ignore?: PathSet;
  /** Over all that changes the meaning (decision, id, kind, rule, except, resolve, ignore, severity), nothing of its prose. */
  readonly digest: Digest;
  /** Where the invariant is written. */
  readonly at: Position;
}

export interface ResolveSettings {
  /** Extra source roots, for bare specifiers. */
  readonly roots?: readonly string[];
  /** Conditions for package.json `imports`/`exports`, most wanted first. Default: types, import, require, node, default. */
  readonly conditions?: readonly string[];
  /** Specifier prefix → folder, for aliases that no file of the tree declares (a bundler's). */
  readonly provides?: Readonly<Record<string, string>>;
}

export interface Limits {
  /** A file larger than this is not read by text and import rules; where governed that is an error. Bytes. */
  readonly fileBytes: number;
}

export const DEFAULT_LIMITS: Limits = { fileBytes: 16 * 1024 * 1024 };

/** All decisions and configuration of one tree, compiled. */
export interface CompiledPolicy {
  readonly format: 'lintel.policy/1';
  /** Over path and blob id of every file it came from, and lintel's compiler version. */
  readonly digest: Digest;
  readonly configPath: RepoPath | null;
  readonly decisions: readonly DecisionSummary[];
  readonly invariants: readonly CompiledInvariant[];
  /** Where waivers are read from: a folder. */
  readonly waiversFolder: RepoPath;
  readonly decisionsFolders: readonly RepoPath[];
  /** Branch name without `refs/heads/`. */
  readonly trunk?: string;
  readonly commitGate: Severity;
  readonly limits: Limits;
  readonly sources: readonly { readonly path: RepoPath; readonly oid: Oid }[];
  /** Near-misspellings outside invariants, nested `.architecture` folders, and the like. */
  readonly warnings: readonly Problem[];
  /** Every glob as written and where, so that those that match nothing can be named. */
  readonly globs: readonly { readonly glob: string; readonly source: string; readonly at: Position }[];
  /** The configuration's components by name, so that a change of one can be named. Absent: none was compiled. */
  readonly components?: Readonly<Record<string, PathSet>>;
  /** The configuration's ignored paths; every invariant carries them too. */
  readonly ignore?: PathSet;
}

/** Something wrong (or doubtful) in a policy or waiver file. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly path: RepoPath;
  readonly line: number;
  readonly column: number;
  /** The mend: nearest spelling, quoting, a command. */
  readonly hint?: string;
}

export interface WaiverFile {
  readonly version: 1;
  readonly id: string;
  readonly decision: string;
  readonly invariants: readonly { readonly id: string; readonly digest: Digest }[];
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly findings: readonly {
    readonly fingerprint: string;
    readonly path: string;
    readonly subject: string;
  }[];
  readonly reason: string;
  readonly ticket?: string;
  /** The last day on which it holds. */
  readonly until: IsoDate;
}

/** A waiver with the file that it was read from. */
export interface Waiver extends WaiverFile {
  readonly path: RepoPath;
}
