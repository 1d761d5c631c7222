import micromatch from 'micromatch';
import { escapeRegex } from '../model/escape-regex.js';
import type { PathPattern } from '../model/path-set.js';
import { GlobError, type GlobToken, type GlobTokens, globCost, parseGlob } from './glob-syntax.js';

/** More loops in a segment make matching quadratic and worse. */
const MAX_STARS = 3;
/** Each `**` multiplies what a deep path costs; nobody has needed five. */
const MAX_GLOBSTARS = 4;

/** `dot`: a dotfile is a file. `windows: false`: git's separator everywhere. `s`: names with a newline. */
/** Typed as an object: the type definitions take `flags` for a boolean. */
const OPTIONS: object = { dot: true, nonegate: true, windows: false, flags: 's' };

const cache = new Map<string, PathPattern>();

/**
 * Compiles one glob to a pattern that needs no library to match.
 * @throws GlobError with a hint, for what can never match or would match too slowly.
 */
export function compileGlob(written: string): PathPattern {
  const known = cache.get(written);
  if (known !== undefined) return known;
  const glob = normalise(written);
  const tokens = parseGlob(glob);
  checkCost(written, tokens);
  checkSegments(written, glob);
  const names = captureNames(written, tokens);
  const pattern: PathPattern = {
    glob: written,
    source: sourceOf(glob, tokens),
    ...(names.captures.length > 0 ? { captures: names.captures } : {}),
    ...(names.negated.length > 0 ? { negated: names.negated } : {}),
    prefix: prefixOf(tokens),
  };
  cache.set(written, pattern);
  return pattern;
}

function normalise(written: string): string {
  if (written.startsWith('!'))
    throw new GlobError(
      `"!" does not negate a glob (${JSON.stringify(written)})`,
      'leave paths out with "except"; a name that begins with "!" is written ./!name',
    );
  const relative = written.startsWith('./') ? written.slice(2) : written;
  if (relative === '') return written === '' ? failEmpty() : '**';
  if (relative.startsWith('/'))
    throw new GlobError(
      `${JSON.stringify(written)} begins with "/"`,
      'paths are relative to the root of the repository: drop the "/"',
    );
  return relative.endsWith('/') ? `${relative}**` : relative;
}

function failEmpty(): never {
  throw new GlobError('an empty glob matches nothing', 'use "**" for every file');
}

function checkSegments(written: string, glob: string): void {
  for (const segment of glob.split('/')) {
    if (segment === '') throw new GlobError(`${JSON.stringify(written)} holds "//", which no path does`);
    if (segment === '.' || segment === '..')
      throw new GlobError(
        `${JSON.stringify(written)} holds the segment "${segment}", which no path in a repository has`,
        'write the path from the root of the repository',
      );
  }
}

function checkCost(written: string, tokens: GlobTokens): void {
  const cost = globCost(tokens);
  if (cost.segment > MAX_STARS)
    throw new GlobError(
      `${JSON.stringify(written)} has more than ${MAX_STARS} "*" (or captures) in one segment`,
      'matching would become quadratic: split it into several globs',
    );
  if (cost.globstars > MAX_GLOBSTARS)
    throw new GlobError(
      `${JSON.stringify(written)} has more than ${MAX_GLOBSTARS} "**"`,
      'matching a deep path would take too long: split it into several globs',
    );
}

function captureNames(
  written: string,
  tokens: GlobTokens,
): { readonly captures: readonly string[]; readonly negated: readonly string[] } {
  const captures = new Set<string>();
  const negated = new Set<string>();
  const chosen = new Set<string>();
  let twice: string | null = null;
  const walk = (list: GlobTokens, inChoice: boolean): void => {
    for (const token of list) {
      if (token.type === 'choice') for (const option of token.options) walk(option, true);
      if (token.type !== 'capture') continue;
      const { name } = token;
      if (token.negated && (negated.has(name) || captures.has(name))) twice = name;
      if (!token.negated && negated.has(name)) twice = name;
      // Outside a choice the second `{name}` must equal the first; inside, the first may not have matched.
      if (captures.has(name) && (inChoice || chosen.has(name))) twice = name;
      if (inChoice) chosen.add(name);
      (token.negated ? negated : captures).add(name);
    }
  };
  walk(tokens, false);
  if (twice !== null)
    throw new GlobError(
      `the capture {${twice}} stands twice in ${JSON.stringify(written)} in a way that has no meaning`,
      'write two globs',
    );
  return { captures: [...captures], negated: [...negated] };
}

/**
 * micromatch sees only what it should interpret. Literal characters that mean something to it or to regular
 * expressions, and captures, pass through as alphanumeric stand-ins (escaping would not do: micromatch
 * collapses runs of backslashes) and are put in their places afterwards.
 */
function sourceOf(glob: string, tokens: GlobTokens): string {
  let marker = 'Zq';
  while (glob.includes(marker)) marker += 'q';
  const standIns: string[] = [];
  const standIn = (source: string): string => `${marker}${standIns.push(source) - 1}z`;
  const seen = new Set<string>();
  const write = (list: GlobTokens): string => list.map(writeToken).join('');
  const writeToken = (token: GlobToken): string => {
    switch (token.type) {
      case 'text':
        return isPlain(token.text) ? token.text : standIn(escapeRegex(token.text));
      case 'slash':
        return '/';
      case 'any':
        return '?';
      case 'stars':
        return '*'.repeat(Math.min(token.length, 2));
      case 'choice':
        return `{${token.options.map(write).join(',')}}`;
      case 'capture': {
        const group = `${token.negated ? 'n' : 'c'}_${token.name}`;
        if (seen.has(group)) return standIn(`\\k<${group}>`);
        seen.add(group);
        return standIn(`(?<${group}>[^/]+)`);
      }
    }
  };
  const source = withoutDotGuards(micromatch.makeRe(write(tokens), OPTIONS).source);
  return source.replace(
    new RegExp(`${marker}(\\d+)z`, 'g'),
    (_whole, index: string) => standIns[Number(index)] ?? '',
  );
}

/**
 * micromatch guards every wildcard against the segments `.` and `..`, which no path of a git tree has. Without
 * the guards the commit gate compiles and runs its regular expressions in a fraction of the time.
 */
function withoutDotGuards(source: string): string {
  return source
    .replaceAll('(?:(?!(?:^|\\/)\\.{1,2}(?:\\/|$)).)*?', '.*?')
    .replaceAll('(?!\\.{1,2}(?:\\/|$))', '')
    .replaceAll('(?!(?:^|\\/)\\.{1,2}(?:\\/|$))', '')
    .replaceAll('(?:.*?)', '.*?');
}

/** `..` would be a range inside braces. */
function isPlain(text: string): boolean {
  return /^[A-Za-z0-9_.-]+$/.test(text) && !text.includes('..');
}

function prefixOf(tokens: GlobTokens): string {
  let prefix = '';
  for (const token of tokens) {
    if (token.type === 'text') prefix += token.text;
    else if (token.type === 'slash') prefix += '/';
    // `src/**` matches `src` as well: the slash before `**` may be absent.
    else return token.type === 'stars' && token.length > 1 ? prefix.replace(/\/$/, '') : prefix;
  }
  return prefix;
}
