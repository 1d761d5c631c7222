import { stringValue } from '../../imports/python/literal.js';
import type { Names } from './script-names.js';
import { bracketed, isMark, isName, split, type Tokens } from './script-parts.js';

/** Brackets within brackets that are looked into. */
const DEEPEST = 50;
const LONGEST = 100_000;

/** The text that an expression is, as far as it is written out; `null`: it is computed, or no text. */
export function textOf(tokens: Tokens, names: Names, depth = 0): string | null {
  const [first] = tokens;
  if (first === undefined || depth > DEEPEST) return null;
  const group = bracketed(tokens, '(');
  if (group !== null) return textOf(group, names, depth + 1);
  if (tokens.every(({ type }) => type === 'string'))
    return joined(tokens.map(({ text }) => stringValue(text)));
  const parts = split(tokens, '+');
  if (parts.length > 1) return joined(parts.map(part => textOf(part, names, depth + 1)));
  return tokens.length === 1 && first.type === 'name' ? namedText(first.text, names, depth + 1) : null;
}

/** Of a name that is set once. Texts that double at each step end where nobody writes requirements. */
function namedText(name: string, names: Names, depth: number): string | null {
  const known = names.texts.get(name);
  if (known !== undefined || depth > DEEPEST) return known ?? null;
  // Until it is known: what is made of itself is none.
  names.texts.set(name, null);
  const [use, ...more] = names.uses(name);
  const isSet = use?.kind === 'value' && more.every(({ kind }) => kind === 'alias');
  const text = isSet ? textOf(use.value, names, depth) : null;
  if (text !== null && text.length <= LONGEST) names.texts.set(name, text);
  return names.texts.get(name) ?? null;
}

function joined(parts: readonly (string | null)[]): string | null {
  let text = '';
  for (const part of parts) {
    if (part === null) return null;
    text += part;
  }
  return text;
}

/** A requirement whose name is written, and whose version is computed. */
export interface Partial {
  readonly name: string;
  /** As far as it is written. */
  readonly range: string | null;
}

/** What ends a name, behind which anything may follow. An address would say whose package it is: it is not among them. */
const NAMED = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[\w\s,.-]*\]\s*)?([<>=!~;(].*)$/;

/** `'name>=%s' % version`, `'name>=' + version`, `f'name>={version}'`; `null`: the name is computed, too. */
export function partialRequirement(tokens: Tokens, names: Names): Partial | null {
  const lead = leadingText(tokens, names) ?? '';
  // Several lines are several requirements.
  const [, name, rest] = (lead.includes('\n') ? null : NAMED.exec(lead)) ?? [];
  if (name === undefined || rest === undefined) return null;
  const range = rest.split(';', 1)[0]?.trim() ?? '';
  return { name, range: range === '' ? null : range };
}

/** What the text begins with, whatever is computed. */
function leadingText(tokens: Tokens, names: Names): string | null {
  const parts = split(tokens, '+');
  if (parts.length > 1) {
    const known = parts.map(part => textOf(part, names));
    const end = known.indexOf(null);
    const lead = joined(known.slice(0, end === -1 ? known.length : end)) ?? '';
    return lead === '' ? leadingText(parts[0] ?? [], names) : lead;
  }
  const end = tokens.findIndex(({ type }) => type !== 'string');
  const strings = end === -1 ? tokens : tokens.slice(0, end);
  const [first] = strings;
  if (first === undefined) return null;
  const written = joined(strings.map(({ text }) => stringValue(text)));
  if (written === null) return end === -1 ? fieldless(first.text) : null;
  // What is filled in by the values behind it stands where the signs are.
  const isFilled = isMark(tokens[end], '%') || isName(tokens[end + 1], 'format');
  return end === -1 || isFilled ? written : null;
}

/** An f-string up to its first field. */
function fieldless(text: string): string | null {
  const quote = text.search(/["']/);
  if (!/f/i.test(text.slice(0, quote))) return null;
  return (
    text
      .slice(quote)
      .replace(/^(?:"""|'''|["'])/, '')
      .split('{', 1)[0] ?? null
  );
}
