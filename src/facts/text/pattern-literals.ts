import type { PatternNode } from './pattern-node.js';
import { parsePattern } from './pattern-parser.js';

/** More alternatives than these cost more to look for than they save. */
const MAX_LITERALS = 24;

/**
 * Literals of which at least one stands in every text that the pattern matches.
 * @returns `null` when none can be named with certainty
 */
export function requiredLiterals(source: string): readonly string[] | null {
  const parsed = parsePattern(source);
  if (parsed === null || parsed.ignoreCase) return null;
  return literalsOf(parsed.root);
}

/** As `requiredLiterals`, for what is parsed already (letters as written, whatever the case flag). */
export function literalsOf(node: PatternNode): readonly string[] | null {
  switch (node.type) {
    case 'literal':
      return [node.text];
    case 'class':
    case 'assert':
      return null;
    case 'repeat':
      return node.min > 0 ? literalsOf(node.item) : null;
    case 'alternate': {
      const all = new Set<string>();
      for (const option of node.options) {
        const literals = literalsOf(option);
        if (literals === null) return null;
        for (const literal of literals) all.add(literal);
      }
      return all.size > MAX_LITERALS ? null : [...all];
    }
    case 'concat':
      return best(withRuns(node.items).map(literalsOf));
  }
}

/** Neighbouring literals as one: `c`, `o`, `n` → `con`. */
function withRuns(items: readonly PatternNode[]): readonly PatternNode[] {
  const joined: PatternNode[] = [];
  for (const item of items) {
    const last = joined.at(-1);
    if (item.type === 'literal' && last?.type === 'literal') {
      joined[joined.length - 1] = { type: 'literal', text: last.text + item.text };
    } else joined.push(item);
  }
  return joined;
}

/** The choice whose shortest literal is longest: it refuses most. */
function best(choices: readonly (readonly string[] | null)[]): readonly string[] | null {
  let found: readonly string[] | null = null;
  let length = 0;
  for (const choice of choices) {
    if (choice === null) continue;
    const shortest = Math.min(...choice.map(literal => literal.length));
    if (shortest > length) {
      found = choice;
      length = shortest;
    }
  }
  return found;
}
