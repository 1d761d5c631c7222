import { lastOfEach, YamlMap, type YamlPair, type YamlValue } from './yaml-tree.js';

const RETURN = 13;
const BLANK = 32;
const QUOTE = 34;
const HASH = 35;
const COLON = 58;
const BACKSLASH = 92;

/** An open mapping; the key whose value it is has its line above. */
interface Level {
  readonly pairs: YamlPair[];
  readonly key: string;
  readonly at: number;
}

/**
 * Block mappings with one plain or double-quoted text a line, as Yarn writes its lock files: the common part of YAML
 * that needs no YAML parser, which takes several times as long. Keys that are there twice: the last one counts.
 * @returns `null` where a line is anything else, however valid
 */
export function yamlLines(text: string): YamlMap | null {
  const levels: Level[] = [{ pairs: [], key: '', at: 0 }];
  let deeper = true;
  for (let start = 0; start < text.length; ) {
    const stop = text.indexOf('\n', start);
    if (stop === -1) return null;
    const end = stop > start && text.charCodeAt(stop - 1) === RETURN ? stop - 1 : stop;
    let at = start;
    while (text.charCodeAt(at) === BLANK) at++;
    if (at === end || (at === start && text.charCodeAt(at) === HASH)) {
      start = stop + 1;
      continue;
    }
    const depth = (at - start) / 2;
    const open = levels.length - 1;
    // Right after `key:` its mapping begins (an empty one is no mapping); else a line is no deeper than the last.
    if (deeper ? depth !== open : depth > open || !Number.isInteger(depth)) return null;
    while (levels.length - 1 > depth) close(levels);
    const keyEnd = textEnd(text, at, end, true);
    if (keyEnd === -1 || text.charCodeAt(keyEnd) !== COLON) return null;
    const key = unquoted(text, at, keyEnd);
    deeper = keyEnd + 1 === end;
    if (deeper) levels.push({ pairs: [], key, at });
    else {
      const from = keyEnd + 2;
      if (text.charCodeAt(keyEnd + 1) !== BLANK || textEnd(text, from, end, false) !== end) return null;
      levels.at(-1)?.pairs.push({ key, at, value: unquoted(text, from, end) });
    }
    start = stop + 1;
  }
  // A key without value at the very end, or before a shallower line, is no mapping.
  if (deeper) return null;
  while (levels.length > 1) close(levels);
  return new YamlMap(lastOfEach(levels[0]?.pairs ?? []));
}

function close(levels: Level[]): void {
  const done = levels.pop();
  if (done === undefined) return;
  const value: YamlValue = new YamlMap(lastOfEach(done.pairs));
  levels.at(-1)?.pairs.push({ key: done.key, at: done.at, value });
}

function unquoted(text: string, start: number, end: number): string {
  return text.charCodeAt(start) === QUOTE ? text.slice(start + 1, end - 1) : text.slice(start, end);
}

/** Where the text that begins here ends, if it is one that stands for itself; else -1. */
function textEnd(text: string, start: number, limit: number, key: boolean): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) {
    for (let at = start + 1; at < limit; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) return at + 1;
      if (code === BACKSLASH || code < BLANK || code > 126) return -1;
    }
    return -1;
  }
  if (!(first < 128 && PLAIN_FIRST[first] === 1)) return -1;
  let at = start + 1;
  for (; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === COLON && key) return at;
    if (code < BLANK || code > 126 || code === COLON || code === HASH) return -1;
    if (key && code === BLANK) return -1;
  }
  return key || text.charCodeAt(limit - 1) === BLANK ? -1 : limit;
}

/** Characters that begin a plain text in YAML and mean nothing else there. */
const PLAIN_FIRST = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./^~<=+($')
  PLAIN_FIRST[char.charCodeAt(0)] = 1;
