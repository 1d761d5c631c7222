import { stringValue } from '../../imports/python/literal.js';
import type { IniLine } from './ini.js';
import { requirementTexts } from './requirement-texts.js';
import { Names } from './script-names.js';
import {
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
import { Tables } from './script-tables.js';
import { type Partial, partialRequirement, textOf } from './script-text.js';

/** What an expression is, as far as it is written out; and each part of it that is computed. */
export interface Listed {
  readonly texts: readonly IniLine[];
  readonly computed: readonly Computed[];
}

export interface Computed {
  /** As written, shortened. */
  readonly written: string;
  readonly line: number;
  /** Where the name of what is required is written all the same. */
  readonly partial: Partial | null;
}

/** Functions that make a list of a list. */
const LISTS = ['list', 'tuple', 'sorted', 'set', 'frozenset'];
/** Tokens that are looked at, each as often as it is: no script needs as many; a hostile one could ask for any number. */
const STEPS = 2_000_000;
/** Tokens of one requirement. */
const LONGEST = 200;
/** Nor goes from name to name as often. */
const DEEPEST = 400;

/** Looks up what expressions of a script are, and never runs them. Of branches it takes all. */
export class Values {
  readonly tables: Tables;
  private readonly names: Names;
  private steps = STEPS;
  private depth = 0;

  constructor(
    private readonly text: string,
    tokens: Tokens,
  ) {
    this.names = new Names(tokens);
    this.tables = new Tables(text, this.names, tokens => this.step(tokens));
  }

  private step({ length }: Tokens): boolean {
    this.steps -= length;
    return this.steps > 0 && this.depth <= DEEPEST;
  }

  textOf(tokens: Tokens): string | null {
    return textOf(tokens, this.names);
  }

  written(tokens: Tokens): string {
    return writtenScript(this.text, tokens);
  }

  /** A list of strings, or a string of several lines. */
  list(tokens: Tokens): Listed {
    const found = new Found();
    this.collect(tokens, found);
    return { texts: [...found.texts.values()], computed: [...found.computed.values()] };
  }

  private collect(tokens: Tokens, found: Found): void {
    const [first] = tokens;
    if (first === undefined || (tokens.length === 1 && isName(first, 'None', 'list', 'False'))) return;
    const inner = bracketed(tokens, '[') ?? bracketed(tokens, '(') ?? bracketed(tokens, '{');
    const isTable = isMark(first, '{') && inner !== null && holds(inner, ':');
    if (!this.step(tokens) || isTable || holds(inner ?? tokens, 'for', 'lambda'))
      this.computed(tokens, found);
    else if (inner !== null) this.each(items(inner), found);
    else if (holds(tokens, ',')) this.each(items(tokens), found);
    else if (isMark(first, '*')) this.collect(tokens.slice(1), found);
    else this.expression(tokens, found);
  }

  private each(parts: readonly Tokens[], found: Found): void {
    for (const part of parts) this.collect(part, found);
  }

  private expression(tokens: Tokens, found: Found): void {
    const branches = branchesOf(tokens);
    if (branches !== null) this.each(branches, found);
    else if (tokens.length === 1 && isName(tokens[0])) this.named(tokens, found);
    else if (this.string(tokens, found)) return;
    else if (!holds(tokens, '+')) this.reference(tokens, found);
    // A text that is put together, and not all of it is written: else they are lists.
    else if (split(tokens, '+').some(part => part[0]?.type === 'string' || this.textOf(part) !== null))
      this.computed(tokens, found);
    else this.each(split(tokens, '+'), found);
  }

  /** @returns false: it is no text that is written out */
  private string(tokens: Tokens, found: Found): boolean {
    const [first] = tokens;
    const text = this.textOf(tokens) ?? splitLiteral(tokens);
    if (text === null || first === undefined) return false;
    // A line end in a literal is one in the file.
    const isRising = tokens.length === 1 && !/\\(?:\r?\n|n)/.test(first.text);
    for (const one of requirementTexts([{ text, line: first.line }], isRising)) found.text(one);
    return true;
  }

  /** A copy of a list, an item of a dictionary. */
  private reference(tokens: Tokens, found: Found): void {
    const [first, second, third] = tokens;
    const own = tokens.slice(0, 1);
    const isWhole = isName(first) && behindBracket(tokens, 1) === tokens.length;
    const inner = tokens.slice(2, -1);
    if (isWhole && isMark(second, '(') && LISTS.includes(first?.text ?? '')) this.collect(inner, found);
    else if (isWhole && isMark(second, '[') && holds(inner, ':')) this.named(own, found);
    else if (isMark(second, '.') && isName(third, 'copy') && tokens.length === 5) this.collect(own, found);
    else {
      const key = isWhole && isMark(second, '[') ? this.textOf(inner) : null;
      const pairs = key === null ? [] : this.tables.pairs(own).filter(pair => pair.key === key);
      if (pairs.length === 0) this.computed(tokens, found);
      for (const { value } of pairs) this.collect(value ?? [], found);
    }
  }

  private named(tokens: Tokens, found: Found): void {
    const name = tokens[0]?.text ?? '';
    if (found.names.has(name)) return;
    if (this.names.uses(name).some(({ kind }) => kind === 'value')) this.uses(name, found);
    else this.computed(tokens, found);
  }

  /** All that is done to a list, under another name, too. */
  private uses(name: string, found: Found): void {
    if (found.names.has(name)) return;
    found.names.add(name);
    this.depth++;
    for (const use of this.names.uses(name)) {
      if (use.kind === 'alias') this.uses(use.name, found);
      else if (use.kind === 'unknown') this.computed(use.statement, found);
      else this.collect(use.value, found);
    }
    this.depth--;
  }

  private computed(tokens: Tokens, found: Found): void {
    const partial = tokens.length > LONGEST ? null : partialRequirement(tokens, this.names);
    found.unknown({ written: this.written(tokens), line: tokens[0]?.line ?? 1, partial });
  }
}

/** What a list holds, each place of the file once. */
class Found {
  readonly names = new Set<string>();
  readonly texts = new Map<string, IniLine>();
  readonly computed = new Map<string, Computed>();

  text(one: IniLine): void {
    this.texts.set(`${one.line} ${one.text}`, one);
  }

  unknown(one: Computed): void {
    this.computed.set(`${one.line} ${one.written}`, one);
  }
}

/** `'''…'''.strip().split()` → one item per line; `null`: something else. */
function splitLiteral(tokens: Tokens): string | null {
  const [first, ...calls] = tokens;
  const written = calls.map(token => token.text).join('');
  if (
    first?.type !== 'string' ||
    !/^(?:\.strip\(\))?\.(?:split|splitlines)\((?:'\\n'|"\\n")?\)$/.test(written)
  )
    return null;
  const text = stringValue(first.text);
  return written.endsWith('.split()') ? (text?.trim().split(/\s+/).join('\n') ?? null) : text;
}
