/** One grammar of the pattern engine. */
export type Grammar =
  | 'TypeScript'
  | 'Tsx'
  | 'JavaScript'
  | 'Css'
  | 'Html'
  | 'python'
  | 'go'
  | 'java'
  | 'rust'
  | 'csharp'
  | 'kotlin'
  | 'php'
  | 'ruby'
  | 'c'
  | 'cpp';

interface CodeLanguage {
  readonly aliases?: readonly string[];
  /** By extension, lower case, without the dot. Other files are none of this language's business. */
  readonly grammars: Readonly<Record<string, Grammar>>;
}

function all(grammar: Grammar, ...extensions: readonly string[]): Readonly<Record<string, Grammar>> {
  return Object.fromEntries(extensions.map(extension => [extension, grammar]));
}

const TYPESCRIPT = { ...all('TypeScript', 'ts', 'mts', 'cts'), ...all('Tsx', 'tsx') };
const JAVASCRIPT = all('JavaScript', 'js', 'mjs', 'cjs', 'jsx');

/** The languages in which `forbid-code` and `require-code` can be written. */
const CODE_LANGUAGES: Readonly<Record<string, CodeLanguage>> = {
  // `.tsx` too: a rule about TypeScript that skips half of it would pass in silence.
  typescript: { aliases: ['ts'], grammars: TYPESCRIPT },
  tsx: { grammars: all('Tsx', 'tsx') },
  javascript: { aliases: ['js'], grammars: JAVASCRIPT },
  jsx: { grammars: all('JavaScript', 'jsx') },
  ecmascript: { grammars: { ...TYPESCRIPT, ...JAVASCRIPT } },
  python: { aliases: ['py'], grammars: all('python', 'py', 'pyi', 'pyw') },
  go: { aliases: ['golang'], grammars: all('go', 'go') },
  java: { grammars: all('java', 'java') },
  rust: { aliases: ['rs'], grammars: all('rust', 'rs') },
  csharp: { aliases: ['cs'], grammars: all('csharp', 'cs', 'csx') },
  kotlin: { aliases: ['kt'], grammars: all('kotlin', 'kt', 'kts') },
  php: { grammars: all('php', 'php', 'phtml') },
  ruby: { aliases: ['rb'], grammars: all('ruby', 'rb', 'rake', 'gemspec', 'ru') },
  c: { grammars: all('c', 'c', 'h') },
  cpp: {
    aliases: ['c++'],
    grammars: all('cpp', 'cpp', 'cc', 'cxx', 'c++', 'hpp', 'hh', 'hxx', 'h', 'ipp', 'inl'),
  },
  css: { grammars: all('Css', 'css') },
  html: { grammars: all('Html', 'html', 'htm') },
};

/** Every name and alias: what may stand under `language`. */
export const LANGUAGE_NAMES: readonly string[] = Object.entries(CODE_LANGUAGES).flatMap(
  ([name, { aliases }]) => [name, ...(aliases ?? [])],
);

/** @returns the name in `CODE_LANGUAGES`, or `null` when nothing is called so */
export function languageNamed(name: string): string | null {
  for (const [canonical, { aliases }] of Object.entries(CODE_LANGUAGES))
    if (canonical === name || aliases?.includes(name)) return canonical;
  return null;
}

/** The grammar by which this language reads the file; `null`: the file is not written in it. */
export function grammarOf(language: string, path: string): Grammar | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const grammars = CODE_LANGUAGES[language]?.grammars;
  if (dot < 0 || grammars === undefined) return null;
  const extension = name.slice(dot + 1).toLowerCase();
  return Object.hasOwn(grammars, extension) ? (grammars[extension] ?? null) : null;
}

export function grammarsOf(language: string): readonly Grammar[] {
  return [...new Set(Object.values(CODE_LANGUAGES[language]?.grammars ?? {}))];
}

/** Where keywords and names may be written in any case: their letters say less about what a file holds. */
const CASELESS: ReadonlySet<string> = new Set(['php', 'css', 'html']);

export function isCaseless(language: string): boolean {
  return CASELESS.has(language);
}
