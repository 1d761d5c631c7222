import type { Digest, Fingerprint, IsoDate, Oid, RepoPath } from './brand.js';
import type { Severity, WaiverClause } from './decision.js';

export type FindingState = 'introduced' | 'standing' | 'waived' | 'baselined';

export interface Finding {
  /** Seven hexadecimal digits of the fingerprint. */
  readonly id: string;
  readonly fingerprint: Fingerprint;
  readonly state: FindingState;
  readonly severity: Severity;
  readonly decision: {
    readonly id: string;
    readonly title: string;
    readonly path: RepoPath;
    readonly line: number;
    /** The commit since which it is in force; `null` when it can't be known (shallow) or isn't committed yet. */
    readonly commit: Oid | null;
    readonly by: string | null;
  };
  readonly invariant: string;
  /** The compiled invariant's digest: what a waiver is bound to. */
  readonly invariantDigest: Digest;
  /** Where P and H hold different forms of it: the digests of all that found this. */
  readonly invariantDigests?: readonly Digest[];
  /** What the decision says of waiving it. */
  readonly waivable?: WaiverClause;
  readonly kind: string;
  readonly path: RepoPath;
  readonly line: number | null;
  readonly column: number | null;
  /** What the rule was violated with: target of an import, hash of a line, … */
  readonly subject: string;
  /** One sentence: what was expected. */
  readonly message: string;
  readonly because: string | null;
  readonly instead: string | null;
  readonly chain: readonly { readonly path: RepoPath; readonly line: number | null }[];
  /** The Package URL of the dependency that it is about. */
  readonly package?: string;
  /** All places, where there are several. */
  readonly sites: readonly { readonly line: number; readonly column: number }[];
  readonly waiver: {
    readonly id: string;
    readonly path: RepoPath;
    readonly until: IsoDate;
    readonly reason: string;
  } | null;
  /** Why a waiver that names it does not cover it: `W-… expired on …`. */
  readonly waiverNote: string | null;
  /** At the push: the commit that brought it in. */
  readonly broughtBy: { readonly commit: Oid; readonly subject: string; readonly author: string } | null;
}

/** A way in which the policy of the change differs from the policy in force. */
export interface GovernanceChange {
  readonly change:
    | 'loosened'
    | 'tightened'
    | 'added'
    | 'removed'
    | 'amended'
    | 'waiver-added'
    | 'waiver-removed'
    | 'policy-added'
    | 'policy-removed';
  readonly decision: string | null;
  readonly invariant: string | null;
  readonly message: string;
}

export interface VerdictError {
  /** Stable, for programs: `unparsable`, `oversized`, `symlink-outside`, `policy-invalid`, `shallow`, `missing-object`, … */
  readonly code: string;
  readonly message: string;
  readonly path: RepoPath | null;
  readonly line: number | null;
  readonly column: number | null;
  /** The command or edit that mends it. */
  readonly remedy: string | null;
}

export type ChangeSource = 'staged' | 'merge' | 'range' | 'push' | 'receive' | 'all' | 'edit';
export type Result = 'admitted' | 'blocked' | 'error';

/** `lintel.verdict/v1`. No timings, no host names, no paths outside the repository. */
export interface Verdict {
  readonly schema: 'lintel.verdict/v1';
  readonly result: Result;
  readonly asOf: IsoDate;
  readonly tool: { readonly name: 'lintel'; readonly version: string };
  readonly change: {
    readonly source: ChangeSource;
    readonly id: Digest;
    readonly bases: readonly Oid[];
    readonly head: Oid | null;
    readonly files: number;
    /** At the push: the ref that it is about. */
    readonly ref?: string;
    readonly skipped?: string;
  };
  readonly policy: {
    /** Where the policy in force was read: `HEAD`, `refs/heads/main`, `index`, `none`. */
    readonly ref: string;
    readonly commit: Oid | null;
    readonly digest: Digest | null;
    readonly decisions: number;
    readonly invariants: { readonly expected: number; readonly evaluated: number };
    /** Neither side holds a policy. */
    readonly ungoverned: boolean;
  };
  /** `gates: { commit: warn }` is in force: introduced findings are shown and do not block here; the push still blocks. */
  readonly gate?: 'warn';
  readonly findings: readonly Finding[];
  /** Findings that stood before: how many, by decision (they are listed only by `check --all`). */
  readonly standing: number;
  readonly governance: readonly GovernanceChange[];
  readonly warnings: readonly VerdictError[];
  readonly errors: readonly VerdictError[];
}

/** 0 admitted, 1 blocked, 2 wrong usage or configuration, 3 could not judge. */
export type ExitCode = 0 | 1 | 2 | 3;

export function exitCode(verdict: Verdict): ExitCode {
  switch (verdict.result) {
    case 'admitted':
      return 0;
    case 'blocked':
      return 1;
    case 'error':
      return verdict.errors.some(error => error.code === 'policy-invalid') ? 2 : 3;
  }
}
