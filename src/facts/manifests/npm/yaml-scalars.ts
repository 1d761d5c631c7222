import { lastOfEach, YamlMap, type YamlPair, type YamlValue } from './yaml-tree.js';

const BLANK = 32;
const DOUBLE = 34;
const HASH = 35;
const SINGLE = 39;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_MAP = 123;
const CLOSE_MAP = 125;

/** Characters that begin a plain text in YAML and mean nothing else there. */
const PLAIN_FIRST = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./^~<=+($')
  PLAIN_FIRST[char.charCodeAt(0)] = 1;

/** Offset of the colon that ends the key; -1: not a key that is read here. */
export function keyEnd(text: string, start: number, limit: number): number {
  const first = text.charCodeAt(start);
  if (first === DOUBLE || first === SINGLE) {
    const end = quotedEnd(text, start, limit, first);
    return end !== -1 && isKeyColon(text, end, limit) ? end : -1;
  }
  if (!(first < 128 && PLAIN_FIRST[first] === 1)) return -1;
  for (let at = start + 1; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === COLON && isKeyColon(text, at, limit)) return text.charCodeAt(at - 1) === BLANK ? -1 : at;
    if (code < BLANK || code > 126 || (code === HASH && text.charCodeAt(at - 1) === BLANK)) return -1;
  }
  return -1;
}

function isKeyColon(text: string, at: number, limit: number): boolean {
  return text.charCodeAt(at) === COLON && (at + 1 === limit || text.charCodeAt(at + 1) === BLANK);
}

/**
 * Where the text that begins here ends, if it stands on this line alone and for itself; else -1.
 * @param flow inside brackets, a comma or a bracket ends it
 */
export function scalarEnd(text: string, start: number, limit: number, flow: boolean): number {
  const first = text.charCodeAt(start);
  if (first === DOUBLE || first === SINGLE) return quotedEnd(text, start, limit, first);
  if (!(first < 128 && PLAIN_FIRST[first] === 1)) return -1;
  let at = start + 1;
  for (; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (flow && (code === COMMA || code === CLOSE_MAP || code === CLOSE_LIST)) break;
    if (flow && (code === OPEN_MAP || code === OPEN_LIST || code === DOUBLE || code === SINGLE)) return -1;
    if (code < BLANK || (code > 126 && !isLetter(code))) return -1;
    if (code === HASH && text.charCodeAt(at - 1) === BLANK) return -1;
    if (code === COLON) {
      const after = text.charCodeAt(at + 1);
      if (at + 1 === limit || after === BLANK || (flow && isFlowMark(after))) return -1;
    }
  }
  return text.charCodeAt(at - 1) === BLANK ? -1 : at;
}

/** Beyond ASCII, what is no control character. */
function isLetter(code: number): boolean {
  return code >= 0xa0 && code < 0xfffe && code !== 0x2028 && code !== 0x2029 && code !== 0xfeff;
}

function isFlowMark(code: number): boolean {
  return (
    code === COMMA || code === OPEN_LIST || code === CLOSE_LIST || code === OPEN_MAP || code === CLOSE_MAP
  );
}

/** After the closing mark; a backslash is for the library. */
function quotedEnd(text: string, start: number, limit: number, mark: number): number {
  for (let at = start + 1; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === mark) {
      if (mark === DOUBLE || text.charCodeAt(at + 1) !== SINGLE) return at + 1;
      at++;
    } else if (code < BLANK || (code > 126 && !isLetter(code)) || (code === BACKSLASH && mark === DOUBLE))
      return -1;
  }
  return -1;
}

/** The text between two offsets, without its marks. */
export function textOf(text: string, start: number, end: number): string {
  const first = text.charCodeAt(start);
  if (first === DOUBLE) return text.slice(start + 1, end - 1);
  if (first !== SINGLE) return text.slice(start, end);
  const inside = text.slice(start + 1, end - 1);
  return inside.includes("''") ? inside.replaceAll("''", "'") : inside;
}

/** `{a: b, c: d}`, `[a, b]`, without brackets inside; `undefined`: anything else, or a key that is there twice. */
export function flowValue(text: string, start: number, end: number): YamlValue | undefined {
  const map = text.charCodeAt(start) === OPEN_MAP;
  const close = map ? CLOSE_MAP : CLOSE_LIST;
  const pairs: YamlPair[] = [];
  const items: string[] = [];
  let at = start + 1;
  if (text.charCodeAt(end - 1) !== close) return undefined;
  if (at === end - 1) return map ? new YamlMap(pairs) : items;
  for (;;) {
    let from = at;
    if (map) {
      const colon = keyEnd(text, at, end);
      if (colon === -1 || text.charCodeAt(colon + 1) !== BLANK || hasFlowMark(text, at, colon))
        return undefined;
      from = colon + 2;
    }
    const stop = scalarEnd(text, from, end, true);
    if (stop === -1) return undefined;
    const value = textOf(text, from, stop);
    if (map) pairs.push({ key: textOf(text, at, from - 2), at, value });
    else items.push(value);
    const code = text.charCodeAt(stop);
    if (code === close && stop === end - 1) break;
    if (code !== COMMA || text.charCodeAt(stop + 1) !== BLANK) return undefined;
    at = stop + 2;
  }
  if (!map) return items;
  return lastOfEach(pairs) === pairs ? new YamlMap(pairs) : undefined;
}

function hasFlowMark(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  if (first === DOUBLE || first === SINGLE) return false;
  for (let at = start; at < end; at++) if (isFlowMark(text.charCodeAt(at))) return true;
  return false;
}

/**
 * Offset of the line after a block of text (`|-`, `>-`): all that is indented further than its key.
 * -1: no such block begins here.
 */
export function blockEnd(text: string, from: number, end: number, indent: number, stop: number): number {
  if (!/^[|>][-+]?$/.test(text.slice(from, Math.min(end, from + 3)))) return -1;
  let next = text.indexOf('\n', from) + 1;
  while (next > 0 && next < stop) {
    let at = next;
    while (text.charCodeAt(at) === BLANK) at++;
    const code = text.charCodeAt(at);
    if (code === 9) return -1;
    if (code !== 10 && code !== 13 && at - next <= indent) break;
    const feed = text.indexOf('\n', at);
    if (feed === -1 || feed >= stop) return -1;
    next = feed + 1;
  }
  return next;
}
