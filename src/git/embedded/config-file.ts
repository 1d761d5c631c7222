import { GitError } from '../repository.js';

/** A key as `git config --list` writes it, and its value; a key without `=` means true. */
export type Setting = readonly [key: string, value: string];

const SECTION = /^\[\s*([A-Za-z0-9.-]+)(?:\s+"((?:[^"\\\n]|\\.)*)")?\s*\]/;
const NAME = /^([A-Za-z][A-Za-z0-9-]*)[ \t]*/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b', '"': '"', '\\': '\\' };

/**
 * A configuration file (git-config(1), SYNTAX):
 *
 *     [section "subsection"]      ; case matters only in the subsection
 *         name = value            # quotes, \" \\ \n \t \b, and a backslash before the line's end to go on
 *         flag
 */
export function parseConfig(text: string, file: string): readonly Setting[] {
  const settings: Setting[] = [];
  const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  let section: string | null = null;
  let at = 0;
  const fail = (): never => {
    const line = source.slice(0, at).split('\n').length;
    throw new GitError(
      'failed',
      `${file}:${line}: git's configuration can't be understood here`,
      `git config --file ${file} --list`,
    );
  };
  while (at < source.length) {
    const rest = source.slice(at);
    const blank = /^(?:\s+|[#;][^\n]*)/.exec(rest);
    if (blank !== null) {
      at += blank[0].length;
      continue;
    }
    const header = SECTION.exec(rest);
    if (header !== null) {
      const [whole, name = '', subsection] = header;
      section =
        name.toLowerCase() + (subsection === undefined ? '' : `.${subsection.replace(/\\(.)/g, '$1')}`);
      at += whole.length;
      continue;
    }
    const name = NAME.exec(rest);
    if (name === null || section === null) return fail();
    at += name[0].length;
    const key = `${section}.${(name[1] ?? '').toLowerCase()}`;
    if (source[at] === '=') {
      const value = readValue(source, at + 1) ?? fail();
      settings.push([key, value.text]);
      at = value.end;
    } else if (at >= source.length || /[\n#;]/.test(source.charAt(at))) settings.push([key, 'true']);
    else fail();
  }
  return settings;
}

/** @returns `null` for a bad escape or a quote that is not closed */
function readValue(source: string, start: number): { readonly text: string; readonly end: number } | null {
  let text = '';
  /** Length up to the last character that is not trailing white space. */
  let kept = 0;
  let quoted = false;
  let at = start;
  for (; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === '\n') break;
    if (!quoted && (character === '#' || character === ';')) {
      const end = source.indexOf('\n', at);
      at = end === -1 ? source.length : end;
      break;
    }
    if (character === '"') {
      quoted = !quoted;
      kept = text.length;
    } else if (character === '\\') {
      at += 1;
      const next = source.charAt(at);
      if (next === '\n') continue;
      const meant = ESCAPES[next];
      if (meant === undefined) return null;
      text += meant;
      kept = text.length;
    } else if (!quoted && /\s/.test(character)) {
      if (text !== '') text += character;
    } else {
      text += character;
      kept = text.length;
    }
  }
  return quoted ? null : { text: text.slice(0, kept), end: at };
}
