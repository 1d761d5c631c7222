import type { LanguageResolver } from './language-resolver.js';

/** In the commit gate's first bundle: see facts/imports/languages-web.ts. */
export const RESOLVERS: readonly LanguageResolver[] = [];
