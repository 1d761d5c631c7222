export type { ImportLanguage } from './language.js';
export { extensionsOf, languageOf } from './registry.js';
