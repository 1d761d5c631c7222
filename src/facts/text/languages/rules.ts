import type { SegmentKind } from '../segment.js';
import type { Interpolation, PieceRule, StringRule } from './scanner.js';

/** From `open` to the end of the line. `after`: the characters one of which must stand before it, if any does. */
export function lineComment(open: string, after?: string): PieceRule {
  return {
    type: 'piece',
    first: open.slice(0, 1),
    read(text, at) {
      if (!text.startsWith(open, at)) return null;
      if (after !== undefined && at > 0 && !after.includes(text[at - 1] ?? '')) return null;
      const newline = text.indexOf('\n', at);
      return { kind: 'comment', end: newline === -1 ? text.length : newline };
    },
  };
}

export function blockComment(open: string, close: string): PieceRule {
  return {
    type: 'piece',
    first: open.slice(0, 1),
    read: (text, at) =>
      text.startsWith(open, at) ? { kind: 'comment', end: endOf(text, close, at + open.length) } : null,
  };
}

/** Comments that nest, as Rust, Swift, Kotlin, Scala and Haskell have them. */
export function nestedComment(open: string, close: string): PieceRule {
  return {
    type: 'piece',
    first: open.slice(0, 1),
    read(text, start) {
      if (!text.startsWith(open, start)) return null;
      let depth = 1;
      let at = start + open.length;
      let nextOpen = text.indexOf(open, at);
      let nextClose = text.indexOf(close, at);
      while (depth > 0) {
        // Looked for again only once passed: a thousand openings before one close stay linear.
        if (nextOpen !== -1 && nextOpen < at) nextOpen = text.indexOf(open, at);
        if (nextClose !== -1 && nextClose < at) nextClose = text.indexOf(close, at);
        if (nextClose === -1) return { kind: 'comment', end: text.length };
        if (nextOpen !== -1 && nextOpen < nextClose) {
          depth++;
          at = nextOpen + open.length;
        } else {
          depth--;
          at = nextClose + close.length;
        }
      }
      return { kind: 'comment', end: at };
    },
  };
}

/** What a sticky pattern matches whole. For short pieces: a line at most. */
export function pattern(kind: SegmentKind, first: string, expression: RegExp): PieceRule {
  return {
    type: 'piece',
    first,
    read(text, at) {
      expression.lastIndex = at;
      const match = expression.exec(text);
      return match === null ? null : { kind, end: at + match[0].length };
    },
  };
}

/** A raw string whose opening (sticky) tells its end: `r##"` … `"##`. */
export function raw(first: string, open: RegExp, close: (opening: RegExpExecArray) => string): PieceRule {
  return {
    type: 'piece',
    first,
    read(text, at) {
      open.lastIndex = at;
      const opening = open.exec(text);
      return opening === null
        ? null
        : { kind: 'string', end: endOf(text, close(opening), at + opening[0].length) };
    },
  };
}

type StringOptions = {
  readonly escape?: StringRule['escape'];
  readonly multiline?: boolean;
  readonly interpolations?: readonly Interpolation[];
  readonly when?: (text: string, at: number) => boolean;
};

export function quoted(open: string, options: StringOptions = {}): StringRule {
  return {
    type: 'string',
    open,
    close: open,
    escape: options.escape ?? 'backslash',
    multiline: options.multiline ?? false,
    interpolations: options.interpolations ?? [],
    ...(options.when === undefined ? {} : { when: options.when }),
  };
}

/** `'a'`, `'\n'`, `'\u{1F600}'`: one character; not a lifetime, a symbol or an apostrophe. */
export const CHARACTER = pattern(
  'string',
  "'",
  /'(?:\\[^\n][^'\n]{0,10}|[\ud800-\udbff][\udc00-\udfff]|[^\\'\n])'/y,
);

export function endOf(text: string, close: string, from: number): number {
  const at = text.indexOf(close, from);
  return at === -1 ? text.length : at + close.length;
}

/** A rule that counts only where the text before it fits. */
export function when(rule: PieceRule, fits: (text: string, at: number) => boolean): PieceRule {
  return { ...rule, read: (text, at) => (fits(text, at) ? rule.read(text, at) : null) };
}

/**
 * Where the regular expression that begins with the `/` at `at` ends, its flags included; `null` when nothing closes it on
 * its line, `limit` characters on at the latest. By hand: a backtracking expression hangs on `/[/[/[…`.
 */
export function regexEnd(text: string, at: number, limit: number): number | null {
  let inClass = false;
  for (let index = at + 1; index < text.length && index - at < limit; index++) {
    switch (text[index]) {
      case '\n':
        return null;
      case '\\':
        index++;
        break;
      case '[':
        inClass = true;
        break;
      case ']':
        inClass = false;
        break;
      case '/':
        if (inClass) break;
        for (index++; /[a-z]/.test(text[index] ?? ''); index++);
        return index;
    }
  }
  return null;
}
