import { blockComment, CHARACTER, lineComment, nestedComment, pattern, quoted, raw, when } from './rules.js';
import { type LexicalRule, lexerFor } from './scanner.js';

const SLASHES = lineComment('//');
const BLOCK = blockComment('/*', '*/');
const NESTED = nestedComment('/*', '*/');
const DOUBLE = quoted('"');
const DOLLAR = [{ open: '${', close: '}' }] as const;
const BRACES = [{ open: '{', close: '}', twice: true }] as const;

const beforeIs = (characters: string) => (text: string, at: number) =>
  at > 0 && characters.includes(text[at - 1] ?? '');

/** C, C++, Objective-C. A raw string: `R"delimiter(` … `)delimiter"`. */
export const c = lexerFor([
  SLASHES,
  BLOCK,
  raw('R', /R"([^()\\\s]{0,16})\(/y, ([, delimiter]) => `)${delimiter}"`),
  DOUBLE,
  // In `1'000` the quote parts digits; `'abcd'` is one number.
  when(
    pattern('string', "'", /'(?:\\[^\n][^'\n]{0,10}|[^\\'\n]{1,4})'/y),
    (text, at) => at === 0 || !/[0-9a-fA-F]/.test(text[at - 1] ?? ''),
  ),
]);

/** Java. A text block: `"""` … `"""`, in which a backslash escapes. */
export const java = lexerFor([SLASHES, BLOCK, quoted('"""', { multiline: true }), DOUBLE, CHARACTER]);

/** Groovy, Gradle. */
export const groovy = lexerFor([
  SLASHES,
  BLOCK,
  quoted('"""', { multiline: true, interpolations: DOLLAR }),
  quoted("'''", { multiline: true }),
  quoted('"', { interpolations: DOLLAR }),
  quoted("'"),
]);

export const kotlin = lexerFor([
  SLASHES,
  NESTED,
  quoted('"""', { escape: 'none', multiline: true, interpolations: DOLLAR }),
  quoted('"', { interpolations: DOLLAR }),
  CHARACTER,
]);

/** Scala: only an `s"…"` or the like has code in it. */
const scalaPrefixed = (text: string, at: number): boolean =>
  /[A-Za-z]$/.test(text.slice(Math.max(0, at - 1), at));
export const scala = lexerFor([
  SLASHES,
  NESTED,
  quoted('"""', { escape: 'none', multiline: true, interpolations: DOLLAR, when: scalaPrefixed }),
  quoted('"""', { escape: 'none', multiline: true }),
  quoted('"', { interpolations: DOLLAR, when: scalaPrefixed }),
  DOUBLE,
  CHARACTER,
]);

/** C#: raw `"""`, verbatim `@"…""…"`, interpolated `$"…{x}…"` and both at once. */
export const csharp = lexerFor([
  SLASHES,
  BLOCK,
  quoted('"', {
    escape: 'doubled',
    multiline: true,
    interpolations: BRACES,
    when: (text, at) => /^(?:@\$|\$@)$/.test(text.slice(Math.max(0, at - 2), at)),
  }),
  quoted('"', { escape: 'doubled', multiline: true, when: beforeIs('@') }),
  raw('"', /"{3,}/y, ([quotes]) => quotes),
  quoted('"', { interpolations: BRACES, when: beforeIs('$') }),
  DOUBLE,
  CHARACTER,
]);

/** Go: raw strings in backquotes. */
export const go = lexerFor([
  SLASHES,
  BLOCK,
  DOUBLE,
  quoted('`', { escape: 'none', multiline: true }),
  CHARACTER,
]);

/** Rust: `'a` may be a lifetime; `r#"` … `"#`; an ordinary string may span lines. */
export const rust = lexerFor([
  SLASHES,
  NESTED,
  raw('r', /r(#*)"/y, ([, hashes]) => `"${hashes}`),
  quoted('"', { multiline: true }),
  CHARACTER,
]);

/** Swift: `\(` … `)` is code; `#"` … `"#` is raw. */
export const swift = lexerFor([
  SLASHES,
  NESTED,
  raw('#', /(#+)("""|")/y, ([, hashes, quotes]) => `${quotes}${hashes}`),
  quoted('"""', { multiline: true, interpolations: [{ open: '\\(', close: ')' }] }),
  quoted('"', { interpolations: [{ open: '\\(', close: ')' }] }),
]);

export const dart = lexerFor([
  SLASHES,
  NESTED,
  ...["'''", '"""', "'", '"'].flatMap((open): LexicalRule[] => {
    const multiline = open.length === 3;
    return [
      quoted(open, { multiline, escape: 'none', when: beforeIs('r') }),
      quoted(open, { multiline, interpolations: DOLLAR }),
    ];
  }),
]);

/** JSON, with the comments that some programs allow. */
export const json = lexerFor([SLASHES, BLOCK, DOUBLE, quoted("'")]);

export const protobuf = lexerFor([SLASHES, BLOCK, DOUBLE, quoted("'")]);

/** CSS and its kin; `//` is a comment in SCSS and Less only, and never in `url(http://…`. */
const styleStrings = [DOUBLE, quoted("'")];
export const css = lexerFor([BLOCK, ...styleStrings]);
export const scss = lexerFor([BLOCK, when(SLASHES, (text, at) => text[at - 1] !== ':'), ...styleStrings]);

/** Terraform and HCL. */
export const hcl = lexerFor([
  SLASHES,
  BLOCK,
  lineComment('#'),
  { type: 'heredoc', first: '<', pattern: /<<(?<indented>-)?(?<tag>[A-Za-z_]\w*)/y },
  quoted('"', { interpolations: [...DOLLAR, { open: '%{', close: '}' }] }),
]);
