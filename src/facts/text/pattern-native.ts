import { type CharSet, charSet, disjoint, escaped, type PatternNode, singleton } from './pattern-node.js';
import type { ParsedPattern } from './pattern-parser.js';

/** Ways to try at one place of the text; each is bounded, so that the whole stays linear. */
const MAX_WAYS = 64;
const MAX_LENGTH = 512;

/**
 * The pattern as a JavaScript regular expression that means the same and that backtracking can't hang.
 *
 * Linear for certain when each repetition without an upper bound is of one character class, at the top, and
 * *pinned*: what must stand before it is no member of the class, so that each run in the text is entered at its
 * beginning only. If a second such repetition follows, what comes after the first must be no member either, so
 * that there is one way through it. All other choices are few and of bounded length.
 *
 * @returns `null` when this is not certain: the linear-time engine has it then
 */
export function nativePattern({ root, ignoreCase }: ParsedPattern): RegExp | null {
  if (waysOf(root) > MAX_WAYS || lengthOf(root) > MAX_LENGTH) return null;
  const items = root.type === 'concat' ? root.items : [root];
  if (!unboundedArePinned(items)) return null;
  // Under `iu` JavaScript counts U+017F and U+212A as word characters, RE2 does not.
  if (ignoreCase && (items.some(isUnbounded) || items.some(usesWords))) return null;
  return new RegExp(sourceOf(root), ignoreCase ? 'giu' : 'gu');
}

function isUnbounded(node: PatternNode): boolean {
  return node.type === 'repeat' && node.max === null;
}

function unboundedArePinned(items: readonly PatternNode[]): boolean {
  return items.every((item, index) => {
    if (item.type !== 'repeat' || item.max !== null) return !holdsUnbounded(item);
    const run = edgeSet(item.item, 'first');
    if (run === null || lengthOf(item.item) !== 1 || holdsUnbounded(item.item)) return false;
    const before = neighbour(items.slice(0, index).reverse(), 'last');
    if (before === null || !disjoint(before, run)) return false;
    const rest = items.slice(index + 1);
    if (!rest.some(isUnbounded)) return true;
    const after = neighbour(rest, 'first');
    return after !== null && disjoint(after, run);
  });
}

function holdsUnbounded(node: PatternNode): boolean {
  switch (node.type) {
    case 'repeat':
      return node.max === null || holdsUnbounded(node.item);
    case 'concat':
      return node.items.some(holdsUnbounded);
    case 'alternate':
      return node.options.some(holdsUnbounded);
    default:
      return false;
  }
}

type Edge = 'first' | 'last';

/** The characters that must stand next; `null` when there need be none. */
function neighbour(items: readonly PatternNode[], edge: Edge): CharSet | null {
  const item = items.find(node => node.type !== 'assert');
  return item === undefined ? null : edgeSet(item, edge);
}

/** The first (last) character of every match; `null` when a match may be empty or it is not simple to say. */
function edgeSet(node: PatternNode, edge: Edge): CharSet | null {
  switch (node.type) {
    case 'literal': {
      const characters = [...node.text];
      const character = edge === 'first' ? characters[0] : characters.at(-1);
      return character === undefined ? null : singleton(character);
    }
    case 'class':
      return node.set;
    case 'assert':
      return null;
    case 'repeat':
      return node.min > 0 ? edgeSet(node.item, edge) : null;
    case 'concat':
      return neighbour(edge === 'first' ? node.items : node.items.toReversed(), edge);
    case 'alternate': {
      const sets = node.options.map(option => edgeSet(option, edge));
      if (sets.includes(null)) return null;
      const holds = (code: number): boolean => sets.some(set => set?.ascii[code] === 1);
      return charSet(
        '',
        holds,
        sets.some(set => set?.beyond === true),
      );
    }
  }
}

/** How many ways there are to match at one place, runs of a pinned repetition counted as one. */
function waysOf(node: PatternNode): number {
  switch (node.type) {
    case 'concat':
      return node.items.reduce((ways, item) => Math.min(ways * waysOf(item), Infinity), 1);
    case 'alternate':
      return node.options.reduce((ways, option) => ways + waysOf(option), 0);
    case 'repeat': {
      if (node.max === null) return waysOf(node.item);
      const each = waysOf(node.item);
      let ways = 0;
      for (let times = node.min; times <= node.max && ways <= MAX_WAYS; times++) ways += each ** times;
      return ways;
    }
    default:
      return 1;
  }
}

/** The longest match, runs of an unbounded repetition counted as their shortest. */
function lengthOf(node: PatternNode): number {
  switch (node.type) {
    case 'literal':
      return [...node.text].length;
    case 'class':
      return 1;
    case 'assert':
      return 0;
    case 'concat':
      return node.items.reduce((length, item) => length + lengthOf(item), 0);
    case 'alternate':
      return Math.max(...node.options.map(lengthOf));
    case 'repeat':
      return lengthOf(node.item) * (node.max ?? Math.max(node.min, 1));
  }
}

function usesWords(node: PatternNode): boolean {
  switch (node.type) {
    case 'literal':
      return false;
    case 'assert':
      return node.source.startsWith('\\');
    case 'class':
      return true;
    case 'concat':
      return node.items.some(usesWords);
    case 'alternate':
      return node.options.some(usesWords);
    case 'repeat':
      return usesWords(node.item);
  }
}

function sourceOf(node: PatternNode): string {
  switch (node.type) {
    case 'literal':
      return escaped(node.text);
    case 'class':
      return node.set.source;
    case 'assert':
      return node.source;
    case 'concat':
      return node.items.map(sourceOf).join('');
    case 'alternate':
      return `(?:${node.options.map(sourceOf).join('|')})`;
    case 'repeat': {
      const bounds = `{${node.min},${node.max ?? ''}}${node.lazy ? '?' : ''}`;
      return `(?:${sourceOf(node.item)})${bounds}`;
    }
  }
}
