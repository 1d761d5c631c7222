/** Where YAML takes a path for something else: a tag, an alias, a list, a map, a reserved character. */
const READINGS: readonly (readonly [RegExp, string])[] = [
  [/^!/, 'YAML reads "!" as a tag'],
  [/^\*/, 'YAML reads "*" as an alias'],
  [/^&/, 'YAML reads "&" as an anchor'],
  [/^\[/, 'YAML reads "[" as a list'],
  [/^\{/, 'YAML reads "{" as a map'],
  [/^[@`%|>]/, 'YAML reserves this character'],
];

const MAX_LINE = 2000;

/**
 * A *quote it* hint for the value at or before `offset`, where quoting would mend it; otherwise `null`.
 * The parser may stumble well behind the bracket that misled it, so the line is looked at as well.
 */
export function quoteHint(text: string, offset: number): string | null {
  const start = text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  const newline = text.indexOf('\n', start);
  const line = text.slice(start, newline < 0 ? text.length : newline).replace(/\r$/, '');
  // Nobody writes a path that long, and the expressions below are not made for it.
  if (line.length > MAX_LINE) return null;
  const word = wordAround(line, Math.min(offset - start, line.length));
  const value = /^\s*(?:- +)?(?:[\w-]+: +)?(.*?)\s*$/.exec(line)?.[1] ?? '';
  for (const candidate of [word, value]) {
    for (const [pattern, reading] of READINGS) {
      if (!pattern.test(candidate)) continue;
      const negation = candidate.startsWith('!') ? '; to leave paths out, use "except", never "!"' : '';
      return `quote it: ${JSON.stringify(tidy(candidate))} (${reading})${negation}`;
    }
    // In the middle of a path, inside `{ … }` or `[ … ]`.
    if (/^[^\s"']+$/.test(candidate) && /\/.*[[{]|[\]}].*\//.test(candidate))
      return `quote it: ${JSON.stringify(tidy(candidate))} (unquoted brackets end the value)`;
  }
  if (/^[^"'#]*: [^"'#]*: /.test(line)) return 'quote the text: ": " inside a value starts a new map';
  return null;
}

function wordAround(line: string, column: number): string {
  const before = /[^\s,]*$/.exec(line.slice(0, column))?.[0] ?? '';
  const after = /^[^\s,]*/.exec(line.slice(column))?.[0] ?? '';
  return before + after;
}

/** Without the bracket that closes the list or map around the word. */
function tidy(word: string): string {
  let text = word;
  for (const [open, close] of [
    ['[', ']'],
    ['{', '}'],
  ] as const)
    while (text.endsWith(close) && count(text, close) > count(text, open)) text = text.slice(0, -1).trimEnd();
  return text;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
