import { keyTokens, type Names } from './script-names.js';
import {
  argumentsIn,
  behindBracket,
  bracketed,
  branchesOf,
  holds,
  isMark,
  isName,
  items,
  split,
  type Tokens,
  writtenScript,
} from './script-parts.js';
import { textOf } from './script-text.js';

/** A key of a dictionary and what stands there; `key` is `null` where it is computed. */
export interface Pair {
  readonly key: string | null;
  /** The key as written; of what can't be told apart in keys, the whole expression. */
  readonly written: string;
  readonly line: number;
  /** `null`: it can't be told which keys and values there are. */
  readonly value: Tokens | null;
}

/** Functions that make a dictionary. */
const TABLES = ['dict', 'OrderedDict', 'defaultdict'];

/** Names that one dictionary leads to: nobody writes as many. */
const DEEPEST = 400;

/** Looks up what dictionaries of a script hold. Of branches it takes all. */
export class Tables {
  constructor(
    private readonly text: string,
    private readonly names: Names,
    /** Takes a step; false: there were too many. */
    private readonly step: (tokens: Tokens) => boolean,
  ) {}

  pairs(tokens: Tokens, seen: Set<string> = new Set()): readonly Pair[] {
    const [first, second] = tokens;
    if (first === undefined || (tokens.length === 1 && isName(first, 'None', 'list'))) return [];
    const unknown = this.unknown(tokens);
    if (!this.step(tokens)) return [unknown];
    const group = bracketed(tokens, '(');
    if (group !== null) return this.pairs(group, seen);
    const inner = bracketed(tokens, '{');
    if (holds(inner ?? tokens, 'for', 'lambda')) return [unknown];
    if (inner !== null) return items(inner).flatMap(item => this.item(item, seen));
    const branches = branchesOf(tokens) ?? (holds(tokens, '|') ? split(tokens, '|') : null);
    if (branches !== null) return branches.flatMap(part => this.pairs(part, seen));
    if (first.type !== 'name') return [unknown];
    const isCall = isMark(second, '(') && behindBracket(tokens, 1) === tokens.length;
    if (isCall && TABLES.includes(first.text)) return this.made(tokens.slice(2, -1), seen);
    const isCopy = isMark(second, '.') && isName(tokens[2], 'copy') && tokens.length === 5;
    return tokens.length === 1 || isCopy ? this.named(first.text, unknown, seen) : [unknown];
  }

  private unknown(tokens: Tokens): Pair {
    return { key: null, written: writtenScript(this.text, tokens), line: tokens[0]?.line ?? 1, value: null };
  }

  /** `dict(other, key=value)` */
  private made(given: Tokens, seen: Set<string>): readonly Pair[] {
    return argumentsIn(given).flatMap(({ keyword, value, line }) =>
      keyword === null || keyword === '**'
        ? this.pairs(value, seen)
        : [this.pair(keyTokens(keyword, line, value), value)],
    );
  }

  private named(name: string, unknown: Pair, seen: Set<string>): readonly Pair[] {
    if (seen.has(name)) return [];
    seen.add(name);
    if (seen.size > DEEPEST) return [unknown];
    const uses = this.names.uses(name);
    if (!uses.some(({ kind }) => kind === 'value')) return [unknown];
    return uses.flatMap(use => {
      if (use.kind === 'pair') return [this.pair(use.key, use.value)];
      if (use.kind === 'value') return this.pairs(use.value, seen);
      return use.kind === 'alias' ? this.named(use.name, unknown, seen) : [this.unknown(use.statement)];
    });
  }

  private item(tokens: Tokens, seen: Set<string>): readonly Pair[] {
    if (isMark(tokens[0], '**')) return this.pairs(tokens.slice(1), seen);
    const [key = []] = split(tokens, ':');
    return [this.pair(key, tokens.slice(key.length + 1))];
  }

  private pair(key: Tokens, value: Tokens): Pair {
    const line = key[0]?.line ?? value[0]?.line ?? 1;
    return { key: textOf(key, this.names), written: writtenScript(this.text, key), line, value };
  }
}
