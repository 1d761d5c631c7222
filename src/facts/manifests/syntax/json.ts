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
  try {
    return { value, lines: linesOf(text, depth) };
  } catch {
    // The library walks recursively.
    throw new ManifestError('it is nested too deeply', 1, 'correct the JSON');
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function linesOf(text: string, depth: number): JsonLines {
  const known = new Map<string, number>();
  visit(text, {
    onObjectProperty(property, _offset, _length, line, _character, path) {
      const above = path();
      if (above.length < depth) known.set([...above, property].join(SEPARATOR), line + 1);
    },
    onObjectBegin(_offset, _length, line, _character, path) {
      const here = path();
      // Of items of arrays only: a property stands where its name does.
      if (typeof here.at(-1) === 'number') known.set(here.join(SEPARATOR), line + 1);
      return here.length < depth;
    },
    onArrayBegin(_offset, _length, _line, _character, path) {
      return path().length < depth;
    },
  });
  return { line: (...path) => known.get(path.join(SEPARATOR)) ?? 1 };
}

function errorLine(text: string): number {
  let first: number | null = null;
  visit(
    text,
    {
      onError(_code, offset) {
        first ??= offset;
      },
    },
    { disallowComments: true },
  );
  return new LineCounter(text).lineAt(first ?? text.length);
}
