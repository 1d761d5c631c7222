import { type Found, finish } from './ecmascript/found.js';
import { dottedName } from './jvm/dotted-name.js';
import { javaTokens } from './jvm/java-lexer.js';
import { moduleDeclaration } from './jvm/java-module.js';
import { type Dialect, References } from './jvm/references.js';
import { stringValue } from './jvm/string-value.js';
import { unescapeUnicode } from './jvm/unicode-escapes.js';
import type { Extraction, ImportLanguage } from './language.js';
import { CODE } from './tokens/characters.js';
import { extractLexed } from './tokens/lexed.js';
import { KIND, type Tokens } from './tokens/tokens.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: the compiler passes over them inside identifiers
const IGNORABLE = /[\u0000-\u0008\u000e-\u001b\u007f-\u009f\p{Cf}]/gu;
const NOT_PLAIN = /[^\u0020-\u007e]/;

function nameOf(tokens: Tokens, index: number): string {
  const raw = tokens.raw(index);
  return NOT_PLAIN.test(raw) ? raw.replace(IGNORABLE, '') : raw;
}

/** One `import …;` whose keyword stands at `index`. */
function importAt(tokens: Tokens, dialect: Dialect, index: number): { found: Found; behind: number } | null {
  let first = index + 1;
  let form: string | undefined;
  if (tokens.isName(first) && nameOf(tokens, first) === 'static') form = 'static';
  // `import module.x.C;` is of a package of that name.
  else if (tokens.isWord(first, 'module') && tokens.isName(first + 1)) form = 'module';
  if (form !== undefined) first++;
  const name = dottedName(tokens, dialect, first);
  if (name === null) return null;
  const at = dialect.origin(tokens.start(first));
  const isWhole = name.isWildcard || form === 'module';
  const dot = name.text.lastIndexOf('.');
  const isMember = form === 'static' && !isWhole && dot !== -1;
  return {
    found: {
      specifier: isMember ? name.text.slice(0, dot) : name.text,
      kind: 'value',
      typeOnly: false,
      ...(form === undefined ? {} : { form }),
      names: [isWhole ? '*' : name.last],
      at,
    },
    behind: name.behind,
  };
}

function read(path: string, file: string): Extraction {
  const unescaped = unescapeUnicode(file);
  const tokens = javaTokens(unescaped.text);
  const dialect: Dialect = {
    nameOf,
    stringOf: raw => stringValue(raw, false),
    origin: unescaped.origin,
  };
  const references = new References(tokens, dialect);
  const found: Found[] = [];
  const declares: string[] = [];
  const isModuleFile = path === 'module-info.java' || path.endsWith('/module-info.java');
  for (let index = 0; index < tokens.size; ) {
    if (tokens.kind(index) !== KIND.name || tokens.kind(index - 1) === CODE.dot) {
      index++;
      continue;
    }
    const word = nameOf(tokens, index);
    if (word === 'import') {
      const one = importAt(tokens, dialect, index);
      if (one !== null) found.push(one.found);
      index = one?.behind ?? index + 1;
    } else if (word === 'package') {
      const name = dottedName(tokens, dialect, index + 1);
      if (name !== null) declares.push(`package ${name.text}`);
      index = name?.behind ?? index + 1;
    } else {
      const module = isModuleFile ? moduleDeclaration(tokens, dialect, index) : null;
      if (module !== null) {
        found.push(...module.found);
        declares.push(`module ${module.name}`);
        break;
      }
      index = references.read(index);
    }
  }
  found.push(...references.found);
  return { ok: true, sites: finish(file, found), ...(declares.length === 0 ? {} : { declares }) };
}

/**
 * Java. `form`: `static`, `module`, `service` (of a module's `uses` and `provides`), `qualified` (a name that code
 * spells out with its package) and `class-name` (looked up by `Class.forName`). What a file uses of its own package
 * needs no import and is no edge.
 */
export const java: ImportLanguage = {
  name: 'java/1',
  family: 'jvm',
  extensions: ['java'],
  extract(path, text) {
    const origin = (file: string, at: number): number => unescapeUnicode(file).origin(at);
    return extractLexed(text, file => read(path, file), origin);
  },
};
