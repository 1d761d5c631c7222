import {
  type Argument,
  argumentsIn,
  behindBracket,
  isMark,
  isName,
  split,
  type Tokens,
} from './script-parts.js';
import type { ScriptToken } from './script-tokens.js';

/**
 * What is done to a name.
 * - `value`: it is set to that, or that is added.
 * - `pair`: that is set or added under a key.
 * - `alias`: the other name is set to the same object.
 * - `unknown`: what it holds afterwards can't be told.
 */
export type Use =
  | { readonly kind: 'value'; readonly value: Tokens }
  | { readonly kind: 'pair'; readonly key: Tokens; readonly value: Tokens }
  | { readonly kind: 'alias'; readonly name: string }
  | { readonly kind: 'unknown'; readonly statement: Tokens };

/** Uses of one name that are looked at: nobody writes as many, and each may reach through the whole file. */
const MOST = 2000;
/** Methods that put their last argument into a list or a set, or the items of it. */
const ADDING = ['append', 'extend', 'insert', 'add'];
/** Words before and behind a name that only look at it, or make something new of it. */
const READS_BEFORE = (
  'in not and or if elif while return assert del global nonlocal is else yield print ' +
  '+ - * ** % == != < > <= >= |'
).split(' ');
const READS_BEHIND = 'in is not and or if else + - * % == != < > <= >= |'.split(' ');
/** Functions and methods that leave what they are given as it is. */
const READERS = new Set(
  (
    'setup dict len print sorted list tuple set frozenset sum str repr any all iter enumerate isinstance bool max min ' +
    'zip map filter chain from_iterable join format append extend insert add update union setdefault get'
  ).split(' '),
);

/** Where each name of a script is used, and how. Scopes are not told apart: what any of them adds counts. */
export class Names {
  /** What is known of names as texts (script-text.ts). */
  readonly texts = new Map<string, string | null>();
  private readonly mentions = new Map<string, number[]>();
  private readonly known = new Map<string, readonly Use[]>();
  /** First token of a logical line → behind its last. */
  private readonly ends = new Map<number, number>();
  private readonly made = new Map<string, Use>();

  constructor(private readonly tokens: Tokens) {
    for (const [index, { type, text, statement }] of tokens.entries()) {
      this.ends.set(statement, index + 1);
      if (type !== 'name' || isMark(tokens[index - 1], '.')) continue;
      const found = this.mentions.get(text);
      if (found === undefined) this.mentions.set(text, [index]);
      else found.push(index);
    }
  }

  uses(name: string): readonly Use[] {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const mentions = this.mentions.get(name) ?? [];
    const uses = new Set(mentions.slice(0, MOST).flatMap(at => this.use(at)));
    const next = mentions[MOST];
    if (next !== undefined) for (const use of this.unknown(next)) uses.add(use);
    this.known.set(name, [...uses]);
    return [...uses];
  }

  /** What follows on the logical line that a token stands on. */
  private rest(at: number): Tokens {
    const statement = this.tokens[at]?.statement;
    return statement === undefined ? [] : this.tokens.slice(at, this.ends.get(statement));
  }

  private unknown(at: number): readonly Use[] {
    return this.once(at, 'unknown', statement => ({ kind: 'unknown', statement }));
  }

  /** `a = b = value` */
  private assigned(at: number): readonly Use[] {
    return this.once(at, 'assigned', statement => ({
      kind: 'value',
      value: split(statement, '=').at(-1) ?? [],
    }));
  }

  /** A use that is the same wherever on its logical line the name stands: a long line is looked at once. */
  private once(at: number, kind: string, make: (statement: Tokens) => Use): readonly Use[] {
    const statement = this.tokens[at]?.statement ?? at;
    const key = `${kind} ${statement}`;
    const use = this.made.get(key) ?? make(this.rest(statement));
    this.made.set(key, use);
    return [use];
  }

  private use(at: number): readonly Use[] {
    const { tokens } = this;
    const [before, next] = [tokens[at - 1], tokens[at + 1]];
    const first = tokens[tokens[at]?.statement ?? at];
    if (isName(first, 'import', 'from')) return this.unknown(at);
    if (isName(before, 'for', 'as', 'def', 'class') || isMark(next, ':=')) return this.unknown(at);
    if (isMark(next, '=') && tokens[at]?.depth === 0)
      return isMark(before, ',') ? this.unknown(at) : this.assigned(at);
    if (isMark(next, '=')) return [];
    if (isMark(next, '+=', '|=')) return [{ kind: 'value', value: this.rest(at + 2) }];
    if (isMark(next, ':') && tokens[at] === first) {
      const value = split(this.rest(at + 2), '=')[1];
      return value === undefined ? [] : [{ kind: 'value', value }];
    }
    if (isMark(next, '.')) return this.method(at, at + 2, null);
    if (isMark(next, '[')) return this.subscript(at);
    return this.isRead(at) ? [] : this.elsewhere(at);
  }

