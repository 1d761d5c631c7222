import { chainOf, splitArguments } from './gradle-arguments.js';
import type { Statement, Token } from './gradle-tokens.js';

/** Before a name, that mean the same place. */
const PLACES: ReadonlySet<string> = new Set([
  'rootProject',
  'project',
  'ext',
  'extra',
  'parent',
  'properties',
  'this',
]);

export function plainName(words: readonly string[]): string {
  let from = 0;
  while (from < words.length - 1 && PLACES.has(words[from] ?? '')) from++;
  return words.slice(from).join('.');
}

/** Names that a script gives strings to. Where it gives a name two, it is known to have none. */
export class Values {
  readonly known: Record<string, string> = Object.create(null);
  private readonly unsure = new Set<string>();

  private set(name: string, value: string): void {
    const before = this.known[name];
    if (this.unsure.has(name)) return;
    if (before === undefined || before === value) this.known[name] = value;
    else {
      delete this.known[name];
      this.unsure.add(name);
    }
  }

  /** `def x = '1'`, `ext.x = '1'`, `x["y"] = "1"`, `versions += [x: '1']`, `set("x", "1")`, `val x by extra("1")`. */
  read({ tokens }: Statement): void {
    const [first] = tokens;
    if (first?.type !== 'word') return;
    const from = tokens.findIndex(
      token =>
        !(token.type === 'word' && /^(?:def|val|var|const|final|static|private|String)$/.test(token.value)),
    );
    const { words, next } = chainOf(tokens, Math.max(0, from));
    if (words.length === 0) return;
    const name = plainName(words);
    let at = next;
    let key = '';
    if (tokens[at]?.text === '[' && tokens[at + 1]?.type === 'text' && tokens[at + 2]?.text === ']') {
      key = tokens[at + 1]?.value ?? '';
      at += 3;
    }
    if (words.at(-1) === 'set' && tokens[at]?.text === '(') this.pair(tokens.slice(at + 1));
    else if (tokens[at]?.text === '(' && tokens[at + 1]?.type === 'text') return;
    while (tokens[at]?.type === 'mark' && /^[+:]$/.test(tokens[at]?.text ?? '')) {
      at++;
      if (tokens[at]?.type === 'word') at++;
    }
    if (tokens[at]?.text === 'by' && tokens[at + 1]?.text === 'extra') at += 2;
    else if (tokens[at]?.text !== '=') return;
    const value = tokens.slice(at + 1);
    const full = key === '' ? name : plainName([...words, key]);
    if (value.length === 1 && value[0]?.type === 'text') this.set(full, value[0].value);
    else if (value.length === 2 && value[0]?.type === 'text' && value[1]?.text === ')')
      this.set(full, value[0].value);
    else if (value[0]?.text === '[') this.map(full, value.slice(1, -1));
    else if (value.length > 0) this.set(full, `\${${value.map(({ text }) => text).join('')}}`);
  }

  private pair([name, comma, value]: readonly Token[]): void {
    if (name?.type === 'text' && comma?.text === ',' && value?.type === 'text')
      this.set(name.value, value.value);
  }

  private map(name: string, tokens: readonly Token[]): void {
    for (const [key, mark, value, ...more] of splitArguments(tokens))
      if (key !== undefined && mark?.text === ':' && value?.type === 'text' && more.length === 0)
        this.set(`${name}.${key.value}`, value.value);
  }
}
