import { finish, placeOf } from './ecmascript/found.js';
import type { ImportLanguage } from './language.js';
import { RustReader } from './rust/reader.js';
import { LexicalError } from './tokens/lexical-error.js';

/**
 * Rust. Facts are `use` trees (one a leaf; `pub use` is a re-export), `mod x;`, `extern crate`, the include macros,
 * and paths in code (`crate::a::b()`, `serde_json::from_str`), also in the arguments of macros. A specifier is the
 * path as seen from the file's own module: inline modules, and names that the file itself imports or declares, are
 * worked out. What is written for somewhere else is no fact: the bodies of `macro_rules!`, and `quote!`.
 *
 * Forms: none (`use`), `path`, `mod`, `mod-path`, `mod-inline-path`, `mod-maybe`, `extern-crate`, `include`,
 * `include-manifest`.
 */
export const rust: ImportLanguage = {
  name: 'rust/1',
  family: 'rust',
  extensions: ['rs'],
  extract(_path, text) {
    try {
      return { ok: true, sites: finish(text, new RustReader(text).read()) };
    } catch (error) {
      if (!(error instanceof LexicalError)) throw error;
      return { ok: false, message: error.message, ...placeOf(text, error.at) };
    }
  },
};
