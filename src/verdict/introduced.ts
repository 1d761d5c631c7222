import type { Mode, Violation } from '../invariants/kind.js';
import type { Fingerprint, RepoPath } from '../model/brand.js';
import type { CompiledInvariant } from '../model/decision.js';
import { fingerprintOf, keyOf, keyTexts } from './keys.js';

/** What one base holds of one invariant, evaluated with the same compiled invariant. */
export interface BaseViolations {
  readonly violations: readonly Violation[];
  /** Path in the head → path in this base, for renamed files. */
  readonly renames: ReadonlyMap<RepoPath, RepoPath>;
  /** Fingerprints that a waiver file in this base names: held by a waiver, so not standing. */
  readonly waived: ReadonlySet<string>;
}

export interface Judged {
  readonly violation: Violation;
  readonly fingerprint: Fingerprint;
  readonly introduced: boolean;
  /** A base holds it, but only under a waiver. */
  readonly onceWaived: boolean;
}

/**
 * Tells the introduced violations from the standing ones.
 * - `state`: introduced when its key stands in no base other than under a waiver.
 * - `measured`: introduced when worse than in every base.
 * - `change`: violated against every base (`bases` then holds what each base-to-head change violates).
 */
export function judgeViolations(
  invariant: CompiledInvariant,
  mode: Mode,
  head: readonly Violation[],
  bases: readonly BaseViolations[],
): readonly Judged[] {
  const indexes = bases.map(base => indexOf(invariant, base));
  return head.map(violation => {
    const fingerprint = fingerprintOf(invariant, keyOf(violation));
    const keys = keyTexts(violation);
    const held = indexes.map(index => keys.map(key => index.get(key)).find(entry => entry !== undefined));
    if (mode === 'change') {
      return {
        violation,
        fingerprint,
        introduced: held.every(entry => entry !== undefined),
        onceWaived: false,
      };
    }
    const onceWaived = held.some(entry => entry?.waived === true);
    const standing = held.some(
      entry =>
        entry !== undefined &&
        !entry.waived &&
        (mode !== 'measured' || (violation.measure ?? 0) <= (entry.violation.measure ?? 0)),
    );
    return { violation, fingerprint, introduced: !standing, onceWaived: onceWaived && !standing };
  });
}

interface Held {
  readonly violation: Violation;
  readonly waived: boolean;
}

function indexOf(invariant: CompiledInvariant, base: BaseViolations): ReadonlyMap<string, Held> {
  const forward = new Map<RepoPath, RepoPath>();
  for (const [after, before] of base.renames) forward.set(before, after);
  const index = new Map<string, Held>();
  for (const violation of base.violations) {
    const waived = base.waived.has(fingerprintOf(invariant, keyOf(violation)));
    const mapped = throughRenames(violation, forward);
    for (const candidate of mapped === violation ? [violation] : [violation, mapped]) {
      for (const key of keyTexts(candidate)) {
        const known = index.get(key);
        // Two spellings may meet in one key; what stands without a waiver counts.
        if (known === undefined || (known.waived && !waived)) index.set(key, { violation, waived });
      }
    }
  }
  return index;
}

/** The violation as it would read had the renames been made in the base: path and subject. */
function throughRenames(violation: Violation, forward: ReadonlyMap<RepoPath, RepoPath>): Violation {
  const path = forward.get(violation.path) ?? violation.path;
  const { subjectPath } = violation;
  const renamed = subjectPath === undefined ? undefined : forward.get(subjectPath);
  if (path === violation.path && renamed === undefined) return violation;
  const subject =
    subjectPath === undefined || renamed === undefined || !violation.subject.startsWith(subjectPath)
      ? violation.subject
      : renamed + violation.subject.slice(subjectPath.length);
  return { ...violation, path, subject };
}
