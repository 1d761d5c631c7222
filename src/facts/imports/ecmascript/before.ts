/**
 * What stands before a place that nothing is looked at beyond: `;` a declaration, `)` a load, `.` a dot before a comment
 * (or `#`), and nothing that is known but that it is no dot.
 */
export type Ended = '' | ';' | ')' | '.';

/** A word of the text, and how far before it may be looked. */
export interface Place {
  readonly text: string;
  readonly at: number;
  /** A comment, a declaration or a load ends here. */
  readonly floor: number;
  readonly ended: Ended;
  /** The file can hold types. */
  readonly typed: boolean;
}

/** How far back the text is looked at: a longer destructuring is left to the parser. */
const LOOK_BACK = 400;
/** Where a word begins that is no property and no end of a longer word. */
export const EDGE = String.raw`(?<![\w$.#\\\u0080-\uffff])(?<!\.\s+)`;
const BOUND = new RegExp(`${EDGE}(?:const|let|var)\\s+[\\w$]+\\s*=\\s*$`);
/** `const f = () => `. */
const BOUND_ANSWER = new RegExp(
  `${EDGE}(?:const|let|var)\\s+[\\w$]+\\s*=\\s*(?:async\\s*)?\\(\\s*\\)\\s*=>\\s*$`,
);
/** On the same line: these may name fields of a class, too. */
const RETURNED = new RegExp(`${EDGE}return[ \\t]*$`);
/** What makes the load no load must not be overlooked: `renew` is taken for it, too. */
export const MADE = /(?:new|@)\s*$/;
export const DECLARED = new RegExp(`${EDGE}declare[ \\t]+$`);
export const MEMBER = /[.#]\s*$/;
/** Its keyword is what stands last. */
export const AWAITED = new RegExp(`${EDGE}await[ \\t]*$`);
/** `f(` with nothing between: after a line break `(` may begin a statement. */
const ARGUMENT = /(?<![\w$\\\u0080-\uffff])([\w$]+)\(\s*$/;
/** `f(() => `, in which no type can stand. */
const ANSWERED = /(?<![\w$\\\u0080-\uffff])([\w$]+)\(\s*(?:async\s*)?\(\s*\)\s*=>\s*$/;
/** After these a parenthesis only groups, or a type may follow. */
const NO_CALLEES = new Set(
  (
    'abstract as asserts assert await case delete do else export extends for if implements in infer instanceof is ' +
    'keyof new of readonly return satisfies switch throw typeof unique void while with yield catch function async ' +
    'get set static default out accessor declare type'
  ).split(' '),
);
/** What follows stands for itself: nobody takes a name of it, or binds it to a pattern. */
const FOR_ITSELF = /(?:[;})]|(?<!\$)\{|&&|\|\||\?\?)\s*$/;
const BEGINS_MEMBER = /(?:[;{})]|\?\s*?[\n\r\u2028\u2029])\s*$/;
/** So it does here, where no type can stand either way. */
const VALUE_FOR_ITSELF = /(?:[:[?]|=>)\s*$/;
/** No pattern is assigned to: `a.b = `. In TypeScript the name could be that of a type: `{ a }: B = `. */
const ASSIGNED = /[\w$\])]\s*=\s*$/;
const ASSIGNED_TYPED = new RegExp(`(?:[;{}(]\\s*[\\w$.]+|${EDGE}this\\.[\\w$]+)\\s*=\\s*$`);
/**
 * What stands before a word, up to the nearest comment; blank where nothing is known. None of the patterns reaches over
 * a string, a template or a regular expression, for they name no quote and no slash.
 */
export function textBefore({ text, at, floor, ended }: Place): string {
  const from = Math.max(floor, at - LOOK_BACK);
  const before = text.slice(from, at);
  // The first word may be cut in two.
  return from === floor ? ended + before : before.replace(/^[^\s;,(){}]*/, '');
}

/** Bound to a name, returned, or a statement or an alternative of its own. */
function isOnItsOwn(before: string): boolean {
  return BOUND.test(before) || RETURNED.test(before) || FOR_ITSELF.test(before);
}

/** Not a type, and no parenthesis around it. */
export function isRun(before: string, typed: boolean): boolean {
  return (
    isOnItsOwn(before) ||
    BOUND_ANSWER.test(before) ||
    isCalled(ANSWERED, before) ||
    (!typed && (VALUE_FOR_ITSELF.test(before) || ASSIGNED.test(before)))
  );
}

/** Nobody takes a name of it, or binds it to a pattern. */
export function standsForItself(before: string, typed: boolean): boolean {
  return (
    isOnItsOwn(before) || VALUE_FOR_ITSELF.test(before) || (typed ? ASSIGNED_TYPED : ASSIGNED).test(before)
  );
}

/** An argument of a call. */
export function isArgument(before: string): boolean {
  return isCalled(ARGUMENT, before);
}

/** A method could be declared here: `{ import(name) {} }`. */
export function mayBeginMember(before: string): boolean {
  return BEGINS_MEMBER.test(before);
}

function isCalled(pattern: RegExp, before: string): boolean {
  const callee = pattern.exec(before)?.[1];
  return callee !== undefined && !NO_CALLEES.has(callee);
}

/** A sticky pattern at one place. */
export function matched(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
