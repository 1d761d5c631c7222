import type { Segment } from '../segment.js';
import { SegmentBuilder } from './builder.js';

/** Where a scalar begins, and so a quote is more than a character of a plain one (`rock 'n' roll`). */
const SCALAR_START = /(?:^|[\n:,[{?-])[ \t]*(?:[!&][^\s]*[ \t]+)*$/;
const LOOK_BACK = 128;
/** `key: |`, `- >-2`: the lines below that are indented more are its text. */
const BLOCK_HEADER =
  /(?:^|[:\-?]|[ \t]![^\s]*)[ \t]+[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?$|^[ \t]*[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?$/;

/** YAML: comments after white space, quoted scalars (strings may span lines), block scalars by indentation. */
export function yaml(text: string): readonly Segment[] {
  const builder = new SegmentBuilder(text.length);
  let at = 0;
  while (at < text.length) at = readLine(text, at, builder);
  return builder.finish();
}

/** @returns where the next line to look at begins */
function readLine(text: string, start: number, builder: SegmentBuilder): number {
  let at = start;
  for (; at < text.length; at++) {
    const character = text[at];
    if (character === '\n') break;
    const before = at === start ? '\n' : (text[at - 1] ?? '\n');
    if (character === '#' && ' \t\n'.includes(before)) {
      const end = lineEnd(text, at);
      builder.add('comment', at, end);
      at = end;
      break;
    }
    if ((character === '"' || character === "'") && beginsScalar(text, at)) {
      const end = quotedEnd(text, at, character);
      builder.add('string', at, end);
      at = end - 1;
    }
  }
  const next = Math.min(at + 1, text.length);
  const line = text.slice(start, at);
  if (line.length < 4096 && /[|>]/.test(line) && BLOCK_HEADER.test(line.replace(/\r$/, ''))) {
    return readBlock(text, next, indentation(line), builder);
  }
  return next;
}

function readBlock(text: string, start: number, indent: number, builder: SegmentBuilder): number {
  let at = start;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    if (line.trim() !== '' && indentation(line) <= indent) break;
    at = Math.min(end + 1, text.length);
  }
  builder.add('string', start, at);
  return at;
}

function beginsScalar(text: string, at: number): boolean {
  return SCALAR_START.test(text.slice(Math.max(0, at - LOOK_BACK), at));
}

function quotedEnd(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === '\\' && quote === '"') at++;
    else if (character === quote) {
      if (quote === "'" && text[at + 1] === quote) at++;
      else return at + 1;
    }
  }
  return text.length;
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}

function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline;
}
