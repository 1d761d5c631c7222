import { canonicalJson, type Json } from '../model/canonical.js';
import type { Verdict } from '../model/verdict.js';

/**
 * The same value gives the same bytes on every run: keys sorted, no white space, one final newline.
 * Accepts lintel's own read-only interfaces, which hold nothing but JSON.
 */
export function renderJson(value: object): string {
  return `${canonicalJson(value as Json)}\n`;
}

/** One verdict as it is; several (a push judges each ref) inside `lintel.verdicts/v1`. */
export function renderVerdictsJson(verdicts: readonly Verdict[]): string {
  const [only] = verdicts;
  return verdicts.length === 1 && only !== undefined
    ? renderJson(only)
    : renderJson({ schema: 'lintel.verdicts/v1', verdicts });
}
