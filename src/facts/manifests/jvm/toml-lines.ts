/**
 * Lines of the keys of a TOML text's tables, two steps deep (`table\0key`), in one walk. The text is valid TOML: a
 * library has read it. Inside strings over several lines nothing counts.
 */
export function tomlKeyLines(text: string): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  let table: readonly string[] = [];
  let line = 0;
  let depth = 0;
  let open: string | null = null;
  for (const raw of text.split('\n')) {
    line++;
    let at = 0;
    if (open === null && depth === 0) {
      const header = raw.trimStart();
      if (header.startsWith('[')) {
        table = keyPath(header.replace(/^\[+/, ''), ']');
        mark(known, table, line);
        continue;
      }
      const key = keyPath(header, '=');
      if (key.length > 0) mark(known, [...table, ...key], line);
    }
    while (at < raw.length) {
      if (open !== null) {
        const end = raw.indexOf(open, at);
        if (end === -1) break;
        at = end + open.length;
        open = null;
        continue;
      }
      const char = raw[at];
      if (char === '#') break;
      if (raw.startsWith('"""', at) || raw.startsWith("'''", at)) {
        open = raw.slice(at, at + 3);
        at += 3;
      } else if (char === '"' || char === "'") at = closing(raw, at) + 1;
      else {
        if (char === '[' || char === '{') depth++;
        else if (char === ']' || char === '}') depth--;
        at++;
      }
    }
  }
  return known;
}

function mark(known: Map<string, number>, path: readonly string[], line: number): void {
  const key = path.slice(0, 2).join('\u0000');
  if (path.length > 0 && !known.has(key)) known.set(key, line);
}

/** Where a string on one line ends. */
function closing(line: string, start: number): number {
  const quote = line[start];
  for (let at = start + 1; at < line.length; at++) {
    if (line[at] === '\\' && quote === '"') at++;
    else if (line[at] === quote) return at;
  }
  return line.length;
}

/** `a."b.c".d` up to a character. */
function keyPath(text: string, end: string): readonly string[] {
  const path: string[] = [];
  let part = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === end) return part === '' ? path : [...path, part];
    if (char === '#') return [];
    if (char === '"' || char === "'") {
      const close = closing(text, at);
      part += text.slice(at + 1, close);
      at = close;
    } else if (char === '.') {
      path.push(part);
      part = '';
    } else if (char !== ' ' && char !== '\t') part += char;
  }
  return [];
}
