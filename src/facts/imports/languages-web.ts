import { astro } from './astro.js';
import { ecmascript } from './ecmascript.js';
import type { ImportLanguage } from './language.js';
import { svelte } from './svelte.js';
import { vue } from './vue.js';

/**
 * The family that most commits are made of. The build puts this list into the commit gate's first bundle, where all
 * languages would double the time that it takes to load; gates/quick/web-only.ts says when the second one is needed.
 */
export const LANGUAGES: readonly ImportLanguage[] = [ecmascript, vue, svelte, astro];
