import { isMap, isSeq, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import { endLine, marked } from './block.js';

/**
 * Adds lines to a YAML file without touching a byte of the rest: re-printing a document would re-indent and
 * re-quote what is not ours. The caller checks the result with `adds`.
 */

/** Adds an entry at the end of the block map or sequence at `keys`. `null`: it isn't one (flow style, absent, empty). */
export function insertAtEnd(text: string, keys: readonly string[], lines: readonly string[]): string | null {
  const ended = endLine(text);
  const document = parseDocument<ParsedNode>(ended);
  if (document.errors.length > 0) return null;
  const node = keys.length === 0 ? document.contents : document.getIn(keys, true);
  if (!(isMap(node) || isSeq(node)) || node.flow === true || !node.range) return null;
  const lastItem = node.items.at(-1);
  if (lastItem === undefined) return null;
  const counter = new LineCounter();
  parseDocument(ended, { lineCounter: counter });
  // A collection starts at its first key or dash: that column is every entry's.
  const column = counter.linePos(node.range[0]).col - 1;
  // The value's end, without comments and blank lines behind it, which may belong to what follows.
  const at = endOfContent(ended, node.range[1]);
  return ended.slice(0, at) + marked(lines, ' '.repeat(column)) + ended.slice(at);
}

/** The start of the line after the last one with content before `offset`. */
function endOfContent(text: string, offset: number): number {
  const kept = text.slice(0, offset).trimEnd();
  const newline = text.indexOf('\n', kept.length);
  return newline === -1 ? text.length : newline + 1;
}

/** Adds top-level lines at the end of the file. */
export function appendTopLevel(text: string, lines: readonly string[]): string {
  return endLine(text) + marked(lines);
}

/** The value of a YAML text; `undefined` when it does not parse. */
export function yamlValue(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? undefined : document.toJS();
}
