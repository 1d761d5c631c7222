/**
 * The glob language: `*`, `**`, `?`, `{a,b}`, captures `{name}` and `{!name}`. Everything else is literal,
 * `( ) [ ] + @ ! ^ $ | \` included, because `app/(group)/[id]/**` is the name of a folder.
 */

export type GlobToken =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'slash' }
  /** A run of `*`; `**` only means folders when it is a segment of its own. */
  | { readonly type: 'stars'; readonly length: number }
  | { readonly type: 'any' }
  | { readonly type: 'capture'; readonly name: string; readonly negated: boolean }
  | { readonly type: 'choice'; readonly options: readonly GlobTokens[] };
export type GlobTokens = readonly GlobToken[];

/** A glob that can't mean what was written. */
export class GlobError extends Error {
  override readonly name = 'GlobError';
  constructor(
    message: string,
    readonly hint: string | null = null,
  ) {
    super(message);
  }
}

const CAPTURE = /^!?[A-Za-z_][A-Za-z0-9_]*$/;
const RANGE = /^(?:-?\d+|[A-Za-z])\.\.(?:-?\d+|[A-Za-z])(?:\.\.-?\d+)?$/;

/** @throws GlobError for an unclosed `{` or a range `{1..3}`. */
export function parseGlob(glob: string): GlobTokens {
  return tokens(glob, 0, glob.length);
}

function tokens(glob: string, from: number, to: number): GlobTokens {
  const found: GlobToken[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') found.push({ type: 'text', text });
    text = '';
  };
  const push = (token: GlobToken): void => {
    flush();
    found.push(token);
  };
  for (let index = from; index < to; index++) {
    const character = glob.charAt(index);
    if (character === '/') push({ type: 'slash' });
    else if (character === '?') push({ type: 'any' });
    else if (character === '*') {
      let end = index;
      while (end < to && glob.charAt(end) === '*') end++;
      push({ type: 'stars', length: end - index });
      index = end - 1;
    } else if (character === '{') {
      const close = closing(glob, index, to);
      const group = braces(glob, index, close);
      if (group === null) {
        // Not a list and not a capture: the braces are characters of the name.
        flush();
        found.push({ type: 'text', text: '{' }, ...tokens(glob, index + 1, close), {
          type: 'text',
          text: '}',
        });
      } else push(group);
      index = close;
    } else text += character;
  }
  flush();
  return found;
}

function closing(glob: string, open: number, to: number): number {
  let depth = 0;
  for (let index = open; index < to; index++) {
    if (glob.charAt(index) === '{') depth++;
    else if (glob.charAt(index) === '}' && --depth === 0) return index;
  }
  throw new GlobError(`the "{" in ${JSON.stringify(glob)} is never closed`, 'a "?" matches a lone brace');
}

function braces(glob: string, open: number, close: number): GlobToken | null {
  const content = glob.slice(open + 1, close);
  const commas = topLevelCommas(glob, open + 1, close);
  if (commas.length > 0) {
    const edges = [open, ...commas, close];
    const options = edges.slice(1).map((end, index) => tokens(glob, (edges[index] ?? open) + 1, end));
    return { type: 'choice', options };
  }
  if (RANGE.test(content))
    throw new GlobError(`ranges like {${content}} are not part of the glob language`, 'list them: {a,b,c}');
  if (!CAPTURE.test(content)) return null;
  const negated = content.startsWith('!');
  return { type: 'capture', name: negated ? content.slice(1) : content, negated };
}

function topLevelCommas(glob: string, from: number, to: number): readonly number[] {
  const found: number[] = [];
  let depth = 0;
  for (let index = from; index < to; index++) {
    const character = glob.charAt(index);
    if (character === '{') depth++;
    else if (character === '}') depth--;
    else if (character === ',' && depth === 0) found.push(index);
  }
  return found;
}

/** How many loops a regular expression runs within one segment, at worst, and how many over segments. */
export interface GlobCost {
  readonly segment: number;
  readonly globstars: number;
}

interface Loops {
  /** In the segment that the tokens begin in, and in the one they end in (the same without a slash). */
  readonly first: number;
  readonly last: number;
  readonly worst: number;
  readonly slash: boolean;
  readonly globstars: number;
}

export function globCost(glob: GlobTokens): GlobCost {
  const { worst, globstars } = loops(glob);
  return { segment: worst, globstars };
}

function loops(glob: GlobTokens): Loops {
  let sum: Loops = { first: 0, last: 0, worst: 0, slash: false, globstars: 0 };
  for (const token of glob) sum = join(sum, loopsOf(token));
  return sum;
}

function loopsOf(token: GlobToken): Loops {
  const one = { first: 1, last: 1, worst: 1, slash: false, globstars: 0 };
  switch (token.type) {
    case 'slash':
      return { first: 0, last: 0, worst: 0, slash: true, globstars: 0 };
    case 'stars':
      return token.length > 1 ? { ...one, globstars: 1 } : one;
    case 'capture':
      return one;
    case 'choice':
      return token.options.map(loops).reduce((a, b) => ({
        first: Math.max(a.first, b.first),
        last: Math.max(a.last, b.last),
        worst: Math.max(a.worst, b.worst),
        slash: a.slash && b.slash,
        globstars: Math.max(a.globstars, b.globstars),
      }));
    default:
      return { first: 0, last: 0, worst: 0, slash: false, globstars: 0 };
  }
}

function join(a: Loops, b: Loops): Loops {
  const middle = a.last + b.first;
  return {
    first: a.slash ? a.first : middle,
    last: b.slash ? b.last : middle,
    worst: Math.max(a.worst, b.worst, middle),
    slash: a.slash || b.slash,
    globstars: a.globstars + b.globstars,
  };
}
