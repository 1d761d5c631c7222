import { blockComment, lineComment, nestedComment, pattern, quoted, raw, regexEnd, when } from './rules.js';
import { type LexicalRule, lexerFor, type PieceRule } from './scanner.js';

const HASH = lineComment('#');
/** Where a word begins: elsewhere `#` is an ordinary character. */
const WORD_START = ' \t\r\n;&|()`';
const HASH_WORD = lineComment('#', WORD_START);

/** The letters before the quote make a prefix that holds `f`: code between braces. */
const isFormatted = (text: string, at: number): boolean =>
  /(?:^|[^A-Za-z0-9_])(?:[fFtT][rR]?|[rR][fFtT])$/.test(text.slice(Math.max(0, at - 3), at));

export const python = lexerFor([
  HASH,
  ...['"""', "'''", '"', "'"].flatMap((open): LexicalRule[] => {
    const multiline = open.length === 3;
    return [
      quoted(open, {
        multiline,
        interpolations: [{ open: '{', close: '}', twice: true }],
        when: isFormatted,
      }),
      quoted(open, { multiline }),
    ];
  }),
]);

/**
 * Shell: `"a $(b "c") d"` nests, single quotes escape nothing (but `$'…'` does), `#` is a comment where a word
 * begins, `<<EOF` and `<<-'EOF'` bring a text on the next line.
 */
