import { ManifestError } from '../format.js';

/** Options of a line, by their long names without dashes, in the order in which they are written. */
export interface Options {
  readonly name: string;
  readonly value: string;
}

/** Long name → does it take a value? pip takes these in files of requirements; uv some of them. */
const LONG: ReadonlyMap<string, boolean> = new Map([
  ['index-url', true],
  ['pypi-url', true],
  ['extra-index-url', true],
  ['no-index', false],
  ['constraint', true],
  ['requirement', true],
  ['editable', true],
  ['find-links', true],
  ['no-binary', true],
  ['only-binary', true],
  ['prefer-binary', false],
  ['require-hashes', false],
  ['pre', false],
  ['trusted-host', true],
  ['use-feature', true],
  ['global-option', true],
  ['config-settings', true],
  ['config-setting', true],
  ['hash', true],
]);

const SHORT: ReadonlyMap<string, string> = new Map([
  ['i', 'index-url'],
  ['c', 'constraint'],
  ['r', 'requirement'],
  ['e', 'editable'],
  ['f', 'find-links'],
  ['C', 'config-settings'],
]);

/**
 * Parts a line into what stands before the first option, and the options, by the rules of pip (Python's `shlex` and
 * `optparse`: values after `=`, after a blank or, with short names, at once; long names cut off where they stay clear).
 * @throws ManifestError on options that pip doesn't know
 */
export function splitOptions(
  text: string,
  line: number,
): { requirement: string; options: readonly Options[] } {
  const words = text.split(' ');
  const first = words.findIndex(word => word.startsWith('-'));
  if (first === -1) return { requirement: text, options: [] };
  const requirement = words.slice(0, first).join(' ').trim();
  const tokens = shellWords(words.slice(first).join(' '), line);
  const options: Options[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    // What is no option there pip doesn't look at.
    if (token === '--') break;
    if (!token.startsWith('-') || token === '-') continue;
    const { name, value } = token.startsWith('--') ? longOption(token, line) : shortOption(token, line);
    if (LONG.get(name) !== true) {
      if (value !== null) throw refusal(`${token}: the option takes no value`, line);
      options.push({ name, value: '' });
      continue;
    }
    const given = value ?? tokens[++at];
    if (given === undefined) throw refusal(`${token}: the option needs a value`, line);
    options.push({ name: canonical(name), value: given });
  }
  return { requirement, options };
}

interface Found {
  readonly name: string;
  readonly value: string | null;
}

function longOption(token: string, line: number): Found {
  const equals = token.indexOf('=');
  const written = token.slice(2, equals === -1 ? undefined : equals);
  const value = equals === -1 ? null : token.slice(equals + 1);
  if (LONG.has(written)) return { name: written, value };
  const candidates = [...LONG.keys()].filter(name => name.startsWith(written));
  const names = new Set(candidates.map(canonical));
  const [name] = candidates;
  if (name === undefined || names.size !== 1) throw refusal(`${token}: pip knows no such option here`, line);
  return { name, value };
}

function shortOption(token: string, line: number): Found {
  const name = SHORT.get(token[1] ?? '');
  if (name === undefined) throw refusal(`${token}: pip knows no such option here`, line);
  return { name, value: token.length > 2 ? token.slice(2) : null };
}

function canonical(name: string): string {
  return name === 'pypi-url' ? 'index-url' : name;
}

/** Words as a POSIX shell makes them: quotes and backslashes; nothing is run or filled in. */
function shellWords(text: string, line: number): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === ' ' || char === '\t') {
      if (word !== null) words.push(word);
      word = null;
    } else if (char === "'" || char === '"') {
      const { end, value } = quoted(text, at, line);
      word = (word ?? '') + value;
      at = end;
    } else if (char === '\\') {
      if (at + 1 >= text.length) throw refusal('a backslash escapes nothing', line);
      word = (word ?? '') + (text[++at] ?? '');
    } else word = (word ?? '') + char;
  }
  if (word !== null) words.push(word);
  return words;
}

function quoted(text: string, from: number, line: number): { end: number; value: string } {
  const quote = text[from];
  let value = '';
  for (let at = from + 1; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === quote) return { end: at, value };
    const next = text[at + 1];
    if (quote === '"' && char === '\\' && (next === '"' || next === '\\')) value += text[++at] ?? '';
    else value += char;
  }
  throw refusal('a quotation has no end', line);
}

function refusal(message: string, line: number): ManifestError {
  return new ManifestError(message, line, 'write the line as pip reads it');
}
