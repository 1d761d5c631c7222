/** What a preprocessor line does to the lines behind it. */
export type Branching = 'if' | 'else' | 'endif' | null;

const LINE_END = /[\r\n\u0085\u2028\u2029]/g;

export function isLineEnd(code: number): boolean {
  return code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029;
}

/** The end of the line, before what ends it. */
export function lineEnd(text: string, at: number): number {
  LINE_END.lastIndex = at;
  return LINE_END.exec(text)?.index ?? text.length;
}

const DIRECTIVE = /#[ \t\v\f]*([a-z]*)/y;

interface Directive {
  readonly word: string;
  /** The condition of `#if` and `#elif`, without its comment. */
  readonly condition: string;
  readonly end: number;
}

function directiveAt(text: string, at: number): Directive {
  const end = lineEnd(text, at);
  DIRECTIVE.lastIndex = at;
  const word = DIRECTIVE.exec(text)?.[1] ?? '';
  const rest = text.slice(DIRECTIVE.lastIndex, end);
  const comment = rest.indexOf('//');
  return { word, condition: (comment === -1 ? rest : rest.slice(0, comment)).trim(), end };
}

/** `false` and `true` in any number of parentheses; `null`: it depends on the build, so all branches count. */
function constant(condition: string): boolean | null {
  const bare = condition.replace(/[()\s]/g, '');
  if (bare === 'false' || bare === '!true') return false;
  return bare === 'true' || bare === '!false' ? true : null;
}

/** `#if` … `#endif`: knows which branches no build can hold. */
export class Preprocessor {
  /** For each open `#if`: was one of its branches certainly taken? */
  private readonly taken: boolean[] = [];

  constructor(private readonly text: string) {}

  /** Reads the line whose `#` stands at `at`. @returns where lexing goes on, and what it means to nesting */
  read(at: number): { readonly behind: number; readonly branching: Branching } {
    const { word, condition, end } = directiveAt(this.text, at);
    if (word === 'if') {
      this.taken.push(false);
      return { behind: this.enter(constant(condition), end), branching: 'if' };
    }
    if (word === 'elif' || word === 'else') {
      const value = word === 'else' ? null : constant(condition);
      return { behind: this.enter(value, end), branching: 'else' };
    }
    if (word !== 'endif') return { behind: end, branching: null };
    this.taken.pop();
    return { behind: end, branching: 'endif' };
  }

  private enter(value: boolean | null, end: number): number {
    const last = this.taken.length - 1;
    const isDead = value === false || this.taken[last] === true;
    if (value === true && last >= 0) this.taken[last] = true;
    return isDead ? this.skip(end) : end;
  }

  /** The beginning of the line that ends a dead branch. What stands in between need not even be C#. */
  private skip(from: number): number {
    const { text } = this;
    let depth = 0;
    for (let at = from; at < text.length; at = lineEnd(text, at)) {
      at = lineStart(text, at);
      if (text.charAt(at) !== '#') continue;
      const { word } = directiveAt(text, at);
      if (word === 'if') depth++;
      else if (depth === 0 && (word === 'elif' || word === 'else' || word === 'endif')) return at;
      else if (word === 'endif') depth--;
    }
    return text.length;
  }
}

/** The first character of the next line that is neither white space nor a line's end. */
function lineStart(text: string, at: number): number {
  let start = at;
  while (start < text.length && (text.charCodeAt(start) <= 32 || isLineEnd(text.charCodeAt(start)))) start++;
  return start;
}
