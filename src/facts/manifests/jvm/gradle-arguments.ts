import type { Token } from './gradle-tokens.js';

/** What an argument of a dependency statement names. */
export type Notation =
  | { readonly kind: 'module'; readonly written: string; readonly isPlatform: boolean }
  | { readonly kind: 'accessor'; readonly written: string; readonly isPlatform: boolean }
  | { readonly kind: 'project'; readonly written: string }
  | { readonly kind: 'files'; readonly written: readonly string[] }
  | { readonly kind: 'npm'; readonly name: string; readonly version: string | null }
  | { readonly kind: 'unknown'; readonly written: string };

const OPEN = /^[([]$/;
const CLOSE = /^[)\]]$/;

/** Splits at commas that stand outside brackets. */
export function splitArguments(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.type === 'mark' && OPEN.test(token.text)) depth++;
    else if (token.type === 'mark' && CLOSE.test(token.text)) depth--;
    if (depth === 0 && token.type === 'mark' && token.text === ',') parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter(part => part.length > 0);
}

/** Where the bracket at `at` closes. */
export function closeOf(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let next = at; next < tokens.length; next++) {
    const token = tokens[next];
    if (token?.type !== 'mark') continue;
    if (OPEN.test(token.text)) depth++;
    else if (CLOSE.test(token.text) && --depth === 0) return next;
  }
  return tokens.length;
}

/** `a.b.c`, with calls without arguments left out; `next`: the token behind. */
export function chainOf(
  tokens: readonly Token[],
  from = 0,
): { readonly words: readonly string[]; readonly next: number } {
  const words: string[] = [];
  let at = from;
  while (tokens[at]?.type === 'word') {
    words.push(tokens[at]?.value ?? '');
    at++;
    if (tokens[at]?.text === '(' && tokens[at + 1]?.text === ')') at += 2;
    if (tokens[at]?.text === '?' && tokens[at + 1]?.text === '.') at++;
    if (tokens[at]?.type !== 'mark' || tokens[at]?.text !== '.' || tokens[at + 1]?.type !== 'word') break;
    at++;
  }
  return { words, next: at };
}

/** The name that a block belongs to: the last word, or the one that is called. */
export function lastWord(header: readonly Token[]): string {
  let at = header.length - 1;
  if (header[at]?.text === ')') {
    let depth = 0;
    for (; at >= 0; at--) {
      if (header[at]?.text === ')') depth++;
      else if (header[at]?.text === '(' && --depth === 0) break;
    }
    at--;
  }
  while (at >= 0 && header[at]?.type !== 'word') at--;
  return header[at]?.value ?? '';
}

export function writtenText(tokens: readonly Token[]): string {
  let text = '';
  let end = -1;
  for (const token of tokens) {
    if (end !== -1 && token.start > end) text += ' ';
    text += token.type === 'block' ? '{…}' : token.text;
    end = token.end;
  }
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

const WRAPPERS: ReadonlySet<string> = new Set([
  'platform',
  'enforcedPlatform',
  'testFixtures',
  'variantOf',
  'create',
  'module',
  'dependency',
]);
/** What Gradle itself brings along. */
const OWN: ReadonlySet<string> = new Set(['gradleApi', 'localGroovy', 'gradleTestKit', 'gradleKotlinDsl']);
const NPM: ReadonlySet<string> = new Set(['npm', 'devNpm', 'peerNpm', 'optionalNpm']);

/** @param tokens one argument, or several that are the parts of a map */
export function notationsOf(tokens: readonly Token[], isPlatform = false): readonly Notation[] {
  const [first] = tokens;
  if (first === undefined) return [];
  if (first.type === 'mark' && OPEN.test(first.text) && closeOf(tokens, 0) === tokens.length - 1)
    return listOf(tokens.slice(1, -1), isPlatform);
  if (
    tokens.every(token => token.type === 'text' || token.type === 'word' || /^[+.]$/.test(token.text)) &&
    first.type === 'text'
  )
    // Gradle itself refuses a string that is no `group:artifact`.
    return [joined(tokens, isPlatform)].filter(({ written }) => /:|\$\{/.test(written));
  if (first.type !== 'word') return unknown(tokens, isPlatform);
  const { words, next } = chainOf(tokens);
  const called = words.at(-1) ?? '';
  const isCall = tokens[next]?.text === '(';
  const end = isCall ? closeOf(tokens, next) : next;
  if (
    OWN.has(called) ||
    words.includes('sourceSets') ||
    (words[0] === 'configurations' && !isCall) ||
    called === 'output'
  )
    return [];
  if (!isCall) return next === tokens.length ? accessorOf(words, isPlatform) : unknown(tokens, isPlatform);
  const inner = tokens.slice(next + 1, end);
  if (WRAPPERS.has(called)) return listOf(inner, isPlatform || /platform$/i.test(called));
  if (called === 'project') return projectOf(inner);
  if (/^(?:files|fileTree|file|layout)$/.test(called)) {
    const dir = mapOf(splitArguments(inner)).get('dir');
    const paths = dir === undefined ? textsOf(inner) : [dir];
    return [{ kind: 'files', written: paths.length > 0 ? paths : [`\${${writtenText(inner)}}`] }];
  }
  if ((called === 'kotlin' || called === 'embeddedKotlin') && words.length === 1) return [kotlinOf(inner)];
  if (NPM.has(called)) {
    const [name = '?', version = null] = textsOf(inner);
    return [{ kind: 'npm', name, version }];
  }
  return unknown(tokens, isPlatform);
}

/** Arguments, or the keys of one map. */
export function listOf(tokens: readonly Token[], isPlatform = false): readonly Notation[] {
  const parts = splitArguments(tokens);
  const map = mapOf(parts);
  const name = map.get('name') ?? map.get('module');
  if (name !== undefined) {
    const group = map.get('group') ?? '';
    const version = map.get('version');
    const classifier = map.get('classifier');
    const written = [
      group,
      name,
      ...(version === undefined ? [] : [version]),
      ...(version !== undefined && classifier !== undefined ? [classifier] : []),
    ];
    return [{ kind: 'module', written: written.join(':'), isPlatform }];
  }
  if (map.has('path') && map.size === parts.length)
    return [{ kind: 'project', written: map.get('path') ?? '' }];
  return parts.flatMap(part => (isNamed(part) ? [] : notationsOf(part, isPlatform)));
}

/** Kotlin's short form, `implementation("group", "name", "version")`; `null`: it is none. */
export function shortForm(tokens: readonly Token[]): Notation | null {
  const parts = splitArguments(tokens);
  const plain = parts.filter(part => !isNamed(part));
  const [group, name] = plain.map(part =>
    part.length === 1 && part[0]?.type === 'text' ? part[0].value : ':',
  );
  if (group === undefined || name === undefined || group.includes(':') || name.includes(':')) return null;
  const [, , third] = plain;
  const version =
    third === undefined
      ? mapOf(parts).get('version')
      : third.length === 1 && third[0]?.type === 'text'
        ? third[0].value
        : `\${${writtenText(third)}}`;
  const written = [group, name, ...(version === undefined ? [] : [version])].join(':');
  return { kind: 'module', written, isPlatform: false };
}

function isNamed([key, mark]: readonly Token[]): boolean {
  return (
    (key?.type === 'word' || key?.type === 'text') &&
    mark?.type === 'mark' &&
    (mark.text === ':' || mark.text === '=')
  );
}

/** `group: 'x', name: 'y'` and Kotlin's `group = "x"`. What is no string stands as `${…}`. */
function mapOf(parts: readonly (readonly Token[])[]): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const part of parts) {
    if (!isNamed(part)) continue;
    const value = part.slice(2);
    map.set(
      part[0]?.value ?? '',
      value.length === 1 && value[0]?.type === 'text' ? value[0].value : `\${${writtenText(value)}}`,
    );
  }
  return map;
}