  /** `name.append(x)`, `name['key'].append(x)`. @param at of the method's name */
  private method(from: number, at: number, key: Tokens | null): readonly Use[] {
    const { tokens } = this;
    const method = tokens[at]?.text ?? '';
    const isCall = isMark(tokens[at + 1], '(');
    const isAdding = ADDING.includes(method) || method === 'update' || method === 'setdefault';
    if (!isAdding) return method.startsWith('__') ? this.unknown(from) : [];
    if (!isCall) return this.unknown(from);
    const end = behindBracket(tokens, at + 1);
    const given = argumentsIn(tokens.slice(at + 2, end - 1));
    if (method === 'setdefault') {
      const [wanted, value] = given;
      if (key !== null || wanted === undefined) return this.unknown(from);
      const set: Use = { kind: 'pair', key: wanted.value, value: value?.value ?? [] };
      return isMark(tokens[end], '.') ? [set, ...this.method(from, end + 1, wanted.value)] : [set];
    }
    const added = method === 'insert' ? given.slice(-1) : given;
    return added.map(argument => useOf(argument, key));
  }

  private subscript(at: number): readonly Use[] {
    const { tokens } = this;
    const end = behindBracket(tokens, at + 1);
    const key = tokens.slice(at + 2, end - 1);
    const next = tokens[end];
    if (isMark(next, '=', '+=', '|=') && next?.depth === 0) {
      const value = split(this.rest(end + 1), '=').at(-1) ?? [];
      return [{ kind: 'pair', key, value }];
    }
    if (isMark(next, '.')) return this.method(at, end + 1, key);
    const isDeeper = isMark(next, '[') && split(this.rest(end), '=', '+=').length > 1;
    return isDeeper ? this.unknown(at) : [];
  }

  private isRead(at: number): boolean {
    const { tokens } = this;
    const [before, next] = [tokens[at - 1], tokens[at + 1]];
    const token = tokens[at];
    if (token === undefined) return true;
    if (isWord(before, READS_BEFORE) || isWord(next, READS_BEHIND)) return true;
    const opener = tokens[token.opener];
    if (opener === undefined) return false;
    // Within a list, a dictionary, an index or a group.
    if (opener.text !== '(') return true;
    const callee = tokens[token.opener - 1];
    // A parameter is another variable.
    if (isName(tokens[token.opener - 2], 'def')) return true;
    const isCall = callee?.type === 'name' && !isWord(callee, [...READS_BEFORE, 'import']);
    return !isCall && !isMark(callee, ')', ']') ? true : READERS.has(callee?.text ?? '');
  }

  /** `other = name`, and whatever else may give it away. */
  private elsewhere(at: number): readonly Use[] {
    const { tokens } = this;
    const statement = tokens[at]?.statement ?? at;
    if (at === statement) return [];
    const [target, sign] = [tokens[at - 2], tokens[at - 1]];
    if (!isMark(sign, '=', '+=') || tokens[at]?.depth !== 0 || this.rest(at).length > 1)
      return this.unknown(at);
    // Under a key of something: what is done there is looked for where that is read.
    if (isMark(target, ']')) return [];
    return target?.type === 'name' && !isMark(tokens[at - 3], '.')
      ? [{ kind: 'alias', name: target.text }]
      : this.unknown(at);
  }
}

function useOf({ keyword, value, line }: Argument, key: Tokens | null): Use {
  if (key !== null) return { kind: 'pair', key, value };
  if (keyword === null || keyword === '*' || keyword === '**') return { kind: 'value', value };
  return { kind: 'pair', key: keyTokens(keyword, line, value), value };
}

/** A keyword, as if it were written as a string. */
export function keyTokens(keyword: string, line: number, value: Tokens): Tokens {
  const at = value[0]?.at ?? 0;
  return [{ type: 'string', text: `'${keyword}'`, at, end: at, line, depth: 0, opener: -1, statement: 0 }];
}

function isWord(token: ScriptToken | undefined, words: readonly string[]): boolean {
  return token !== undefined && token.type !== 'string' && words.includes(token.text);
}
