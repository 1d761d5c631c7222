import { printParseErrorCode, visit } from 'jsonc-parser';
import { ManifestError } from '../format.js';

export type JsoncValue = string | number | boolean | null | readonly JsoncValue[] | JsoncMap;

export interface JsoncPair {
  readonly key: string;
  /** 1-based, of the key. */
  readonly line: number;
  readonly value: JsoncValue;
}

/** Pairs as written, those with one key among them; what a key is asked for, the last pair says. */
export class JsoncMap {
  private index: Map<string, JsoncPair> | null = null;

  constructor(readonly pairs: readonly JsoncPair[] = []) {}

  pair(key: string): JsoncPair | undefined {
    this.index ??= new Map(this.pairs.map(pair => [pair.key, pair]));
    return this.index.get(key);
  }

  get(key: string): JsoncValue {
    return this.pair(key)?.value ?? null;
  }

  text(key: string): string | null {
    const value = this.get(key);
    return typeof value === 'string' ? value : null;
  }

  /** One pair a key. */
  last(): readonly JsoncPair[] {
    this.index ??= new Map(this.pairs.map(pair => [pair.key, pair]));
    return [...this.index.values()];
  }

  /** An absent one is empty. */
  map(key: string): JsoncMap {
    const value = this.get(key);
    return value instanceof JsoncMap ? value : EMPTY;
  }
}

const EMPTY = new JsoncMap();
/** The library's reader calls itself: far below what it can bear, far above what a lock file has. */
const MAX_DEPTH = 100;

/** A list or an object that has not ended yet. */
interface Open {
  readonly items: JsoncValue[];
  readonly pairs: JsoncPair[];
  /** Of the value that comes next; `null` in a list. */
  key: string | null;
  line: number;
}

/** JSON with comments and commas before a closing bracket. @throws ManifestError with the line on anything else */
export function jsoncTree(text: string, remedy: string): JsoncValue {
  const root: Open = { items: [], pairs: [], key: null, line: 1 };
  const stack: Open[] = [root];
  const top = (): Open => stack.at(-1) ?? root;
  const add = (value: JsoncValue): void => {
    const { items, pairs, key, line } = top();
    if (key === null) items.push(value);
    else pairs.push({ key, line, value });
  };
  const open = (line: number): void => {
    if (stack.length > MAX_DEPTH) throw new ManifestError('nested too deeply', line + 1, remedy);
    stack.push({ items: [], pairs: [], key: null, line });
  };
  visit(
    text,
    {
      onObjectBegin: (_offset, _length, line) => open(line),
      onObjectProperty: (key, _offset, _length, line) => {
        const at = top();
        at.key = key;
        at.line = line + 1;
      },
      onObjectEnd: () => add(new JsoncMap(stack.pop()?.pairs)),
      onArrayBegin: (_offset, _length, line) => open(line),
      onArrayEnd: () => add(stack.pop()?.items ?? []),
      onLiteralValue: value => add(value as string | number | boolean | null),
      onError: (error, _offset, _length, line) => {
        throw new ManifestError(`not valid JSON: ${printParseErrorCode(error)}`, line + 1, remedy);
      },
    },
    { allowTrailingComma: true },
  );
  return root.items[0] ?? null;
}