/** Strings put together with `+`. */
function joined(tokens: readonly Token[], isPlatform: boolean): Extract<Notation, { kind: 'module' }> {
  let written = '';
  let expression: Token[] = [];
  const close = (): void => {
    if (expression.length > 0) written += `\${${writtenText(expression)}}`;
    expression = [];
  };
  for (const token of tokens) {
    if (token.type === 'text') written += token.value;
    else if (token.text === '+') close();
    else expression.push(token);
  }
  close();
  return { kind: 'module', written, isPlatform };
}

function accessorOf(words: readonly string[], isPlatform: boolean): readonly Notation[] {
  const written = words.filter((word, index) => !(word === 'get' && index === words.length - 1)).join('.');
  if (words[0] === 'projects') return [{ kind: 'project', written: projectPath(words.slice(1)) }];
  return [{ kind: 'accessor', written, isPlatform }];
}

/** `projects.fooBar.baz` is `:foo-bar:baz`. */
function projectPath(words: readonly string[]): string {
  return words.map(word => `:${word.replace(/(?<=.)[A-Z]/g, char => `-${char.toLowerCase()}`)}`).join('');
}

function projectOf(inner: readonly Token[]): readonly Notation[] {
  const parts = splitArguments(inner);
  const path =
    mapOf(parts).get('path') ??
    (parts[0]?.length === 1 && parts[0][0]?.type === 'text' ? parts[0][0].value : null);
  if (path === null)
    return inner.length === 0 ? [] : [{ kind: 'unknown', written: `project(${writtenText(inner)})` }];
  return [{ kind: 'project', written: path }];
}

function kotlinOf(inner: readonly Token[]): Notation {
  const [name = [], version = []] = splitArguments(inner).map(part => (isNamed(part) ? part.slice(2) : part));
  const [module = ''] = textsOf(name);
  const [only, ...more] = version;
  const range = only?.type === 'text' && more.length === 0 ? only.value : `\${${writtenText(version)}}`;
  const written = `org.jetbrains.kotlin:kotlin-${module}${only === undefined ? '' : `:${range}`}`;
  return { kind: 'module', written, isPlatform: false };
}

function textsOf(tokens: readonly Token[]): readonly string[] {
  return tokens.filter(({ type }) => type === 'text').map(({ value }) => value);
}

/** Whatever it computes: the modules that it names by strings, else the expression itself. */
function unknown(tokens: readonly Token[], isPlatform: boolean): readonly Notation[] {
  const modules = textsOf(tokens).filter(value => /^[^:\s/]+:[^:\s/]+(?::[^\s]*)?$/.test(value));
  if (modules.length === 0) return [{ kind: 'unknown', written: writtenText(tokens) }];
  return modules.map(written => ({ kind: 'module', written, isPlatform }));
}
