import { diffArrays } from 'diff';

/**
 * Past this many edits a file counts as new in every line: the algorithm is quadratic in the number
 * of edits, and a file that differs that much has nothing left worth calling unchanged.
 */
export const MAX_EDITS = 4000;

/** The lines of a text, without their terminators. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/**
 * Which lines of `head` are new with respect to `base` (Myers' algorithm; 1-based).
 * `base` null: every line.
 */
export function introducedLines(base: string | null, head: string): ReadonlySet<number> {
  const after = linesOf(head);
  const all = (): ReadonlySet<number> => new Set(after.map((_, index) => index + 1));
  if (base === null) return all();
  const changes = diffArrays(linesOf(base), after, { maxEditLength: MAX_EDITS });
  if (changes === undefined) return all();
  const introduced = new Set<number>();
  let line = 1;
  for (const change of changes) {
    const count = change.count ?? change.value.length;
    if (change.removed) continue;
    if (change.added) for (let offset = 0; offset < count; offset++) introduced.add(line + offset);
    line += count;
  }
  return introduced;
}
