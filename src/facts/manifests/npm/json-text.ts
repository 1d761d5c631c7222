import { ManifestError } from '../format.js';
import { conflictLine, LineCounter } from '../lines.js';

export type JsonObject = Readonly<Record<string, unknown>>;

/** @throws ManifestError unless the text is strict JSON and an object: what npm itself takes */
export function readJsonObject(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable(text, error instanceof Error ? error.message : String(error));
  }
  if (!isObject(value)) throw new ManifestError('The file is JSON, but not an object', 1);
  return value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(text: string, message: string): ManifestError {
  const conflict = conflictLine(text);
  if (conflict !== null)
    return new ManifestError(
      'The file has conflict markers',
      conflict,
      'Finish the merge, and stage it again.',
    );
  const at = /at position (\d+)/.exec(message);
  const line = new LineCounter(text).lineAt(at === null ? text.length : Number(at[1]));
  return new ManifestError(
    `The file is not valid JSON: ${message}`,
    line,
    'Write it anew with the package manager.',
  );
}

/** The lines of an object's keys. Of a key that is there twice: the last, whose value counts. */
export interface KeyLines {
  readonly line: number;
  /** `null`: not an object, or not asked for. */
  readonly keys: ReadonlyMap<string, KeyLines> | null;
}

interface Recorded {
  readonly line: number;
  keys: Map<string, Recorded> | null;
}

const LINE_FEED = 10;
const QUOTE = 34;
const COMMA = 44;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN = 123;
const CLOSE = 125;

/**
 * The lines of the keys of a valid JSON text, in one pass over it.
 * @param wanted whether the keys of the object at this path are asked for; the path is only lent
 */
export function keyLines(text: string, wanted: (path: readonly string[]) => boolean): KeyLines {
  const top: Recorded = { line: 1, keys: null };
  const path: string[] = [];
  const stack: (Map<string, Recorded> | null)[] = [];
  let keys: Map<string, Recorded> | null = null;
  let last: Recorded | null = top;
  let key = true;
  let line = 1;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case LINE_FEED:
        line++;
        break;
      case QUOTE: {
        const end = closingQuote(text, at);
        if (keys !== null && key) {
          last = { line, keys: null };
          const name = unquoted(text, at, end);
          keys.set(name, last);
          path[stack.length - 1] = name;
          key = false;
        }
        at = end;
        break;
      }
      case COMMA:
        key = true;
        break;
      case OPEN: {
        // Below what isn't recorded nothing is: `last` belongs to the innermost recorded object.
        const inside: Map<string, Recorded> | null =
          last !== null && (keys !== null || stack.length === 0) && wanted(path) ? new Map() : null;
        if (inside !== null && last !== null) last.keys = inside;
        stack.push(keys);
        keys = inside;
        key = true;
        break;
      }
      case OPEN_LIST:
        stack.push(keys);
        keys = null;
        break;
      case CLOSE:
      case CLOSE_LIST:
        keys = stack.pop() ?? null;
        path.length = Math.min(path.length, Math.max(stack.length - 1, 0));
        key = false;
        break;
    }
  }
  return top;
}

/** The lines of the members of the object under a key of the outermost object, in their order in the text. */
export function memberLines(text: string, section: string): number[] {
  const quoted = JSON.stringify(section);
  let lines: number[] = [];
  let depth = 0;
  let line = 1;
  let key = false;
  let inside = false;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case LINE_FEED:
        line++;
        break;
      case QUOTE: {
        const end = closingQuote(text, at);
        if (key && depth === 1) {
          inside = text.startsWith(quoted, at) || unquoted(text, at, end) === section;
          if (inside) lines = [];
          key = false;
        } else if (key && depth === 2) {
          if (inside) lines.push(line);
          key = false;
        }
        at = end;
        break;
      }
      case COMMA:
        key = true;
        break;
      case OPEN:
      case OPEN_LIST:
        depth++;
        key = text.charCodeAt(at) === OPEN;
        break;
      case CLOSE:
      case CLOSE_LIST:
        depth--;
        key = false;
        break;
    }
  }
  return lines;
}

function closingQuote(text: string, open: number): number {
  let end = text.indexOf('"', open + 1);
  while (text.charCodeAt(end - 1) === BACKSLASH && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let from = at;
  while (text.charCodeAt(from - 1) === BACKSLASH) from--;
  return (at - from) % 2 === 1;
}

function unquoted(text: string, open: number, end: number): string {
  const plain = text.slice(open + 1, end);
  return plain.includes('\\') ? String(JSON.parse(text.slice(open, end + 1))) : plain;
}

/** The line of the deepest key of a path that is there. */
export function lineOf(lines: KeyLines, ...path: readonly string[]): number {
  let at = lines;
  for (const name of path) {
    const next = at.keys?.get(name);
    if (next === undefined) break;
    at = next;
  }
  return at.line;
}