export const shell = lexerFor(
  [
    HASH_WORD,
    {
      type: 'heredoc',
      first: '<',
      pattern:
        /<<(?<indented>-)?[ \t]*(?:\\|(?<quote>["'])(?=[^\n]*\k<quote>))?(?<tag>[A-Za-z_][\w.-]*)["']?/y,
      when: (text, at) => text[at - 1] !== '<' && text[at + 2] !== '<',
    },
    quoted('"', {
      multiline: true,
      interpolations: [
        { open: '$(', close: ')' },
        { open: '${', close: '}' },
      ],
    }),
    quoted("'", { multiline: true, when: (text, at) => text[at - 1] === '$' }),
    quoted("'", { multiline: true, escape: 'none' }),
  ],
  'backslash',
);

/** Where an operand may begin in Ruby: there `/` and `%` begin a literal. */
const OPERAND =
  /(?:^|[=(,[{|&;:!~?\n<>+*-]|\b(?:if|unless|when|and|or|not|return|puts|while|until|in))[ \t]*$/;
const beginsOperand = (text: string, at: number): boolean =>
  OPERAND.test(text.slice(Math.max(0, at - 24), at));

const PAIRS: Readonly<Record<string, string | undefined>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** `%w[a b]`, `%q(…)`, `%(…)`: brackets nest, a backslash escapes. */
const PERCENT: PieceRule = {
  type: 'piece',
  first: '%',
  read(text, start) {
    const opening = /%([qQwWiIrsx])?([([{<|!/])/y;
    opening.lastIndex = start;
    const match = opening.exec(text);
    const open = match?.[2];
    if (match === null || open === undefined) return null;
    const bare = match[1] === undefined || '<|!/'.includes(open);
    if (/[\w)\]]$/.test(text.slice(Math.max(0, start - 1), start)) || (bare && !beginsOperand(text, start))) {
      return null;
    }
    const close = PAIRS[open] ?? open;
    let depth = 1;
    let at = start + match[0].length;
    for (; at < text.length && depth > 0; at++) {
      const character = text[at];
      if (character === '\\') at++;
      else if (character === close) depth--;
      else if (character === open) depth++;
    }
    return { kind: match[1] === 'r' ? 'code' : 'string', end: Math.min(at, text.length) };
  },
};

/** `=begin` … `=end`, each at the start of a line. */
const RUBY_BLOCK: PieceRule = {
  type: 'piece',
  first: '=',
  read(text, at) {
    if (!text.startsWith('=begin', at) || (at > 0 && text[at - 1] !== '\n')) return null;
    const end = text.indexOf('\n=end', at);
    const newline = end === -1 ? -1 : text.indexOf('\n', end + 1);
    return { kind: 'comment', end: newline === -1 ? text.length : newline };
  },
};

const REGEX: PieceRule = {
  type: 'piece',
  first: '/',
  read(text, at) {
    const end = beginsOperand(text, at) ? regexEnd(text, at, REGEX_REACH) : null;
    return end === null ? null : { kind: 'code', end };
  },
};
const REGEX_REACH = 500;

const RUBY_CODE = [{ open: '#{', close: '}' }] as const;

export const ruby = lexerFor([
  HASH,
  RUBY_BLOCK,
  {
    type: 'heredoc',
    first: '<',
    pattern: /<<(?<indented>[~-])(?<quote>["'`]?)(?<tag>[A-Za-z_]\w*)\k<quote>/y,
  },
  { type: 'heredoc', first: '<', pattern: /<<(?<tag>[A-Z_][A-Z0-9_]*)\b/y, when: beginsOperand },
  // `?"` is a character.
  when(pattern('string', '?', /\?(?:\\.|[^\s\w])(?![\w"'])/y), beginsOperand),
  PERCENT,
  REGEX,
  quoted('"', { multiline: true, interpolations: RUBY_CODE }),
  quoted('`', { multiline: true, interpolations: RUBY_CODE }),
  quoted("'", { multiline: true }),
]);

export const perl = lexerFor(
  [
    { ...RUBY_BLOCK, read: podBlock },
    HASH_WORD,
    {
      type: 'heredoc',
      first: '<',
      pattern: /<<(?<indented>~)?(?<quote>["']?)(?<tag>[A-Za-z_]\w*)\k<quote>/y,
    },
    quoted('"', { multiline: true }),
    quoted("'", { multiline: true }),
  ],
  'backslash',
);

/** Perl's documentation: `=head1` … `=cut`. */
function podBlock(text: string, at: number): ReturnType<PieceRule['read']> {
  if ((at > 0 && text[at - 1] !== '\n') || !/^=[a-z]/.test(text.slice(at, at + 2))) return null;
  const end = text.indexOf('\n=cut', at);
  return { kind: 'comment', end: end === -1 ? text.length : end + '\n=cut'.length };
}

export const toml = lexerFor([
  HASH,
  quoted('"""', { multiline: true }),
  quoted("'''", { multiline: true, escape: 'none' }),
  quoted('"'),
  quoted("'", { escape: 'none' }),
]);

/** make, ignore files, properties: quotes mean nothing there. */
export const hashOnly = lexerFor([HASH_WORD], 'backslash');
/** A comment only at the start of a line. */
export const hashLines = lexerFor([lineComment('#', '\n')]);
export const dockerfile = lexerFor(
  [lineComment('#', '\n'), quoted('"', { multiline: true }), quoted("'", { multiline: true })],
  'backslash',
);
export const ini = lexerFor([lineComment(';', '\n'), lineComment('#', '\n')]);

export const elixir = lexerFor([
  HASH,
  quoted('"""', { multiline: true, interpolations: RUBY_CODE }),
  quoted("'''", { multiline: true, interpolations: RUBY_CODE }),
  quoted('"', { multiline: true, interpolations: RUBY_CODE }),
]);

export const r = lexerFor([HASH, quoted('"', { multiline: true }), quoted("'", { multiline: true })]);

export const graphql = lexerFor([HASH, quoted('"""', { multiline: true }), quoted('"')]);

/** PowerShell: a backquote escapes; `@"` … `"@` on lines of their own. */
export const powershell = lexerFor([
  blockComment('<#', '#>'),
  HASH_WORD,
  raw('@', /@(["'])\r?\n/y, ([, quote]) => `\n${quote}@`),
  quoted('"', { multiline: true, escape: 'doubled', interpolations: [{ open: '$(', close: ')' }] }),
  quoted("'", { multiline: true, escape: 'doubled' }),
]);

/** SQL: quotes are doubled; `"…"` and backquotes name things, which is code. */
export const sql = lexerFor([
  lineComment('--'),
  nestedComment('/*', '*/'),
  quoted("'", { escape: 'doubled', multiline: true }),
  pattern('code', '"`', /"[^"\n]*"|`[^`\n]*`/y),
]);

export const lua = lexerFor([
  { ...raw('-', /--\[(=*)\[/y, ([, level]) => `]${level}]`), read: luaComment },
  lineComment('--'),
  raw('[', /\[(=*)\[/y, ([, level]) => `]${level}]`),
  quoted('"'),
  quoted("'"),
]);

function luaComment(text: string, at: number): ReturnType<PieceRule['read']> {
  const opening = /--\[(=*)\[/y;
  opening.lastIndex = at;
  const match = opening.exec(text);
  if (match === null) return null;
  const close = `]${match[1]}]`;
  const end = text.indexOf(close, at + match[0].length);
  return { kind: 'comment', end: end === -1 ? text.length : end + close.length };
}

export const haskell = lexerFor([
  nestedComment('{-', '-}'),
  lineComment('--'),
  quoted('"', { multiline: true }),
]);

export const lisp = lexerFor(
  [nestedComment('#|', '|#'), lineComment(';'), quoted('"', { multiline: true })],
  'backslash',
);
