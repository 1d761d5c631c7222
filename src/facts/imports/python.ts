import { finish } from './ecmascript/found.js';
import type { ImportLanguage } from './language.js';
import { Module, type Reading } from './python/module.js';
import { extractLexed } from './tokens/lexed.js';

const OWN_NAMES: ReadonlySet<string> = new Set(['import_module', '__import__']);

function read(text: string): Reading {
  const first = new Module(text, OWN_NAMES).read();
  const isRenamed = [...first.functions].some(name => !OWN_NAMES.has(name));
  // `from importlib import import_module as load`: calls of `load` may stand above it.
  return isRenamed ? new Module(text, new Set([...OWN_NAMES, ...first.functions])).read() : first;
}

/**
 * Python. A lexer of its own: an import statement can be told from the words alone once strings, comments, brackets
 * and continued lines are known. Calls of `importlib.import_module` and `__import__` are told by the names that
 * the file's imports bind, wherever they stand.
 */
export const python: ImportLanguage = {
  name: 'python/1',
  family: 'python',
  extensions: ['py', 'pyi', 'pyw'],
  extract: (_path, text) => extractLexed(text, file => ({ ok: true, sites: finish(file, read(file).sites) })),
};
