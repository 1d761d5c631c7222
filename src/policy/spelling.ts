import { distance } from 'fastest-levenshtein';

/** How many edits still count as a slip of the same word: one in four letters, at least one. */
function tolerance(word: string): number {
  return Math.max(1, Math.floor(word.length / 4));
}

/** Edits between two words; two letters that changed places are one slip, not two edits. */
function slips(a: string, b: string): number {
  const edits = distance(a, b);
  return edits === 2 && letters(a) === letters(b) ? 1 : edits;
}

function letters(word: string): string {
  return [...word].sort().join('');
}

/** The known word nearest to what was written, when it is near enough to be meant. */
export function nearest(written: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  const lower = written.toLowerCase().replaceAll('_', '-');
  for (const word of known) {
    const edits = slips(lower, word.toLowerCase());
    if (edits < least) {
      least = edits;
      best = word;
    }
  }
  return best !== null && least <= tolerance(best) ? best : null;
}

/** `did you mean "x"?`, or the list of what is possible where nothing is near. */
export function spellingHint(written: string, known: readonly string[]): string {
  const near = nearest(written, known);
  if (near !== null) return `did you mean "${near}"?`;
  return known.length === 0 ? 'none is defined' : `known: ${known.join(', ')}`;
}
