import { blockCommentEnd, lineCommentEnd } from './cursor.js';
import type { Found } from './found.js';

/**
 * Triple-slash directives, which TypeScript reads only in the comments before the first token:
 *
 *     /// <reference path="./globals.d.ts" />
 *     /// <reference types="vitest/globals" />
 *
 * Same tests in the same order as the compiler's `extractPragmas` and `processPragmasIntoFields`: a directive
 * that has `types` is one of types whatever else it holds, `lib` comes before `path`.
 */
const DIRECTIVE = /^\/\/\/\s*<(\S+)\s.*?\/>/;

function attribute(
  comment: string,
  name: string,
): { readonly value: string; readonly offset: number } | null {
  const match = new RegExp(`(\\s${name}\\s*=\\s*)(?:'([^']*)'|"([^"]*)")`, 'i').exec(comment);
  const value = match?.[2] ?? match?.[3];
  if (match === null || value === undefined) return null;
  return { value, offset: match.index + (match[1] ?? '').length };
}

function directive(comment: string, at: number): Found | null {
  if (DIRECTIVE.exec(comment)?.[1]?.toLowerCase() !== 'reference') return null;
  if (attribute(comment, 'no-default-lib') !== null) return null;
  const types = attribute(comment, 'types');
  const path = attribute(comment, 'lib') === null ? attribute(comment, 'path') : null;
  const target = types ?? path;
  if (target === null) return null;
  const form = types === null ? 'reference-path' : 'reference-types';
  return { specifier: target.value, kind: 'type', typeOnly: true, form, at: at + target.offset };
}

/** @returns the directives before the first token, and where that token starts (a hashbang line is passed over). */
export function readReferences(text: string): { readonly found: readonly Found[]; readonly end: number } {
  const found: Found[] = [];
  let at = text.startsWith('#!') ? lineCommentEnd(text, 0) : 0;
  const space = /\s*/y;
  for (;;) {
    space.lastIndex = at;
    space.test(text);
    at = space.lastIndex;
    if (text.startsWith('//', at)) {
      const end = lineCommentEnd(text, at);
      const one = text.startsWith('///', at) ? directive(text.slice(at, end), at) : null;
      if (one !== null) found.push(one);
      at = end;
    } else if (text.startsWith('/*', at)) {
      const end = blockCommentEnd(text, at);
      if (end === -1) return { found, end: at };
      at = end;
    } else return { found, end: at };
  }
}
