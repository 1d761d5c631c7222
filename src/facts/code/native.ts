import { requireHere } from '../require-here.js';
import type { Grammar } from './languages.js';
import { type CodeProblem, CodeProblemError } from './query.js';

/** What lintel uses of ast-grep's native module. */
export interface Native {
  /** @throws Error when the language isn't registered */
  parse(grammar: string, text: string): { root(): SyntaxNode };
  /** The number of a kind of node; 0: the grammar has none of that name. */
  kind(grammar: string, name: string): number;
  /** Heeded once a process: later calls change nothing, and say nothing. */
  registerDynamicLanguage(languages: Readonly<Record<string, Registration>>): void;
}

export interface SyntaxNode {
  kind(): string;
  text(): string;
  isNamed(): boolean;
  children(): readonly SyntaxNode[];
  /** `index`: UTF-16 units; lines and columns from 0. */
  range(): { readonly start: Place; readonly end: Place };
  /** @throws Error when the rule is refused */
  findAll(config: object): readonly SyntaxNode[];
}

interface Place {
  readonly line: number;
  readonly column: number;
  readonly index: number;
}

interface Registration {
  readonly libraryPath: string;
  readonly extensions: readonly string[];
  readonly languageSymbol?: string;
  readonly expandoChar?: string;
}

type Load = (load: NodeJS.Require) => unknown;
type DynamicGrammar = Exclude<Grammar, 'TypeScript' | 'Tsx' | 'JavaScript' | 'Css' | 'Html'>;

/** Literal names, so that what is loaded can be read here. */
const LANGUAGE_PACKAGES: Readonly<Record<DynamicGrammar, { readonly install: string; readonly load: Load }>> =
  {
    python: { install: '@ast-grep/lang-python@0.0.6', load: load => load('@ast-grep/lang-python') },
    go: { install: '@ast-grep/lang-go@0.0.6', load: load => load('@ast-grep/lang-go') },
    java: { install: '@ast-grep/lang-java@0.0.7', load: load => load('@ast-grep/lang-java') },
    rust: { install: '@ast-grep/lang-rust@0.0.7', load: load => load('@ast-grep/lang-rust') },
    csharp: { install: '@ast-grep/lang-csharp@0.0.6', load: load => load('@ast-grep/lang-csharp') },
    kotlin: { install: '@ast-grep/lang-kotlin@0.0.7', load: load => load('@ast-grep/lang-kotlin') },
    php: { install: '@ast-grep/lang-php@0.0.7', load: load => load('@ast-grep/lang-php') },
    ruby: { install: '@ast-grep/lang-ruby@0.0.7', load: load => load('@ast-grep/lang-ruby') },
    c: { install: '@ast-grep/lang-c@0.0.6', load: load => load('@ast-grep/lang-c') },
    cpp: { install: '@ast-grep/lang-cpp@0.0.6', load: load => load('@ast-grep/lang-cpp') },
  };

const BUILT_IN_EXPANDO: Readonly<Record<string, string>> = {
  TypeScript: '$',
  Tsx: '$',
  JavaScript: '$',
  Css: '_',
  Html: 'z',
};

let native: Native | CodeProblemError | null = null;
let dynamic: ReadonlyMap<string, Registration | CodeProblemError> | null = null;

/**
 * ast-grep's native module, loaded at its first use, with this grammar registered.
 * @throws CodeProblemError when something isn't installed or doesn't run on this machine
 */
export function nativeFor(grammar: Grammar): Native {
  const loaded = loadNative();
  if (isDynamic(grammar)) registrationOf(loaded, grammar);
  return loaded;
}

/** Bytes that a syntax tree takes for each UTF-16 unit of its text, about. */
const TREE_WEIGHT = 32;
const MOST_WEIGHED = 64 * 1024 * 1024;

/**
 * The root of a text's syntax tree.
 * @throws CodeProblemError as `nativeFor`
 */
