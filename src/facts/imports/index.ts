export type { Extraction, ImportLanguage } from './language.js';
export { languageOf } from './registry.js';
