import { EDGE, matched } from './before.js';

export const TYPEOF = new RegExp(`${EDGE}typeof\\s+$`);
/** After these a type follows, and nothing else can. */
const TYPE_PLACES: readonly RegExp[] = [
  new RegExp(`${EDGE}type[ \\t]+[\\w$]+\\s*=\\s*$`),
  new RegExp(`${EDGE}(?:as|satisfies|keyof|is)[ \\t]+$`),
  new RegExp(
    `${EDGE}(?:const|let|var|readonly|private|public|protected|static|declare)[ \\t]+[\\w$]+\\s*:\\s*$`,
  ),
  /\(\s*[\w$]+\s*:\s*$/,
  /[\w$\])]\?:\s*$/,
];
/** `(): `, which is the end of a condition, too: what follows the type decides. */
const RETURN_TYPE = /\)\s*:\s*$/;
const BODY = /(?:[ \t]*\.[ \t]*[A-Za-z_$][\w$]*)*[ \t]*(?:\{|=>)/y;
const TYPE_ARGUMENT = /[\w$]<\s*$/;
/** What ends a list of type arguments, and can't go on with a comparison. `>>` could shift. */
const ENDS_ARGUMENTS = /(?:\s*\.\s*[A-Za-z_$][\w$]*)*\s*>(?:\s*[(),;\]|&]|\s+=)/y;

/** Is an import that ends at `end` a type? `false` also where the place doesn't tell. */
export function isType(before: string, text: string, end: number): boolean {
  const place = before.replace(TYPEOF, '');
  if (TYPE_PLACES.some(pattern => pattern.test(place))) return true;
  if (RETURN_TYPE.test(place) && matched(BODY, text, end) !== null) return true;
  return TYPE_ARGUMENT.test(place) && matched(ENDS_ARGUMENTS, text, end) !== null;
}
