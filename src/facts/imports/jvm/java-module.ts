import type { Found } from '../ecmascript/found.js';
import { CODE } from '../tokens/characters.js';
import type { Tokens } from '../tokens/tokens.js';
import { type Dialect, dottedName } from './dotted-name.js';

export interface ModuleDeclaration {
  readonly found: readonly Found[];
  /** The module's name. */
  readonly name: string;
}

/**
 * The directives of a `module-info.java`, from its `module` on: `requires` names modules, `uses` and `provides`
 * name types. `exports` and `opens` give away the module's own packages: no import. `null`: no module here.
 */
export function moduleDeclaration(tokens: Tokens, dialect: Dialect, index: number): ModuleDeclaration | null {
  if (!tokens.isWord(index, 'module')) return null;
  const named = dottedName(tokens, dialect, index + 1);
  if (named === null || tokens.kind(named.behind) !== CODE.openBrace) return null;
  const found: Found[] = [];
  let at = named.behind + 1;
  const add = (form: string): boolean => {
    const name = dottedName(tokens, dialect, at);
    if (name === null) return false;
    const names = form === 'service' ? { names: [name.last] } : {};
    found.push({
      specifier: name.text,
      kind: 'value',
      typeOnly: false,
      form,
      at: dialect.origin(tokens.start(at)),
      ...names,
    });
    at = name.behind;
    return true;
  };
  while (at < tokens.size && tokens.kind(at) !== CODE.closeBrace) {
    const word = tokens.raw(at);
    at++;
    if (word === 'requires') {
      // A module may itself be called `transitive`.
      while (isModifier(tokens, at) && tokens.isName(at + 1)) at++;
      add('module');
    } else if (word === 'uses') add('service');
    else if (word === 'provides') {
      add('service');
      while (tokens.isWord(at, 'with') || tokens.kind(at) === CODE.comma) {
        at++;
        if (!add('service')) break;
      }
    }
    while (at < tokens.size && tokens.kind(at) !== CODE.semicolon && tokens.kind(at) !== CODE.closeBrace)
      at++;
    if (tokens.kind(at) === CODE.semicolon) at++;
  }
  return { found, name: named.text };
}

function isModifier(tokens: Tokens, index: number): boolean {
  return tokens.isWord(index, 'transitive') || tokens.isWord(index, 'static');
}
