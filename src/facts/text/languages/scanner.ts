import type { SegmentKind } from '../segment.js';
import { type Lexer, SegmentBuilder } from './builder.js';

/** A whole piece of text that one rule takes. */
interface Piece {
  readonly kind: SegmentKind;
  readonly end: number;
}

/** A comment or literal whose end is told at once. `null`: not what it looked like. */
export interface PieceRule {
  readonly type: 'piece';
  /** The characters that may begin it. */
  readonly first: string;
  read(text: string, at: number): Piece | null;
}

/** A string that may hold code: `"a ${b} c"`. */
export interface StringRule {
  readonly type: 'string';
  readonly open: string;
  readonly close: string;
  /** `backslash`: the next character means nothing. `doubled`: the closing twice is one of it. */
  readonly escape: 'backslash' | 'doubled' | 'none';
  /** Without it an unclosed string ends with its line. */
  readonly multiline: boolean;
  readonly interpolations: readonly Interpolation[];
  /** What must stand before it; always true if left out. */
  when?(text: string, at: number): boolean;
}

/** `${` … `}`; the last character of `open` and `close` are a pair that nests. `twice`: `{{` opens nothing. */
export interface Interpolation {
  readonly open: string;
  readonly close: string;
  readonly twice?: true;
}

/** A text that begins on the next line: `<<EOF`. */
interface HeredocRule {
  readonly type: 'heredoc';
  readonly first: string;
  /** Sticky; group `tag` is the closing line, group `indented` is there when that line may be indented. */
  readonly pattern: RegExp;
  when?(text: string, at: number): boolean;
}

export type LexicalRule = PieceRule | StringRule | HeredocRule;

/** The rules are indexed when a file first needs them: the commit gate loads every language and uses few. */
export function lexerFor(rules: readonly LexicalRule[], codeEscape: 'backslash' | 'none' = 'none'): Lexer {
  let syntax: Syntax | null = null;
  return text => {
    syntax ??= new Syntax(rules, codeEscape === 'backslash');
    return new Scan(syntax, text).run();
  };
}

const BACKSLASH = 92;
const NEWLINE = 10;

/** The rules by the character that begins them. */
class Syntax {
  private readonly byFirst = new Map<number, LexicalRule[]>();
  private readonly stops = new Map<StringRule, RegExp>();

  constructor(
    rules: readonly LexicalRule[],
    readonly escapesInCode: boolean,
  ) {
    for (const rule of rules) {
      const first = rule.type === 'string' ? rule.open.slice(0, 1) : rule.first;
      for (const character of new Set(first)) {
        const code = character.charCodeAt(0);
        const known = this.byFirst.get(code);
        if (known === undefined) this.byFirst.set(code, [rule]);
        else known.push(rule);
      }
      if (rule.type === 'string') this.stops.set(rule, stopPattern(rule));
    }
  }

  rulesAt(code: number): readonly LexicalRule[] | undefined {
    return this.byFirst.get(code);
  }

  /** Where the content of the string may need a look next. */
  nextStop(rule: StringRule, text: string, from: number): number {
    const stops = this.stops.get(rule);
    if (stops === undefined) throw new Error(`no such string rule: ${rule.open}`);
    stops.lastIndex = from;
    return stops.exec(text)?.index ?? text.length;
  }
}

function stopPattern(rule: StringRule): RegExp {
  const characters = [rule.close, ...rule.interpolations.map(each => each.open)].map(open =>
    open.slice(0, 1),
  );
  if (rule.escape === 'backslash') characters.push('\\');
  if (!rule.multiline) characters.push('\n');
  return new RegExp(`[${characters.map(character => character.replace(/[\\\]^-]/, '\\$&')).join('')}]`, 'g');
}

interface Frame {
  readonly rule: StringRule;
  readonly opening: number;
  readonly closing: number;
  depth: number;
}

class Scan {
  private readonly builder: SegmentBuilder;
  private readonly frames: Frame[] = [];
  private heredocs: { readonly tag: string; readonly indented: boolean }[] = [];
  private at = 0;

  constructor(
    private readonly syntax: Syntax,
    private readonly text: string,
  ) {
    this.builder = new SegmentBuilder(text.length);
  }

