import { AWAITED, EDGE, isArgument, isRun, matched, standsForItself } from './before.js';
import { Cursor } from './cursor.js';

const DESTRUCTURED = new RegExp(`${EDGE}(?:const|let|var)\\s*\\{([\\w$\\s,:]*)\\}\\s*=\\s*$`);
const PROPERTY = /^([A-Za-z_$][\w$]*)(?:\s*:\s*[A-Za-z_$][\w$]*)?$/;
/** After these `(await import('x')).a` is a whole expression and no call. */
const GROUPED = new RegExp(`(?:[=,;{[:(&|]|=>|${EDGE}(?:return|await))\\s*\\(\\s*await\\s*$`);
/** On one line: the name of a type may stand before a line that begins with `(`. */
const CONTINUED = /\s*\.\s*(?:then|catch|finally)[ \t]*\(/y;
const CLOSED_AND_CONTINUED = /\s*\)\s*\.\s*(?:then|catch|finally)[ \t]*\(/y;
const CLOSED_AND_TAKEN = /\s*\)\s*\.\s*([A-Za-z_$][\w$]*)(?![\w$\\\u0080-\uffff])/y;
export const TAKEN = /\s*\.\s*([A-Za-z_$][\w$]*)(?![\w$\\\u0080-\uffff])/y;
/** Words that lead an expression on over a line break. */
const INFIX = new Set(['as', 'satisfies', 'in', 'instanceof', 'of']);

/** The names that are taken: `undefined` as in the tree, if the place doesn't say; `null`: not proved. */
export type Names = readonly string[] | undefined | null;

export function namesImported(before: string, text: string, end: number, typed: boolean): Names {
  const awaited = AWAITED.exec(before);
  if (awaited !== null) return namesAwaited(before, before.slice(0, awaited.index), text, end, typed);
  // Without `await` it is a promise, of which no name of the module can be taken.
  if (matched(CONTINUED, text, end) !== null) return undefined;
  if (/\(\s*$/.test(before)) {
    const isOwn = isArgument(before) || matched(CLOSED_AND_CONTINUED, text, end) !== null;
    return isOwn ? undefined : null;
  }
  return isRun(before, typed) ? undefined : null;
}

/** @param before up to `await` @param whole with it */
function namesAwaited(whole: string, before: string, text: string, end: number, typed: boolean): Names {
  const taken = matched(CLOSED_AND_TAKEN, text, end);
  if (taken?.[1] !== undefined) return GROUPED.test(whole) ? [taken[1]] : null;
  const pattern = DESTRUCTURED.exec(before);
  if (pattern !== null) return endsDeclaration(text, end) ? namesOf(pattern[1] ?? '') : null;
  return standsForItself(before, typed) || isArgument(before) ? undefined : null;
}

export function namesRequired(before: string, text: string, end: number, typed: boolean): Names {
  const taken = matched(TAKEN, text, end);
  if (taken?.[1] !== undefined) return [taken[1]];
  const cursor = new Cursor(text, end);
  cursor.skip();
  if ('.?[!'.includes(text.charAt(cursor.at)) && cursor.at < text.length) return null;
  const pattern = DESTRUCTURED.exec(before);
  if (pattern !== null) return endsDeclaration(text, end) ? namesOf(pattern[1] ?? '') : null;
  return standsForItself(before, typed) || isArgument(before) ? undefined : null;
}

/** `{ a, b: c }`: `a` and `b`. */
function namesOf(pattern: string): Names {
  const parts = pattern.split(',').map(part => part.trim());
  if (parts.at(-1) === '') parts.pop();
  const names = parts.map(part => PROPERTY.exec(part)?.[1]);
  return names.every(name => name !== undefined) ? names : null;
}

/** Nothing that follows belongs to the expression that ends at `end`. */
function endsDeclaration(text: string, end: number): boolean {
  const cursor = new Cursor(text, end);
  cursor.skip();
  const next = text.charAt(cursor.at);
  if (next === '' || next === ';' || next === ',' || next === '}') return true;
  if (!/[\n\r]/.test(text.slice(end, cursor.at))) return false;
  const word = cursor.word();
  return word !== null && !INFIX.has(word);
}
