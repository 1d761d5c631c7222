/** The command was called wrongly: exit code 2, the message, and what to type instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  constructor(
    message: string,
    readonly remedy: string | null = null,
  ) {
    super(message);
  }
}

/** The nearest known word, when it is near enough to be meant. */
export async function nearest(word: string, known: readonly string[]): Promise<string | null> {
  if (known.length === 0) return null;
  const { closest, distance } = await import('fastest-levenshtein');
  const best = closest(word, [...known]);
  return distance(word, best) <= Math.max(2, Math.floor(word.length / 3)) ? best : null;
}
