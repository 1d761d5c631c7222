import { type Found, finish, placeOf } from './ecmascript/found.js';
import type { ImportLanguage } from './language.js';
import { LexMistake } from './ruby/mistake.js';
import { Reader } from './ruby/reader.js';

const BYTE_ORDER_MARK = '\uFEFF';
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
  extract(_path, text) {
    const source = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
    try {
      return { ok: true, sites: finish(source, read(source)) };
    } catch (mistake) {
      if (!(mistake instanceof LexMistake)) throw mistake;
      return { ok: false, message: mistake.message, ...placeOf(source, mistake.at) };
    }
  },
};
