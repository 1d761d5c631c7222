import { visit } from 'jsonc-parser';
import { ManifestError } from '../format.js';
import { conflictLine, LineCounter } from '../lines.js';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Lines of the properties and array items of a JSON text, by path. */
export interface JsonLines {
  /** 1-based; 1 where there is no such place. */
  line(...path: readonly (string | number)[]): number;
}

export interface JsonText {
  readonly value: JsonObject;
  readonly lines: JsonLines;
}

const SEPARATOR = '\u0000';

/**
 * @param depth how deep lines are kept: a property of the root has depth 1
 * @throws ManifestError where it is not JSON, or no object
 */
export function readJson(text: string, depth: number): JsonText {
  const conflict = conflictLine(text);
  if (conflict !== null) throw new ManifestError('it holds conflict markers', conflict, 'finish the merge');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ManifestError('it is not valid JSON', errorLine(text), 'correct the JSON');
  }
  if (!isObject(value)) throw new ManifestError('it is not a JSON object', 1, 'correct the JSON');
  return { value, lines: linesOf(text, depth) };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One walk over a text that is known to be JSON. */
function linesOf(text: string, depth: number): JsonLines {
  const known = new Map<string, number>();
  /** What is open, down to `depth`: the paths of objects and lists, with the next item's place in a list. */
  const open: { readonly path: string; next: number | null }[] = [];
  let level = 0;
  let line = 1;
  let key: string | null = null;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const here = open[level - 1];
    if (code === LINE_FEED) line++;
    else if (code === QUOTE) {
      const end = stringEnd(text, at);
      if (here !== undefined && key === null && here.next === null) {
        const raw = text.slice(at + 1, end);
        key = raw.includes('\\') ? String(JSON.parse(`"${raw}"`)) : raw;
        known.set(joined(here.path, key), line);
      }
      at = end;
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      if (level < depth) {
        const path =
          here === undefined ? '' : joined(here.path, here.next === null ? (key ?? '') : String(here.next));
        if (here !== undefined && here.next !== null) known.set(path, line);
        open[level] = { path, next: code === OPEN_LIST ? 0 : null };
        key = null;
      }
      level++;
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      level--;
      if (level < depth) open.length = level;
    } else if (code === COMMA && here !== undefined) {
      if (here.next === null) key = null;
      else here.next++;
    }
  }
  return { line: (...path) => known.get(path.join(SEPARATOR)) ?? 1 };
}

const [LINE_FEED, QUOTE, COMMA, BACKSLASH] = [10, 34, 44, 92];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

function joined(path: string, name: string): string {
  return path === '' ? name : path + SEPARATOR + name;
}

/** Where the string that begins at `start` ends. */
function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); ; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at;
  }
}

function errorLine(text: string): number {
  let first: number | null = null;
  try {
    visit(
      text,
      {
        onError(_code, offset) {
          first ??= offset;
        },
      },
      { disallowComments: true },
    );
  } catch {
    // The library walks recursively: too deep a text has no line that could be told.
  }
  return new LineCounter(text).lineAt(first ?? text.length);
}
