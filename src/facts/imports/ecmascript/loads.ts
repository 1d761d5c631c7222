import {
  AWAITED,
  DECLARED,
  isArgument,
  isRun,
  MADE,
  MEMBER,
  matched,
  mayBeginMember,
  type Place,
  standsForItself,
  textBefore,
} from './before.js';
import { Cursor } from './cursor.js';
import type { Found } from './found.js';
import { namesImported, namesRequired, TAKEN } from './taken.js';
import { isType, TYPEOF } from './type-places.js';

/** What was read of an `import(` or a `require`: an edge or none, and where the walk goes on. */
export interface Load {
  readonly found: Found | null;
  readonly end: number;
  /** Where the last parenthesis opened; -1: none did. */
  readonly opened: number;
}

interface Call {
  readonly specifier: string;
  readonly at: number;
  readonly opened: number;
  readonly end: number;
}

/**
 * `import('x')` at a place that tells what the syntax tree would: whether it is a type or runs, and which names are
 * taken from it. `null`: the place doesn't tell.
 */
export function importCall(place: Place): Load | null {
  const { text, at, typed } = place;
  const after = at + 'import'.length;
  const before = textBefore(place);
  if (before.trim() === '' || MEMBER.test(before)) return null;
  const call = literalCall(text, after);
  if (call === null) return computedCall(before, text, after, typed);
  if (typed && isType(before, text, call.end)) return typeImport(text, call);
  const names = namesImported(before, text, call.end, typed);
  return names === null ? null : loaded(call, 'dynamic', names);
}

/** `require('x')`, `require.resolve('x')`, and uses of `require` that load nothing. `null`: the place doesn't tell. */
export function requireCall(place: Place): Load | null {
  const { text, at } = place;
  const after = at + 'require'.length;
  const before = textBefore(place);
  if (before.trim() === '' || MEMBER.test(before) || MADE.test(before)) return null;
  const call = literalCall(text, after);
  if (call !== null) {
    const names = namesRequired(before, text, call.end, place.typed);
    return names === null ? null : loaded(call, 'require', names);
  }
  const member = matched(TAKEN, text, after);
  if (member === null)
    return isOnlyAsked(before, text, after) ? { found: null, end: after, opened: -1 } : null;
  if (member[1] === 'context') return null;
  if (member[1] !== 'resolve') return { found: null, end: after, opened: -1 };
  const resolved = literalCall(text, after + member[0].length);
  return resolved && loaded(resolved, 'require', undefined, 'require-resolve');
}

/** `typeof require`, and no call, member or type of it. */
function isOnlyAsked(before: string, text: string, after: number): boolean {
  const cursor = new Cursor(text, after);
  cursor.skip();
  return TYPEOF.test(before) && !'(.[?!<`/'.includes(text.charAt(cursor.at) || ' ');
}

/** `declare module 'x'`, after its `module`. */
export function declaredModule(place: Place): Load | null {
  const { text, at, typed } = place;
  if (!typed || !DECLARED.test(textBefore(place))) return null;
  const cursor = new Cursor(text, at + 'module'.length);
  const name = cursor.string();
  if (name === null) return null;
  const { value: specifier, at: quote } = name;
  const found: Found = { specifier, kind: 'type', typeOnly: true, form: 'declare-module', at: quote };
  return { found: specifier.includes('*') ? null : found, end: cursor.at, opened: -1 };
}

/** `import(name)`. A type takes a literal only. The walk goes on at its parenthesis: names in it may be edges, too. */
function computedCall(before: string, text: string, after: number, typed: boolean): Load | null {
  const cursor = new Cursor(text, after);
  if (!cursor.eat('(')) return null;
  const end = cursor.at - 1;
  cursor.skip();
  const { at } = cursor;
  const word = cursor.word();
  if (word === null || !/^[A-Za-z_$]/.test(word)) return null;
  const awaited = AWAITED.exec(before);
  const isNameless =
    awaited === null
      ? // `{ import(name) {} }` is a method.
        (isRun(before, false) && !mayBeginMember(before)) || isArgument(before)
      : standsForItself(before.slice(0, awaited.index), typed);
  const found: Found = { specifier: null, kind: 'dynamic', typeOnly: false, at };
  return isNameless ? { found, end, opened: -1 } : null;
}

/** `import('x').A.B` takes `A`. */
function typeImport(text: string, { specifier, at, end, opened }: Call): Load | null {
  if (text.charAt(at) === '`') return null;
  const cursor = new Cursor(text, end);
  const name = cursor.eat('.') ? cursor.word() : '*';
  if (name === null) return null;
  return { found: { specifier, kind: 'type', typeOnly: true, at, names: [name] }, end, opened };
}

function loaded(
  { specifier, at, end, opened }: Call,
  kind: 'dynamic' | 'require',
  names: readonly string[] | undefined,
  form?: string,
): Load {
  const found = { specifier, kind, typeOnly: false, ...(form && { form }), at, ...(names && { names }) };
  return { found, end, opened };
}

/** `('x')`, and nothing more between the parentheses but comments. */
function literalCall(text: string, after: number): Call | null {
  const cursor = new Cursor(text, after);
  if (!cursor.eat('(')) return null;
  const opened = cursor.at - 1;
  const string = cursor.string() ?? template(cursor);
  if (string === null || !cursor.eat(')')) return null;
  return { specifier: string.value, at: string.at, opened, end: cursor.at };
}

function template(cursor: Cursor): { readonly value: string; readonly at: number } | null {
  const { at, text } = cursor;
  if (text.charAt(at) !== '`') return null;
  const end = text.indexOf('`', at + 1);
  const value = text.slice(at + 1, end);
  if (end === -1 || /[\\$\r]/.test(value)) return null;
  cursor.at = end + 1;
  return { value, at };
}
