import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import type { RepoPath } from '../model/brand.js';
import type { Json } from '../model/canonical.js';
import type { Position, Problem } from '../model/decision.js';
import { quoteHint } from './quote-hint.js';

export type KeyPath = readonly (string | number)[];

/** A parsed YAML (or JSON) text that knows where each value is written. */
export interface PolicyDocument {
  readonly path: RepoPath;
  readonly value: Json;
  /** Of a value; of the nearest one around it that exists. */
  at(keys: KeyPath): Position;
  /** Of a key itself, for what is wrong about its name. */
  atKey(keys: KeyPath): Position;
  /** The text as written; for scalars that YAML reads as something else (`0007` is a number). */
  written(keys: KeyPath): string | null;
  /** Offsets in the text of a scalar, quotes included; `null` for what is no scalar. */
  rangeOf(keys: KeyPath): readonly [number, number] | null;
  /** True when the value stands in `[…]` without quotes: perhaps brackets of a path. */
  inBrackets(keys: KeyPath): boolean;
}

export type Parsed =
  | { readonly ok: true; readonly document: PolicyDocument }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * @param text from the file's first character, so that positions are the file's own. A Markdown file's front
 * matter comes with its opening `---`, which YAML takes for a document start.
 */
export function parseYaml(path: RepoPath, text: string): Parsed {
  try {
    return parse(path, text);
  } catch (error) {
    // The parser descends into lists and maps by recursion; how deep it gets is no property of the file.
    if (!(error instanceof RangeError)) throw error;
    const problem: Problem = {
      severity: 'error',
      message: 'malformed YAML: nested too deeply',
      path,
      line: 1,
      column: 1,
    };
    return { ok: false, problems: [problem] };
  }
}

function parse(path: RepoPath, text: string): Parsed {
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { path, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const exhausted = parsed.errors.find(({ message }) => message.startsWith('Maximum call stack'));
  if (exhausted !== undefined) throw new RangeError(exhausted.message);
  const problems = new Map<number, Problem>();
  // One slip makes the parser stumble on through the rest of the line: the first word of it is enough.
  const report = (offset: number, message: string): void => {
    const at = place(offset);
    if (problems.has(at.line)) return;
    const hint = quoteHint(text, offset);
    problems.set(at.line, { severity: 'error', message, ...at, ...(hint === null ? {} : { hint }) });
  };
  // A parser's warning (an unknown tag, as in `in: !x/**`) means that a value is lost.
  for (const error of [...parsed.errors, ...parsed.warnings].sort((a, b) => a.pos[0] - b.pos[0]))
    report(error.pos[0], `malformed YAML: ${error.message}`);
  visit(parsed, {
    Alias(_key, alias) {
      if (alias.resolve(parsed) === undefined)
        report(alias.range?.[0] ?? 0, `malformed YAML: the alias *${alias.source} has no anchor`);
    },
  });
  if (problems.size > 0)
    return { ok: false, problems: [...problems.values()].sort((a, b) => a.line - b.line) };
  let value: Json;
  try {
    value = parsed.toJS({ maxAliasCount: 100 }) as Json;
  } catch (error) {
    report(0, `malformed YAML: ${error instanceof Error ? error.message : String(error)}`);
    return { ok: false, problems: [...problems.values()] };
  }
  return { ok: true, document: new Positioned(path, value, parsed, place) };
}

class Positioned implements PolicyDocument {
  constructor(
    readonly path: RepoPath,
    readonly value: Json,
    private readonly document: Document,
    private readonly place: (offset: number) => Position,
  ) {}

  at(keys: KeyPath): Position {
    const found = this.find(keys);
    return this.place(startOf(found.value) ?? startOf(found.key) ?? 0);
  }

  atKey(keys: KeyPath): Position {
    const found = this.find(keys);
    return this.place(startOf(found.key) ?? startOf(found.value) ?? 0);
  }

  written(keys: KeyPath): string | null {
    const { value, exact } = this.find(keys);
    if (!exact || !isScalar(value)) return null;
    return value.source ?? String(value.value);
  }

  rangeOf(keys: KeyPath): readonly [number, number] | null {
    const { value, exact } = this.find(keys, 'value');
    if (!exact || !isScalar(value) || !value.range) return null;
    return [value.range[0], value.range[1]];
  }

  inBrackets(keys: KeyPath): boolean {
    const { value } = this.find(keys);
    const parent = this.find(keys.slice(0, -1)).value;
    return isSeq(parent) && parent.flow === true && isScalar(value) && value.type === 'PLAIN';
  }

  /** @param empty what stands for a value that is not written: its key, or itself. */
  private find(
    keys: KeyPath,
    empty: 'key' | 'value' = 'key',
  ): { key: unknown; value: unknown; exact: boolean } {
    let key: unknown = null;
    let value: unknown = this.document.contents;
    for (const step of keys) {
      const inner: unknown = isAlias(value) ? value.resolve(this.document) : value;
      if (isMap(inner)) {
        const pair = inner.items.find(item => isScalar(item.key) && String(item.key.value) === String(step));
        if (pair === undefined) return { key, value, exact: false };
        key = pair.key;
        // `key:` with nothing behind it has no place of its own but the key's.
        value = empty === 'key' && isEmptyScalar(pair.value) ? pair.key : pair.value;
      } else if (isSeq(inner) && typeof step === 'number' && inner.items[step] !== undefined) {
        value = inner.items[step];
        key = value;
      } else return { key, value, exact: false };
    }
    return { key, value, exact: true };
  }
}

function isEmptyScalar(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null && (value.source ?? '') === '');
}

function startOf(node: unknown): number | null {
  return isNode(node) ? ((node as Node).range?.[0] ?? null) : null;
}
