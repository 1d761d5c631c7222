import type { Violation } from '../invariants/kind.js';
import { type Fingerprint, fingerprint, type RepoPath } from '../model/brand.js';
import { canonicalJson, sha256Hex } from '../model/canonical.js';
import type { CompiledInvariant } from '../model/decision.js';

/**
 * What makes two violations the same one: decision, invariant, path, subject and its place among equals.
 * No line numbers, so that edits elsewhere in the file change nothing.
 */
export interface Key {
  readonly path: RepoPath;
  readonly subject: string;
  readonly ordinal: number;
}

type Named = Pick<CompiledInvariant, 'decision' | 'id'>;

/** Digits of a line's hash that a key holds: 64 bits tell the lines of one file apart. */
const LINE_HASH_DIGITS = 16;

/** The subject as it stands in the key: lines of text are hashed, so that no code is copied into waivers. */
export function keySubject(violation: Pick<Violation, 'subject' | 'subjectIsText'>): string {
  return violation.subjectIsText
    ? `line:${sha256Hex(violation.subject).slice(0, LINE_HASH_DIGITS)}`
    : violation.subject;
}

export function keyOf(violation: Violation): Key {
  return { path: violation.path, subject: keySubject(violation), ordinal: violation.ordinal };
}

function keyText(key: Key): string {
  return canonicalJson([key.path, key.subject, key.ordinal]);
}

/** Every spelling under which the violation may stand in another tree; the first is its own. */
export function keyTexts(violation: Violation): readonly string[] {
  const key = keyOf(violation);
  return [keyText(key), ...(violation.aliases ?? []).map(subject => keyText({ ...key, subject }))];
}

export function fingerprintOf(invariant: Named, key: Key): Fingerprint {
  return fingerprint(
    sha256Hex(
      canonicalJson({
        decision: invariant.decision,
        invariant: invariant.id,
        path: key.path,
        subject: key.subject,
        n: key.ordinal,
      }),
    ),
  );
}
