import type { Json } from '../../model/canonical.js';
import type { LanguageResolver } from './language-resolver.js';
import { isRustConfig, type RustContext, readRustContext } from './rust/context.js';
import { RustWalk } from './rust/walk.js';

/**
 * Rust: crates and their dependencies from every Cargo.toml, modules from where their files lie. A path ends in the
 * file of the innermost module that it goes through. An item of the importing file itself is no import.
 */
export const rustResolver: LanguageResolver = {
  family: 'rust',
  isConfig: isRustConfig,
  readContext: async sources => (await readRustContext(sources)) as unknown as Json,
  walk: (context, from, site, probe) =>
    new RustWalk(context as unknown as RustContext, from, site, probe).run(),
};
