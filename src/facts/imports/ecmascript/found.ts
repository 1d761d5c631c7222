import { type EdgeKind, type ImportSite, importSite } from '../../../model/edges.js';

/** An import as a reader found it: an offset instead of a line and column. */
export interface Found {
  readonly specifier: string | null;
  readonly kind: EdgeKind;
  readonly typeOnly: boolean;
  readonly form?: string;
  /** UTF-16 offset of the specifier's opening quote; of the argument when it is computed. */
  readonly at: number;
  readonly names?: readonly string[];
}

/**
 * In source order, with positions. A line ends at `\n`, as git, `diff` and editors count; the two exotic
 * line terminators of ECMAScript (U+2028, U+2029) and a lone `\r` end none.
 */
export function finish(text: string, found: readonly Found[]): readonly ImportSite[] {
  const ordered = [...found].sort((a, b) => a.at - b.at);
  let line = 1;
  let lineStart = 0;
  return ordered.map(site => {
    const { at } = site;
    for (let end = text.indexOf('\n', lineStart); end !== -1 && end < at; ) {
      line += 1;
      lineStart = end + 1;
      end = text.indexOf('\n', lineStart);
    }
    return importSite(site, line, at - lineStart + 1);
  });
}

/** The place of one offset, counted as `finish` does. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - (before.lastIndexOf('\n') + 1) + 1 };
}