export function parseCode(grammar: Grammar, text: string): SyntaxNode {
  const { parse } = nativeFor(grammar);
  // The engine gives a tree back when its handle is collected, and doesn't tell V8 what it weighs: a thousand of
  // them wait for that, hundreds of megabytes. A buffer of that weight, dropped at once and never touched, does.
  new ArrayBuffer(Math.min(text.length * TREE_WEIGHT, MOST_WEIGHED));
  return parse(grammar, text).root();
}

/** The character that stands for `$` in what the grammar parses. */
export function expandoOf(grammar: Grammar): string {
  if (!isDynamic(grammar)) return BUILT_IN_EXPANDO[grammar] ?? '$';
  return registrationOf(loadNative(), grammar).expandoChar ?? '$';
}

function isDynamic(grammar: Grammar): grammar is DynamicGrammar {
  return Object.hasOwn(LANGUAGE_PACKAGES, grammar);
}

function loadNative(): Native {
  native ??= attempt(() => requireHere()('@ast-grep/napi') as Native, missingEngine);
  if (native instanceof CodeProblemError) throw native;
  return native;
}

/** All that are installed, at once: the engine heeds the first registration alone. */
function registrationOf(engine: Native, grammar: DynamicGrammar): Registration {
  dynamic ??= registerAll(engine);
  const found = dynamic.get(grammar) ?? missingLanguage(grammar, 'not looked for');
  if (found instanceof CodeProblemError) throw found;
  return found;
}

function registerAll(engine: Native): ReadonlyMap<string, Registration | CodeProblemError> {
  const load = requireHere();
  const found = new Map<string, Registration | CodeProblemError>();
  const usable: Record<string, Registration> = {};
  for (const [grammar, { load: loadLanguage }] of Object.entries(LANGUAGE_PACKAGES)) {
    const registration = attempt(
      () => checked(loadLanguage(load) as Registration),
      reason => missingLanguage(grammar as DynamicGrammar, reason),
    );
    found.set(grammar, registration);
    if (!(registration instanceof CodeProblemError)) usable[grammar] = registration;
  }
  engine.registerDynamicLanguage(usable);
  return found;
}

/**
 * The engine aborts the process when a library can't be opened, so node is asked first: it opens the library,
 * then complains that it is no module of node's. Any other complaint is the system's, about the library.
 */
function checked(language: Registration): Registration {
  const { libraryPath, extensions, languageSymbol, expandoChar } = language;
  try {
    process.dlopen({ exports: {} }, libraryPath);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('Module did not self-register')) throw error;
  }
  return {
    libraryPath,
    extensions,
    ...(languageSymbol === undefined ? {} : { languageSymbol }),
    ...(expandoChar === undefined ? {} : { expandoChar }),
  };
}

function attempt<T>(load: () => T, problem: (reason: string) => CodeProblemError): T | CodeProblemError {
  try {
    return load();
  } catch (error) {
    return problem(reasonOf(error));
  }
}

/** Without places on this machine: verdicts hold none. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'MODULE_NOT_FOUND') return 'it is not installed';
  const [line = ''] = error.message.split('\n');
  return line.replace(/[^\s'"]*[/\\]/g, '');
}

function missingEngine(reason: string): CodeProblemError {
  return missing(
    `@ast-grep/napi, which looks for patterns in code, does not load on ${platform()}: ${reason}`,
    'npm install --include=optional, where lintel is installed',
  );
}

function missingLanguage(grammar: DynamicGrammar, reason: string): CodeProblemError {
  const { install } = LANGUAGE_PACKAGES[grammar];
  const name = install.slice(0, install.lastIndexOf('@'));
  return missing(
    `${name}, by which patterns in ${grammar} are looked for, does not load on ${platform()}: ${reason}`,
    `npm install --save-dev ${install}`,
  );
}

function missing(message: string, remedy: string): CodeProblemError {
  return new CodeProblemError({ code: 'engine-missing', message, remedy, key: '' } satisfies CodeProblem);
}

function platform(): string {
  return `${process.platform}-${process.arch}`;
}
