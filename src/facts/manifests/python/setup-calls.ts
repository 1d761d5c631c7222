import { type Argument, argumentsIn, behindBracket, isMark, isName, type Tokens } from './script-parts.js';
import { REQUIREMENT_KEYS } from './setup-cfg.js';

/** Arguments of the calls of `setup()`, and where that function is handed on to others. */
export interface SetupCalls {
  readonly arguments: readonly Argument[];
  /** Statements by which it gets another name: what it is called with there can't be told. */
  readonly handedOn: readonly Tokens[];
}

/** What a call of an attribute `setup` must have to be setuptools', where its receiver doesn't tell. */
const KEYWORDS = [...REQUIREMENT_KEYS.keys(), 'extras_require', 'dependency_links'];
const MODULE = /(?:^|\.)(?:setuptools|distutils\.core|skbuild)$/;

/**
 * Finds the calls of setuptools' and distutils' `setup`, by whatever name it is imported. That of another module counts,
 * too: what wraps setuptools has its name.
 */
export function setupCalls(tokens: Tokens): SetupCalls {
  const { functions, imported, modules } = importsOf(tokens);
  const found: Argument[] = [];
  const handedOn = new Map<number, Tokens>();
  for (const [at, token] of tokens.entries()) {
    if (token.type !== 'name' || (token.text !== 'setup' && !functions.has(token.text))) continue;
    const first = tokens[token.statement];
    if (isName(first, 'import', 'from') || isName(tokens[at - 1], 'def', 'class', 'as')) continue;
    const receiver = isMark(tokens[at - 1], '.') ? receiverOf(tokens, at - 1) : null;
    const isKnown = receiver === null ? functions.has(token.text) : modules.has(receiver);
    if (isMark(tokens[at + 1], '(')) {
      const given = argumentsIn(tokens.slice(at + 2, behindBracket(tokens, at + 1) - 1));
      const isTold = receiver !== null && given.some(({ keyword }) => KEYWORDS.includes(keyword ?? ''));
      if (isKnown || isTold) found.push(...given);
    } else if (
      isKnown &&
      (receiver !== null || imported.has(token.text)) &&
      !isMark(tokens[at + 1], '=', '.')
    )
      handedOn.set(token.statement, handedOn.get(token.statement) ?? statementOf(tokens, token.statement));
  }
  return { arguments: found, handedOn: [...handedOn.values()] };
}

/** `distutils.core` before `.setup`. @param dot its index */
function receiverOf(tokens: Tokens, dot: number): string {
  let from = dot - 1;
  while (from > 1 && isMark(tokens[from - 1], '.')) from -= 2;
  return tokens
    .slice(Math.max(0, from), dot)
    .map(({ text }) => text)
    .join('');
}

function statementOf(tokens: Tokens, first: number): Tokens {
  let end = first;
  while (tokens[end]?.statement === first) end++;
  return tokens.slice(first, end);
}

interface Imports {
  /** Names under which `setup` is called. */
  readonly functions: ReadonlySet<string>;
  /** Those of them that an import binds. */
  readonly imported: ReadonlySet<string>;
  /** Names of modules that have it. */
  readonly modules: ReadonlySet<string>;
}

function importsOf(tokens: Tokens): Imports {
  const imported = new Set<string>();
  const modules = new Set(['setuptools', 'distutils.core']);
  /** Of the last `from`. */
  let origin = -1;
  for (const [at, token] of tokens.entries()) {
    if (token.depth !== 0 || !isName(token, 'import', 'from')) continue;
    if (token.text === 'from') {
      origin = at;
      continue;
    }
    // `try: from setuptools import setup` begins before it.
    const from = tokens[origin]?.statement === token.statement ? tokens.slice(origin + 1, at) : [];
    origin = -1;
    const module = from.map(({ text }) => text).join('');
    for (const { name, as } of boundBy(tokens, at)) {
      if (module !== '' && name === 'setup') imported.add(as);
      if (MODULE.test(module === '' ? name : `${module}.${name}`)) modules.add(as);
    }
  }
  const isDefined = tokens.some((token, at) => isName(token, 'setup') && isName(tokens[at - 1], 'def'));
  return { functions: isDefined ? imported : new Set([...imported, 'setup']), imported, modules };
}

/** `import a.b as c, d`; `from x import (e as f, g)`. @param at of `import` */
function boundBy(tokens: Tokens, at: number): readonly { readonly name: string; readonly as: string }[] {
  const found: { name: string; as: string }[] = [];
  const statement = tokens[at]?.statement;
  let [name, as] = ['', ''];
  const close = (): void => {
    if (name !== '') found.push({ name, as: as === '' ? name : as });
    [name, as] = ['', ''];
  };
  for (let next = at + 1; tokens[next]?.statement === statement; next++) {
    const token = tokens[next];
    if (isName(token, 'import')) break;
    if (isMark(token, ',')) close();
    else if (isName(token, 'as')) as = tokens[++next]?.text ?? '';
    else if (!isMark(token, '(', ')')) name += token?.text ?? '';
  }
  close();
  return found;
}
