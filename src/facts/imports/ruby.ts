import { type Found, finish } from './ecmascript/found.js';
import type { ImportLanguage } from './language.js';
import { Reader } from './ruby/reader.js';
import { extractLexed } from './tokens/lexed.js';

/** Methods that many classes define under these names: a computed argument tells nothing there. */
const COMMON: ReadonlySet<string> = new Set(['load', 'autoload', 'require_dependency']);

function read(text: string): readonly Found[] {
  const reader = new Reader(text);
  reader.read();
  const found: Found[] = [];
  for (const { specifier, form, at, names } of reader.calls)
    if (specifier !== null || !COMMON.has(form) || !reader.defined.has(form))
      found.push({ specifier, kind: 'require', typeOnly: false, form, at, names });
  for (const { specifier, at } of reader.constants.sites())
    found.push({ specifier, kind: 'value', typeOnly: false, form: 'constant', at });
  return found;
}

/**
 * Ruby. Calls that load files, and every distinct constant that a file refers to without defining it, for autoloaders:
 * `Outer>Inner>A::B` is `A::B` within `module Outer` and, in it, `class Inner`; `::A::B` is looked up at the top only.
 */
export const ruby: ImportLanguage = {
  name: 'ruby/1',
  family: 'ruby',
  extensions: ['rb', 'rake', 'gemspec', 'ru', 'rbw', 'jbuilder', 'podspec', 'thor', 'rabl', 'god'],
  fileNames: [
    'Rakefile',
    'Gemfile',
    'Guardfile',
    'Capfile',
    'Vagrantfile',
    'Podfile',
    'Fastfile',
    'Appfile',
    'Matchfile',
    'Brewfile',
    'Dangerfile',
    'Berksfile',
    'Thorfile',
    'Steepfile',
    'Appraisals',
    'Puppetfile',
  ],
  extract: (_path, text) => extractLexed(text, file => ({ ok: true, sites: finish(file, read(file)) })),
};
