import type { Lexer } from './languages/builder.js';
import {
  c,
  csharp,
  css,
  dart,
  go,
  groovy,
  hcl,
  java,
  json,
  kotlin,
  protobuf,
  rust,
  scala,
  scss,
  swift,
} from './languages/c-family.js';
import {
  dockerfile,
  elixir,
  graphql,
  hashLines,
  hashOnly,
  haskell,
  ini,
  lisp,
  lua,
  perl,
  powershell,
  python,
  r,
  ruby,
  shell,
  sql,
  toml,
} from './languages/hash-family.js';
import { javascript, typescript } from './languages/javascript.js';
import { html, xml } from './languages/markup.js';
import { php } from './languages/php.js';
import { yaml } from './languages/yaml.js';

/** A new language: its rules in languages/, and its line here. */
const BY_EXTENSION: readonly (readonly [extensions: string, lexer: Lexer])[] = [
  ['ts mts cts', typescript],
  ['js mjs cjs jsx tsx', javascript],
  ['c h cc cpp cxx hh hpp hxx ipp m mm ino cu', c],
  ['java', java],
  ['groovy gradle', groovy],
  ['kt kts', kotlin],
  ['scala sc sbt', scala],
  ['cs csx', csharp],
  ['go', go],
  ['rs', rust],
  ['swift', swift],
  ['dart', dart],
  ['php phtml php3 php4 php5 phps', php],
  ['py pyi pyw bzl star', python],
  ['rb rake gemspec ru', ruby],
  ['sh bash zsh ksh bats', shell],
  ['pl pm t', perl],
  ['ps1 psm1 psd1', powershell],
  ['ex exs', elixir],
  ['r', r],
  ['lua', lua],
  ['hs lhs', haskell],
  ['lisp cl el clj cljs cljc edn scm rkt', lisp],
  ['sql ddl dml pgsql psql', sql],
  ['graphql gql', graphql],
  ['proto thrift', protobuf],
  ['tf tfvars hcl', hcl],
  ['json jsonc json5 webmanifest', json],
  ['yaml yml', yaml],
  ['toml', toml],
  ['ini cfg conf', ini],
  ['properties', hashLines],
  ['mk mak make', hashOnly],
  ['css', css],
  ['scss sass less', scss],
  ['html htm xhtml vue svelte astro', html],
  ['xml svg xsd xsl xslt pom csproj fsproj vbproj props targets plist', xml],
];

const BY_NAME: readonly (readonly [names: string, lexer: Lexer])[] = [
  ['makefile gnumakefile', hashOnly],
  ['dockerfile containerfile', dockerfile],
  ['jenkinsfile', groovy],
  ['rakefile gemfile podfile brewfile vagrantfile fastfile', ruby],
  ['build workspace build.bazel workspace.bazel', python],
  ['.bashrc .bash_profile .profile .zshrc .envrc', shell],
  ['.gitignore .gitattributes .dockerignore .npmignore .eslintignore .prettierignore codeowners', hashLines],
  ['.env', hashLines],
  ['.editorconfig .gitconfig .gitmodules .npmrc', ini],
];

let tables: { readonly extensions: Index; readonly names: Index } | null = null;
type Index = ReadonlyMap<string, Lexer>;

/** The lexical rules for a file, by its name; letters in any case. `null`: none are known. */
export function lexerOf(path: string): Lexer | null {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  tables ??= { extensions: index(BY_EXTENSION), names: index(BY_NAME) };
  const known = tables.names.get(name);
  if (known !== undefined) return known;
  const dot = name.lastIndexOf('.');
  const byExtension = dot === -1 ? undefined : tables.extensions.get(name.slice(dot + 1));
  if (byExtension !== undefined) return byExtension;
  return /^(?:dockerfile|containerfile)\./.test(name) ? dockerfile : null;
}

function index(table: readonly (readonly [words: string, lexer: Lexer])[]): Index {
  return new Map(table.flatMap(([words, lexer]) => words.split(' ').map(word => [word, lexer] as const)));
}
