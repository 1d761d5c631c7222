import type { DecisionStatus } from '../model/decision.js';

export const STATUSES: readonly DecisionStatus[] = [
  'proposed',
  'accepted',
  'rejected',
  'deprecated',
  'superseded',
];

/**
 * A status as front matter states it: one known word in any case, or `superseded by …`.
 * @returns `null` for anything else. Text after another word (`accepted, but …`) is not guessed at.
 */
export function parseStatus(text: string): DecisionStatus | null {
  const trimmed = text.trim().toLowerCase();
  if (/^super[sc]eded\s+by\s+\S/.test(trimmed)) return 'superseded';
  return STATUSES.find(status => status === trimmed) ?? null;
}

/** The same for a record that enforces nothing: spellings in the wild (adr-tools writes "Superceded by"), else proposed. */
export function looseStatus(text: string): DecisionStatus {
  const word = /[a-z]+/.exec(text.toLowerCase())?.[0] ?? '';
  if (word === 'superceded') return 'superseded';
  if (word === 'approved' || word === 'adopted') return 'accepted';
  return STATUSES.find(status => status === word) ?? 'proposed';
}
