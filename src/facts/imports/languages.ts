import { astro } from './astro.js';
import { c } from './c.js';
import { csharp } from './csharp.js';
import { ecmascript } from './ecmascript.js';
import { go } from './go.js';
import { java } from './java.js';
import { kotlin } from './kotlin.js';
import type { ImportLanguage } from './language.js';
import { php } from './php.js';
import { python } from './python.js';
import { ruby } from './ruby.js';
import { rust } from './rust.js';
import { svelte } from './svelte.js';
import { vue } from './vue.js';

/** A new language: its file, and its line here. The commit gate's first bundle has languages-web.ts in this place. */
export const LANGUAGES: readonly ImportLanguage[] = [
  ecmascript,
  vue,
  svelte,
  astro,
  python,
  go,
  java,
  kotlin,
  csharp,
  rust,
  php,
  ruby,
  c,
];
