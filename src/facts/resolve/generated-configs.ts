import type { ConfigSettings } from './compiler-config.js';

const GENERATED = /^(?:(.*)\/)?\.(nuxt|svelte-kit)\/tsconfig[^/]*\.json$/s;
const NUXT = './node_modules/nuxt/dist/app';
const KIT = './node_modules/@sveltejs/kit/src/runtime';

type Paths = NonNullable<ConfigSettings['paths']>['entries'];

/** The aliases that each framework writes where nothing else is configured. Nuxt 4 keeps its sources in `app`. */
const ALIASES: Readonly<Record<string, Paths>> = {
  nuxt: [
    ['~/*', ['./app/*', './*']],
    ['@/*', ['./app/*', './*']],
    ['~~/*', ['./*']],
    ['@@/*', ['./*']],
    ['#shared/*', ['./shared/*']],
    ['#app', [NUXT]],
    ['#app/*', [`${NUXT}/*`]],
    ['#imports', [NUXT]],
    ['#components', [NUXT]],
  ],
  'svelte-kit': [
    ['$lib', ['./src/lib']],
    ['$lib/*', ['./src/lib/*']],
    ['$app/*', [`${KIT}/app/*`]],
    ['$env/*', [`${KIT}/env/*`]],
  ],
};

/**
 * What a configuration says that a framework generates beside the sources, and that no tree holds. `null`: it is
 * none of those.
 */
export function generatedSettings(path: string): ConfigSettings | null {
  const [, folder = '', framework = ''] = GENERATED.exec(path) ?? [];
  const entries = ALIASES[framework];
  return entries === undefined ? null : { paths: { folder, entries } };
}
