import type { Segment } from '../segment.js';
import { blockComment, pattern, quoted } from './rules.js';
import { lexerFor, type PieceRule } from './scanner.js';

/** `?>` and the markup up to the next `<?php` or `<?=`: counts as code. */
const MARKUP: PieceRule = {
  type: 'piece',
  first: '?',
  read: (text, at) => (text.startsWith('?>', at) ? { kind: 'code', end: afterOpening(text, at) } : null),
};

/** `<<<"EOT"` … `EOT`, which may be indented and be followed by `;` or `)`. */
const HEREDOC: PieceRule = {
  type: 'piece',
  first: '<',
  read(text, at) {
    const opening = /<<<[ \t]*(["']?)([A-Za-z_]\w*)\1\r?\n/y;
    opening.lastIndex = at;
    const match = opening.exec(text);
    if (match === null) return null;
    // The body may be empty: its closing line can follow at once.
    const closing = new RegExp(`\\n[ \\t]*${match[2]}\\b`, 'g');
    closing.lastIndex = at + match[0].length - 1;
    const end = closing.exec(text);
    return { kind: 'string', end: end === null ? text.length : end.index + end[0].length };
  },
};

const inside = lexerFor([
  MARKUP,
  // A line comment ends at `?>`; `#[` is an attribute.
  pattern('comment', '/', /\/\/(?:(?!\?>)[^\n])*/y),
  pattern('comment', '#', /#(?!\[)(?:(?!\?>)[^\n])*/y),
  blockComment('/*', '*/'),
  HEREDOC,
  quoted('"', { multiline: true, interpolations: [{ open: '{$', close: '}' }] }),
  quoted("'", { multiline: true }),
]);

/** PHP: a file begins as markup. */
export function php(text: string): readonly Segment[] {
  const start = afterOpening(text, 0);
  const segments = inside(text.slice(start)).map(({ kind, ...at }) => ({
    kind,
    start: at.start + start,
    end: at.end + start,
  }));
  if (start === 0) return segments;
  const [first, ...rest] = segments;
  if (first?.kind === 'code') return [{ ...first, start: 0 }, ...rest];
  return [{ kind: 'code', start: 0, end: start }, ...segments];
}

function afterOpening(text: string, from: number): number {
  const opening = /<\?(?:php\b|=)/g;
  opening.lastIndex = from;
  const match = opening.exec(text);
  return match === null ? text.length : match.index + match[0].length;
}
