/** `if TYPE_CHECKING:` and its branches: what runs never, and only type checkers read. */
interface Guard {
  readonly indent: number;
  /** Is the branch that is being read erased? */
  isErased: boolean;
  /** Would an `else` be? (`if not TYPE_CHECKING:`) */
  readonly isElseErased: boolean;
}

interface Meaning {
  readonly erased: boolean;
  readonly otherwise: boolean;
}
const PLAIN: Meaning = { erased: false, otherwise: false };
const TOKEN = /[\w.\u0080-\uffff]+|\S/g;

/** Which branches of an `if` only type checkers read. @param names other names of `TYPE_CHECKING` in this file */
export function meaningOf(condition: string, names: ReadonlySet<string>): Meaning {
  return condition.length > 1000 ? PLAIN : meaning(condition.match(TOKEN) ?? [], names);
}

function meaning(written: readonly string[], names: ReadonlySet<string>): Meaning {
  const tokens = withoutParens(written);
  if (tokens.some(token => token === 'if' || token === 'lambda')) return PLAIN;
  for (const operator of ['or', 'and']) {
    const parts = split(tokens, operator);
    if (parts.length === 1) continue;
    const meanings = parts.map(part => meaning(part, names));
    return operator === 'and'
      ? { erased: meanings.some(one => one.erased), otherwise: false }
      : { erased: false, otherwise: meanings.some(one => one.otherwise) };
  }
  if (tokens[0] === 'not') {
    const { erased, otherwise } = meaning(tokens.slice(1), names);
    return { erased: otherwise, otherwise: erased };
  }
  const [name] = tokens;
  if (name === undefined || tokens.length > 1) return PLAIN;
  const isGuard = name === 'TYPE_CHECKING' || name.endsWith('.TYPE_CHECKING') || names.has(name);
  return isGuard ? { erased: true, otherwise: false } : PLAIN;
}

function withoutParens(tokens: readonly string[]): readonly string[] {
  let from = 0;
  let to = tokens.length;
  while (to - from > 2 && tokens[from] === '(' && tokens[to - 1] === ')' && closes(tokens, from, to)) {
    from++;
    to--;
  }
  return tokens.slice(from, to);
}

/** Does the bracket at `from` reach to the end? */
function closes(tokens: readonly string[], from: number, to: number): boolean {
  let depth = 0;
  for (let at = from; at < to - 1; at++) {
    if (tokens[at] === '(') depth++;
    else if (tokens[at] === ')' && --depth === 0) return false;
  }
  return true;
}

function split(tokens: readonly string[], operator: string): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if ('([{'.includes(token)) depth++;
    else if (')]}'.includes(token)) depth--;
    if (depth === 0 && token === operator) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** Which lines stand in an erased branch, told by their indentation. */
export class Guards {
  private readonly open: Guard[] = [];
  private erased = 0;

  /** Is what is being read erased? */
  get isErased(): boolean {
    return this.erased > 0;
  }

  /** A logical line begins. @param first its first word */
  line(indent: number, first: string): void {
    let top = this.open.at(-1);
    while (top !== undefined && (top.indent > indent || (top.indent === indent && !continues(first)))) {
      this.close();
      top = this.open.at(-1);
    }
    if (top?.indent === indent && first === 'else') this.set(top, top.isElseErased);
  }

  /** The line is `if …:` or `elif …:`. */
  condition(indent: number, first: string, { erased, otherwise }: Meaning): void {
    const top = this.open.at(-1);
    const isBranch = first === 'elif' && top?.indent === indent;
    const outside = isBranch && top.isElseErased;
    if (isBranch) this.close();
    if (!erased && !otherwise && !outside) return;
    const guard: Guard = { indent, isErased: false, isElseErased: otherwise || outside };
    this.open.push(guard);
    this.set(guard, erased || outside);
  }

  private set(guard: Guard, isErased: boolean): void {
    this.erased += Number(isErased) - Number(guard.isErased);
    guard.isErased = isErased;
  }

  private close(): void {
    const guard = this.open.pop();
    if (guard !== undefined) this.set(guard, false);
  }
}

function continues(first: string): boolean {
  return first === 'else' || first === 'elif';
}
