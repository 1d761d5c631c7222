import fc from 'fast-check';

/**
 * Programs of a few statements, most of which parse: expressions, types, classes and markup, in which imports and what
 * looks like them stand anywhere, with blanks, line ends and comments between any two tokens.
 */
type Tokens = readonly string[];

const list = (of: fc.Arbitrary<Tokens>, separator: string, maxLength = 3): fc.Arbitrary<Tokens> =>
  fc
    .array(of, { maxLength })
    .map(parts => parts.flatMap((part, at) => (at === 0 ? part : [separator, ...part])));
/** Texts are tokens as they stand, arbitraries are put in. */
const row = (...parts: readonly (string | fc.Arbitrary<Tokens>)[]): fc.Arbitrary<Tokens> =>
  fc
    .tuple(...parts.map(part => (typeof part === 'string' ? fc.constant([part] as Tokens) : part)))
    .map(all => all.flat());
const word = (...words: readonly string[]): fc.Arbitrary<Tokens> =>
  fc.constantFrom(...words).map(one => [one]);

const NAME = word(
  'a',
  'b',
  'f',
  'type',
  'of',
  'as',
  'async',
  'get',
  'from',
  'declare',
  'module',
  'is',
  'é',
  'x1',
);
const ANY_NAME = word(
  'a',
  'import',
  'export',
  'require',
  'return',
  'in',
  'typeof',
  'new',
  'await',
  'if',
  'then',
  'é',
);
const LITERAL = word("'x'", '"y"', '`z`');
const STRING = word(
  "'it\"s'",
  '"it\'s"',
  "'/*'",
  "'//'",
  "'require'",
  "'</'",
  "'<!--'",
  '\'import "z"\'',
  "'\\''",
  "'\\x72'",
);
const REGEX = word('/r/', "/'/", '/"/g', '/`/', "/[/']/", '/\\//', '/(/', '/}/', '/\\/*/', "/import('q')/");
const NUMBER = word('1', '1.', '.5', '0xf', '1n', '1e3');

const { program } = fc.letrec<
  Record<'load' | 'value' | 'kind' | 'field' | 'markup' | 'statement' | 'body' | 'program', Tokens>
>(tie => {
  const value = tie('value');
  const kind = tie('kind');
  return {
    load: fc.oneof(
      row('import', '(', LITERAL, ')'),
      row('import', '(', value, ')'),
      row('require', '(', LITERAL, ')'),
      row('require', '(', LITERAL, ')', '.', ANY_NAME),
      row('require', '.', 'resolve', '(', LITERAL, ')'),
      row('(', 'await', 'import', '(', LITERAL, ')', ')', '.', ANY_NAME),
      row('await', 'import', '(', LITERAL, ')'),
      row('import', '(', LITERAL, ')', '.', word('then', 'catch', 'a'), '(', NAME, ')'),
      row('import', '.', 'meta'),
      row('module', '[', word("'require'", '"require"'), ']', '(', LITERAL, ')'),
    ),
    value: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'value' },
      fc.oneof(NAME, STRING, REGEX, NUMBER),
      tie('load'),
      tie('load'),
      row(value, '.', ANY_NAME),
      row(NAME, '(', list(value, ','), ')'),
      row(value, word('+', '/', '/', '<', '>', '>>', '&&', '??', 'in', 'instanceof'), value),
      row('(', value, ')'),
      row('(', value, ',', value, ')'),
      row(word('!', '-', 'typeof', 'void', 'await', 'new', 'delete'), value),
      row(value, '?', value, ':', value),
      row(NAME, '=', value),
      row('[', list(value, ','), ']'),
      row('[', '...', value, ']'),
      row('(', '{', tie('field'), '}', ')'),
      row('(', ')', '=>', value),
      row('function', '(', NAME, ')', tie('body')),
      row('class', '{', tie('field'), '}'),
      row('`', '${', value, '}', '`'),
      row(value, 'as', kind),
      row(value, '!'),
      row(NAME, '<', kind, '>', '(', value, ')'),
      tie('markup'),
    ),
    kind: fc.oneof(
      { maxDepth: 2, depthIdentifier: 'kind' },
      NAME,
      row('import', '(', LITERAL, ')', '.', ANY_NAME),
      row('typeof', 'import', '(', LITERAL, ')'),
      row('{', NAME, word(':', '?:'), kind, '}'),
      row('(', ')', '=>', kind),
      row(kind, '|', kind),
      row(NAME, '<', kind, '>'),
      row('keyof', kind),
    ),
    field: fc.oneof(
      row(ANY_NAME, '(', NAME, ')', tie('body')),
      row(ANY_NAME, word(':', '=', '?:'), value),
      row(ANY_NAME, '\n', ANY_NAME, '(', NAME, ')', tie('body')),
      row('[', value, ']', '(', ')', tie('body')),
      row('...', value),
    ),
    markup: fc.oneof(
      { maxDepth: 1, depthIdentifier: 'markup' },
      row('<', 'a', '/', '>'),
      row('<', 'a', '>', word("it's", '// c', '"', 'import("no")'), '<', '/', 'a', '>'),
      row('<', 'a', 'b', '=', '{', value, '}', '>', '{', value, '}', '<', '/', 'a', '>'),
    ),
    statement: fc.oneof(
      row(value, ';'),
      row(word('const', 'let', 'var'), NAME, '=', value, ';'),
      row('const', '{', NAME, ',', NAME, ':', NAME, '}', '=', tie('load'), ';'),
      row('const', '{', NAME, '}', ':', kind, '=', tie('load'), '\n'),
      row('let', NAME, ':', kind, '=', value, '\n'),
      row('type', NAME, '=', kind, '\n'),
      row('interface', 'I', '{', ANY_NAME, word(':', '?:'), kind, '}'),
      row('function', 'g', '(', NAME, ':', kind, ')', ':', kind, tie('body')),
      row('if', '(', value, ')', value, '\n'),
      row('import', word('d', '{ e as f }', '* as g', 'type { h }'), 'from', LITERAL, '\n'),
      row('export', word('{ a }', '* ', 'default a'), ';'),
      row('declare', 'module', word("'m'", "'*.css'"), '{', 'import', 'i', 'from', "'n'", '}'),
      row('class', 'K', '{', tie('field'), ';', tie('field'), '}'),
      row(tie('load'), '\n'),
    ),
    body: row('{', 'return', value, '}'),
    program: list(tie('statement'), '', 4),
  };
});

const GAP = fc.constantFrom('', '', '', ' ', ' ', ' ', '\n', '/* c */', '// d\n', '\u2028', '\t');
const WORD_END = /[\w$é]$/;
const WORD_START = /^[\w$é]/;

/** @returns texts for files of any kind; what does not parse is for the test to pass over */
export const programText: fc.Arbitrary<string> = fc
  .tuple(program, fc.array(GAP, { minLength: 8, maxLength: 40 }))
  .map(([tokens, gaps]) => {
    let text = '';
    for (const [at, token] of tokens.entries()) {
      const gap = gaps[at % gaps.length] ?? '';
      text += (gap === '' && WORD_END.test(text) && WORD_START.test(token) ? ' ' : gap) + token;
    }
    return text;
  });
