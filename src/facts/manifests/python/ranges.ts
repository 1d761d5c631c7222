import { satisfies, valid, validRange } from '@renovatebot/pep440';

/** May the version answer the range? Yes, where that can't be told (Poetry's `^` and `||`, addresses). */
export function canSatisfy(version: string | null, range: string | null): boolean {
  if (version === null || range === null || valid(version) === null) return true;
  const plain = range.trim();
  if (plain === '' || plain === '*' || !validRange(plain)) return true;
  return satisfies(version, plain, { prereleases: true });
}
