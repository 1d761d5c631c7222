import { blockEnd, flowValue, keyEnd, scalarEnd, textOf } from './yaml-scalars.js';
import { lastOfEach, YamlMap, type YamlPair, type YamlValue } from './yaml-tree.js';

const RETURN = 13;
const BLANK = 32;
const HASH = 35;
const DASH = 45;
const OPEN_LIST = 91;
const OPEN_MAP = 123;

/** An open mapping, or list of texts; the key whose value it is has its line above. */
interface Level {
  readonly pairs: YamlPair[];
  readonly items: string[];
  readonly key: string;
  readonly at: number;
}

export interface YamlLineOptions {
  /** Keys whose texts nobody reads: they may go over several lines, and are kept as they stand there. */
  readonly opaque?: string;
}

/**
 * Block mappings indented by two, with a text, a list or a flow mapping on the key's line, as the package managers
 * write their lock files: the common part of YAML that needs no YAML parser, which takes several times as long.
 * @param start offset where the document begins
 * @param stop offset where it ends
 * @returns `null` where a line is anything else, however valid, and where a key is there twice
 */
export function yamlLines(
  text: string,
  options: YamlLineOptions = {},
  start = 0,
  stop = text.length,
): YamlMap | null {
  return new LineReader(text, options, stop).read(start);
}

/** Of a file with one document, or with two that are parted by `---`, after a `---` at the very start. */
export function yamlLineDocuments(text: string, options: YamlLineOptions): readonly YamlMap[] | null {
  const parts: [number, number][] = [[0, text.length]];
  if (text.startsWith('---\n')) {
    const next = text.indexOf('\n---\n');
    parts[0] = [4, next === -1 ? text.length : next + 1];
    if (next !== -1) parts.push([next + 5, text.length]);
  }
  const documents: YamlMap[] = [];
  for (const [start, stop] of parts) {
    const document = yamlLines(text, options, start, stop);
    if (document === null) return null;
    documents.push(document);
  }
  return documents;
}

class LineReader {
  private readonly levels: Level[] = [{ pairs: [], items: [], key: '', at: 0 }];
  /** The line before was a key alone: its value begins now. */
  private deeper = true;
  private next = 0;

  constructor(
    private readonly text: string,
    private readonly options: YamlLineOptions,
    private readonly stop: number,
  ) {}

  read(start: number): YamlMap | null {
    const { text, stop } = this;
    for (this.next = start; this.next < stop; ) {
      const begin = this.next;
      const feed = text.indexOf('\n', begin);
      if (feed === -1) return null;
      this.next = feed + 1;
      const end = feed > begin && text.charCodeAt(feed - 1) === RETURN ? feed - 1 : feed;
      let at = begin;
      while (text.charCodeAt(at) === BLANK) at++;
      if (at === end || (at === begin && text.charCodeAt(at) === HASH)) continue;
      if (!this.line(at, (at - begin) / 2, end)) return null;
    }
    // A key without value at the very end is no mapping.
    if (this.deeper) return null;
    while (this.levels.length > 1) if (!this.close()) return null;
    return mapOf(this.levels[0]);
  }

  private line(at: number, depth: number, end: number): boolean {
    const { text, levels } = this;
    const open = levels.length - 1;
    // Right after `key:` its mapping begins (an empty one is no mapping); else a line is no deeper than the last.
    if (this.deeper ? depth !== open : depth > open || !Number.isInteger(depth)) return false;
    while (levels.length - 1 > depth) if (!this.close()) return false;
    const level = levels[depth];
    if (level === undefined) return false;
    if (text.charCodeAt(at) === DASH) return this.item(level, at, end);
    const colon = keyEnd(text, at, end);
    if (colon === -1 || level.items.length > 0) return false;
    const key = textOf(text, at, colon);
    if (key === '<<') return false;
    this.deeper = colon + 1 === end;
    if (this.deeper) {
      levels.push({ pairs: [], items: [], key, at });
      return true;
    }
    const value = this.value(key, colon + 2, end, depth * 2);
    if (value === undefined) return false;
    level.pairs.push({ key, at, value });
    return true;
  }

  private item(level: Level, at: number, end: number): boolean {
    const from = at + 2;
    if (level.pairs.length > 0 || this.levels.length === 1 || this.text.charCodeAt(at + 1) !== BLANK)
      return false;
    if (scalarEnd(this.text, from, end, false) !== end) return false;
    level.items.push(textOf(this.text, from, end));
    this.deeper = false;
    return true;
  }

  /** `undefined`: not one that is read here. */
  private value(key: string, from: number, end: number, indent: number): YamlValue | undefined {
    const { text } = this;
    const first = text.charCodeAt(from);
    if (first === OPEN_MAP || first === OPEN_LIST) return flowValue(text, from, end);
    if (scalarEnd(text, from, end, false) === end) return textOf(text, from, end);
    if (key !== this.options.opaque) return undefined;
    const stop = blockEnd(text, from, end, indent, this.stop);
    if (stop === -1) return undefined;
    this.next = stop;
    return text.slice(from, stop);
  }

  /** Ends the innermost level; `false`: a key is there twice. */
  private close(): boolean {
    const done = this.levels.pop();
    const value = done === undefined ? null : done.items.length > 0 ? done.items : mapOf(done);
    if (done === undefined || value === null) return false;
    this.levels.at(-1)?.pairs.push({ key: done.key, at: done.at, value });
    return true;
  }
}

function mapOf(level: Level | undefined): YamlMap | null {
  if (level === undefined || lastOfEach(level.pairs) !== level.pairs) return null;
  return new YamlMap(level.pairs);
}
