export type { Extraction, ImportLanguage } from './language.js';
export { extensionsOf, languageOf } from './registry.js';
