import { LexicalError } from '../tokens/lexical-error.js';
import { Lexer, type Word } from './lexer.js';
import { stringValue } from './literal.js';

/** A call that imports, if its name means what it seems to. */
export interface Call {
  /** `importlib` in `importlib.import_module(…)`; `null`: a bare name. */
  readonly receiver: string | null;
  readonly name: string;
  /** What is imported; `null`: computed. */
  readonly specifier: string | null;
  /** Of the literal, or of the call when it is computed. */
  readonly at: number;
}

/** Arguments longer than this count as computed: nothing may make a hostile file slow to read. */
const FARTHEST = 2000;

interface Argument {
  readonly keyword: string | null;
  readonly at: number;
  readonly text: string;
  /** The string that it is; `null`: something else. */
  readonly value: string | null;
}

/** Reads the call that a word is the name of; `null`: no call. Looks ahead, and moves nothing. */
export function readCall(text: string, { start, end, receiver, after }: Word): Call | null {
  const name = text.slice(start, end).normalize('NFKC');
  const isDefinition = after !== -1 && /^def\b/.test(text.slice(after, after + 4));
  if (receiver === undefined || isDefinition) return null;
  const lexer = new Lexer(text.slice(end, end + FARTHEST), () => undefined);
  lexer.skip(true);
  if (lexer.text.charCodeAt(lexer.at) !== 40) return null;
  lexer.at++;
  const calls = receiver === null ? start : receiver.start;
  const common = {
    receiver: receiver === null ? null : text.slice(receiver.start, receiver.end).normalize('NFKC'),
    name,
  };
  const args = readArguments(lexer);
  if (args === null) return { ...common, specifier: null, at: calls };
  const named = (keyword: string, position: number): Argument | undefined =>
    args.find(arg => arg.keyword === keyword) ??
    (args[position]?.keyword === null ? args[position] : undefined);
  const target = named('name', 0);
  if (target === undefined && args.length === 0) return null;
  const specifier = name.startsWith('__')
    ? withLevel(target?.value ?? null, named('level', 4))
    : withPackage(target?.value ?? null, named('package', 1));
  return { ...common, specifier, at: specifier === null || target === undefined ? calls : end + target.at };
}

/** `null`: they can't be read to their end. */
function readArguments(lexer: Lexer): readonly Argument[] | null {
  const found: Argument[] = [];
  try {
    for (;;) {
      lexer.skip(true);
      if (lexer.text.charAt(lexer.at) === ')') return found;
      found.push(readArgument(lexer));
      lexer.skip(true);
      const code = lexer.text.charAt(lexer.at);
      if (code === ',') lexer.at++;
      else if (code !== ')') return null;
    }
  } catch (mistake) {
    if (mistake instanceof LexicalError) return null;
    throw mistake;
  }
}

function readArgument(lexer: Lexer): Argument {
  const { text } = lexer;
  let start = lexer.at;
  let keyword: string | null = null;
  const word = lexer.name();
  lexer.skip(true);
  if (word !== '' && text.charAt(lexer.at) === '=' && text.charAt(lexer.at + 1) !== '=') {
    keyword = word;
    lexer.at++;
    lexer.skip(true);
    start = lexer.at;
  } else lexer.at = start;
  const literal = readLiteral(lexer);
  if (literal === null) {
    lexer.at = start;
    lexer.argument();
  }
  return {
    keyword,
    at: literal?.at ?? start,
    text: text.slice(start, lexer.at),
    value: literal?.value ?? null,
  };
}

/** A string, several side by side, or one in parentheses; only when the argument ends after it. */
function readLiteral(lexer: Lexer): { readonly at: number; readonly value: string | null } | null {
  const { text } = lexer;
  let depth = 0;
  for (; text.charAt(lexer.at) === '('; depth++) {
    lexer.at++;
    lexer.skip(true);
  }
  const at = lexer.at;
  let value: string | null = null;
  for (let isFirst = true; ; isFirst = false) {
    const start = lexer.at;
    if (!lexer.literal()) {
      if (isFirst) return null;
      break;
    }
    const part = stringValue(text.slice(start, lexer.at));
    value = part === null || (value === null && !isFirst) ? null : (value ?? '') + part;
    lexer.skip(true);
    if (value === null) return null;
  }
  for (; depth > 0 && text.charAt(lexer.at) === ')'; depth--) {
    lexer.at++;
    lexer.skip(true);
  }
  const next = text.charAt(lexer.at);
  return depth === 0 && (next === ',' || next === ')') ? { at, value } : null;
}

/** `import_module('..x', 'a.b')`: relative to a package that is written, or to the file's own. */
function withPackage(name: string | null, base: Argument | undefined): string | null {
  if (name === null || !name.startsWith('.') || base === undefined) return name;
  if (base.text === '__package__' || base.text === '__name__') return name;
  if (base.value === null) return null;
  const rest = name.replace(/^\.+/, '');
  const climbed = name.length - rest.length - 1;
  const segments = base.value.split('.');
  if (climbed >= segments.length) return null;
  return [...segments.slice(0, segments.length - climbed), ...(rest === '' ? [] : [rest])].join('.');
}

/** `__import__('x', globals(), level=1)`. */
function withLevel(name: string | null, level: Argument | undefined): string | null {
  if (name === null || level === undefined) return name;
  const number = /^\d{1,2}$/.test(level.text) ? Number(level.text) : null;
  return number === null ? null : '.'.repeat(number) + name;
}