  run() {
    const { text } = this;
    while (this.at < text.length) this.step(text.charCodeAt(this.at));
    return this.builder.finish();
  }

  private step(code: number): void {
    if (code === NEWLINE && this.heredocs.length > 0) {
      this.at++;
      this.readHeredocs();
      return;
    }
    const frame = this.frames.at(-1);
    if (frame !== undefined && this.leavesCode(frame, code)) return;
    if (code === BACKSLASH && this.syntax.escapesInCode) {
      this.at += 2;
      return;
    }
    for (const rule of this.syntax.rulesAt(code) ?? []) if (this.applies(rule)) return;
    this.at++;
  }

  /** The end of code inside a string. */
  private leavesCode(frame: Frame, code: number): boolean {
    if (code === frame.closing) {
      if (frame.depth === 0) {
        this.frames.pop();
        this.readString(frame.rule, this.at, this.at + 1);
        return true;
      }
      frame.depth--;
    } else if (code === frame.opening) frame.depth++;
    return false;
  }

  private applies(rule: LexicalRule): boolean {
    const { text, at } = this;
    switch (rule.type) {
      case 'piece': {
        const piece = rule.read(text, at);
        if (piece === null || piece.end <= at) return false;
        if (piece.kind !== 'code') this.builder.add(piece.kind, at, piece.end);
        this.at = piece.end;
        return true;
      }
      case 'string':
        if (!text.startsWith(rule.open, at) || rule.when?.(text, at) === false) return false;
        this.readString(rule, at, at + rule.open.length);
        return true;
      case 'heredoc': {
        rule.pattern.lastIndex = at;
        const match = rule.pattern.exec(text);
        if (match === null || rule.when?.(text, at) === false) return false;
        const { tag = '', indented } = match.groups ?? {};
        this.heredocs.push({ tag, indented: indented !== undefined });
        this.at = at + match[0].length;
        return true;
      }
    }
  }

  /** @param start where the segment begins @param from where its content does */
  private readString(rule: StringRule, start: number, from: number): void {
    const { text, builder } = this;
    let at = from;
    for (;;) {
      at = this.syntax.nextStop(rule, text, at);
      if (at >= text.length) {
        this.endString(builder, start, text.length);
        return;
      }
      if (text.startsWith(rule.close, at)) {
        const end = at + rule.close.length;
        if (rule.escape === 'doubled' && text.startsWith(rule.close, end)) at = end + rule.close.length;
        else {
          this.endString(builder, start, end);
          return;
        }
        continue;
      }
      const code = text.charCodeAt(at);
      if (code === NEWLINE && !rule.multiline) {
        this.endString(builder, start, at);
        return;
      }
      const interpolation = rule.interpolations.find(each => text.startsWith(each.open, at));
      if (interpolation === undefined) {
        const skipsCrLf = text.charCodeAt(at + 1) === 13 && text.charCodeAt(at + 2) === NEWLINE;
        at += code !== BACKSLASH || rule.escape !== 'backslash' ? 1 : skipsCrLf ? 3 : 2;
      } else if (interpolation.twice && text.startsWith(interpolation.open, at + 1)) at += 2;
      else {
        const end = at + interpolation.open.length;
        this.frames.push({
          rule,
          opening: interpolation.open.charCodeAt(interpolation.open.length - 1),
          closing: interpolation.close.charCodeAt(0),
          depth: 0,
        });
        this.endString(builder, start, end);
        return;
      }
    }
  }

  private endString(builder: SegmentBuilder, start: number, end: number): void {
    builder.add('string', start, end);
    this.at = end;
  }

  private readHeredocs(): void {
    const { text } = this;
    const start = this.at;
    for (const { tag, indented } of this.heredocs) {
      for (;;) {
        if (this.at >= text.length) break;
        const newline = text.indexOf('\n', this.at);
        const end = newline === -1 ? text.length : newline;
        const line = text.slice(this.at, end).replace(/\r$/, '');
        this.at = newline === -1 ? text.length : newline + 1;
        if ((indented ? line.trimStart() : line) === tag) break;
      }
    }
    this.heredocs = [];
    // The newline after the closing line is code again: it may begin something.
    if (this.at > start) this.builder.add('string', start, this.at);
  }
}
