import type { Cursor } from './cursor.js';
import type { Found } from './found.js';

/** A whole declaration was read: what it imports, or that it imports nothing. `null`: can't be sure. */
export type Declaration = { readonly found: Found | null } | null;

/** It imports nothing, unless `<!--` or `-->` hides what comes next: they open comments in scripts. */
function nothing(cursor: Cursor): Declaration {
  cursor.skip();
  if ('<-'.includes(cursor.text.charAt(cursor.at) || ' ')) return null;
  cursor.eat(';');
  return { found: null };
}

interface Names {
  readonly names: readonly string[];
  readonly allType: boolean;
}

/**
 * `{ a, b as c, type D, "x" as e }` after its opening brace. How many words stand in an element decides what
 * `type` and `as` are: one or three make a value (`type`, `type as as`), two or four a type (`type as`,
 * `type a as b`).
 */
function namedBindings(cursor: Cursor): Names | null {
  const names: string[] = [];
  let types = 0;
  while (!cursor.eat('}')) {
    const parts: string[] = [];
    for (;;) {
      const part = cursor.word() ?? cursor.string()?.value ?? null;
      if (part === null) break;
      parts.push(part);
    }
    const typed = parts.length === 2 || parts.length === 4;
    const name = parts[typed ? 1 : 0];
    if (name === undefined || parts.length > 4 || (typed && parts[0] !== 'type')) return null;
    if (parts.length > 2 && parts[parts.length - 2] !== 'as') return null;
    names.push(name);
    if (typed) types++;
    if (!cursor.eat(',')) {
      if (cursor.eat('}')) break;
      return null;
    }
  }
  return { names, allType: names.length > 0 && types === names.length };
}

/** `with { type: 'json' }`, and the older `assert`. */
function attributes(cursor: Cursor): boolean {
  const opened = cursor.attempt(() => {
    const word = cursor.word();
    return (word === 'with' || word === 'assert') && cursor.eat('{') ? true : null;
  });
  if (opened === null) return true;
  while (!cursor.eat('}')) {
    if ((cursor.word() ?? cursor.string()) === null) return false;
    if (!cursor.eat(':') || cursor.string() === null) return false;
    if (!cursor.eat(',')) return cursor.eat('}');
  }
  return true;
}

function close(cursor: Cursor, found: Omit<Found, 'specifier' | 'at'>): Declaration {
  const specifier = cursor.string();
  if (specifier === null || !attributes(cursor)) return null;
  cursor.eat(';');
  return { found: { specifier: specifier.value, ...found, at: specifier.at } };
}

/** `= require('x')` or `= A.B` after `import x`. */
function importEquals(cursor: Cursor, typeOnly: boolean): Declaration {
  const word = cursor.word();
  if (word === null) return null;
  if (word === 'require' && cursor.eat('(')) {
    const specifier = cursor.string();
    if (specifier === null || !cursor.eat(')')) return null;
    cursor.eat(';');
    const kind = typeOnly ? 'type' : 'require';
    return { found: { specifier: specifier.value, kind, typeOnly, at: specifier.at, names: ['*'] } };
  }
  while (cursor.eat('.')) if (cursor.word() === null) return null;
  return nothing(cursor);
}

/**
 * `type`, `defer` and `source` after `import` are modifiers or the default import's name:
 * `import type from 'x'` names it, `import type from from 'x'` is modified.
 */
function isModifier(cursor: Cursor): boolean {
  const { at } = cursor;
  const next = cursor.word();
  let modifier = next !== null;
  if (next === null) modifier = cursor.eat('{') || cursor.eat('*');
  else if (next === 'from') modifier = cursor.string() === null;
  cursor.at = at;
  return modifier;
}

/** An import declaration, after its keyword. `import(` and `import.` are no declarations: `null`. */
export function importDeclaration(cursor: Cursor): Declaration {
  const bare = cursor.attempt(() => close(cursor, { kind: 'side-effect', typeOnly: false }));
  if (bare !== null) return bare;
  let first = cursor.word();
  let typeOnly = false;
  let phase = '';
  if ((first === 'type' || first === 'defer' || first === 'source') && isModifier(cursor)) {
    typeOnly = first === 'type';
    phase = first;
    first = cursor.word();
  }
  const names: string[] = [];
  if (first !== null) {
    if (cursor.eat('=')) return importEquals(cursor, typeOnly);
    names.push(phase === 'source' ? '*' : 'default');
    if (!cursor.eat(',')) return cursor.word() === 'from' ? imported(cursor, names, typeOnly) : null;
  }
  if (cursor.eat('*')) {
    if (cursor.word() !== 'as' || cursor.word() === null || cursor.word() !== 'from') return null;
    return imported(cursor, [...names, '*'], typeOnly);
  }
  if (!cursor.eat('{')) return null;
  const list = namedBindings(cursor);
  if (list === null || cursor.word() !== 'from') return null;
  return imported(cursor, [...names, ...list.names], typeOnly || (first === null && list.allType));
}

function imported(cursor: Cursor, names: readonly string[], typeOnly: boolean): Declaration {
  // `import {} from 'x'` binds nothing: it is run for its side effect.
  if (names.length === 0 && !typeOnly) return close(cursor, { kind: 'side-effect', typeOnly });
  return close(cursor, { kind: typeOnly ? 'type' : 'value', typeOnly, names });
}

/** What may follow `export` and never names another module. */
const LOCAL_EXPORT =
  /\s*(?:default\b(?!\s*(?:from\b|\/))|(?:declare|abstract|async|const|let|var|function|class|enum|interface|namespace|module)\b|type\s+[\w$]+\s*[=<]|as\s+namespace\b|=)/y;

/**
 * True when the `export` that ends at `after` begins a declaration of the file itself, in code, comment or
 * string alike. What the declaration holds is not looked at.
 */
export function isLocalExport(text: string, after: number): boolean {
  LOCAL_EXPORT.lastIndex = after;
  return LOCAL_EXPORT.test(text);
}

/** `export … from`, `export { a }` or `export import`, after the keyword `export`. */
export function exportDeclaration(cursor: Cursor): Declaration {
  const word = cursor.attempt(() => cursor.word());
  if (word === 'import') return importDeclaration(cursor);
  if (word !== null && word !== 'type') return null;
  const typeOnly = word === 'type';
  const kind = 're-export';
  if (cursor.eat('*')) {
    const next = cursor.word();
    if (next === 'as') {
      if ((cursor.word() ?? cursor.string()) === null || cursor.word() !== 'from') return null;
    } else if (next !== 'from') return null;
    return close(cursor, { kind, typeOnly, names: ['*'] });
  }
  if (!cursor.eat('{')) return null;
  const list = namedBindings(cursor);
  if (list === null) return null;
  const from = cursor.attempt(() => (cursor.word() === 'from' ? true : null));
  if (from !== null) return close(cursor, { kind, typeOnly: typeOnly || list.allType, names: list.names });
  return nothing(cursor);
}
