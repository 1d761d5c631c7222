import { requiresTest } from './cfg.js';
import {
  CLOSE_BRACKET,
  COLONS,
  END,
  EQUALS,
  type Lexer,
  OPEN_BRACKET,
  OPEN_PAREN,
  STRING,
  WORD,
} from './lexer.js';
import { stringValue } from './strings.js';

export interface Attribute {
  /** What it stands before is compiled for tests only. */
  readonly test: boolean;
  /** Of `#[path = "…"]`: where a module's file lies. */
  readonly path: string | null;
  /** Of `#[cfg_attr(…, path = "…")]`: where it may lie. */
  readonly maybe: readonly string[];
}

const NOTHING: Attribute = { test: false, path: null, maybe: [] };
/** Names of lints and features: no paths of crates. */
const NAMES_ONLY = new Set(
  'allow warn deny forbid expect feature cfg rustfmt clippy rustdoc rustc diagnostic miri'.split(' '),
);

/** Reads what an attribute means, from its opening bracket. Leaves the lexer where it was. */
export function readAttribute(lexer: Lexer): Attribute & { readonly isEmpty: boolean } {
  const start = lexer.start;
  const read = meaning(lexer);
  lexer.rewind(start);
  return read;
}

function meaning(lexer: Lexer): Attribute & { readonly isEmpty: boolean } {
  lexer.next();
  const names: string[] = [];
  while (lexer.kind === WORD || lexer.kind === COLONS) {
    if (lexer.kind === WORD) names.push(lexer.word);
    lexer.next();
  }
  const [first = ''] = names;
  const isEmpty = NAMES_ONLY.has(first);
  const last = names.at(-1);
  if (names.length === 1 && first === 'cfg' && lexer.kind === OPEN_PAREN) {
    lexer.next();
    return { ...NOTHING, test: requiresTest(lexer), isEmpty };
  }
  if (last === 'test' || (names.length === 1 && first === 'bench'))
    return { ...NOTHING, test: true, isEmpty };
  if (names.length === 1 && first === 'path' && lexer.kind === EQUALS && lexer.next() === STRING)
    return { ...NOTHING, path: stringValue(lexer.text.slice(lexer.start, lexer.end)), isEmpty };
  if (first === 'cfg_attr') return { ...NOTHING, maybe: pathsWithin(lexer), isEmpty };
  return { ...NOTHING, isEmpty };
}

/** Every `path = "…"` up to the attribute's end. */
function pathsWithin(lexer: Lexer): readonly string[] {
  const paths: string[] = [];
  let depth = 0;
  for (; lexer.kind !== END; lexer.next()) {
    if (lexer.kind === OPEN_BRACKET) depth++;
    else if (lexer.kind === CLOSE_BRACKET && depth-- === 0) break;
    if (lexer.kind !== WORD || lexer.word !== 'path') continue;
    if (lexer.next() !== EQUALS || lexer.next() !== STRING) continue;
    const value = stringValue(lexer.text.slice(lexer.start, lexer.end));
    if (value !== null) paths.push(value);
  }
  return paths;
}
