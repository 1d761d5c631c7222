import { isUpper } from '../../imports/tokens/characters.js';
import type { Terminal } from '../language-resolver.js';

/** Of `javax` only this is the JDK's; the rest is Java EE and other libraries. */
const JAVAX: ReadonlySet<string> = new Set(
  'accessibility annotation.processing crypto imageio lang.model management naming net print rmi script security.auth security.cert security.sasl smartcardio sound sql swing tools transaction.xa xml.catalog xml.crypto xml.datatype xml.namespace xml.parsers xml.stream xml.transform xml.validation xml.xpath'.split(
    ' ',
  ),
);

const TOPS: ReadonlySet<string> = new Set(['java', 'jdk', 'sun', 'kotlin', 'netscape']);
const OTHERS =
  /^(?:com\.sun\.(?:net\.httpserver|nio|source|tools|management|security|jdi|javadoc)|org\.w3c\.dom|org\.xml\.sax|org\.ietf\.jgss)(?:\.|$)/;

/** Does a dotted name begin with a package of the JDK or of Kotlin's library? `kotlin.test` is a library by itself. */
export function isBuiltin(name: string): boolean {
  const [top = '', second = '', third = ''] = name.split('.', 3);
  if (top === 'javax')
    return JAVAX.has(second) || JAVAX.has(`${second}.${third}`) || (second === 'xml' && isUpper(third));
  if (top === 'kotlin') return second !== 'test';
  return TOPS.has(top) || OTHERS.test(name);
}

/** `a.b.C.D` → package `a.b`, class `C/D`. A name without any class: the whole of a wildcard, else all but the last. */
function split(segments: readonly string[], isWildcard: boolean): readonly [name: string, subpath: string] {
  const type = segments.findIndex((segment, index) => index > 0 && isUpper(segment));
  const end =
    type !== -1 ? type : isWildcard || segments.length === 1 ? segments.length : segments.length - 1;
  return [segments.slice(0, end).join('.'), segments.slice(end).join('/')];
}

export function external(segments: readonly string[], isWildcard: boolean): Terminal {
  const [name, subpath] = split(segments, isWildcard);
  if (isBuiltin(segments.join('.')))
    return { type: 'builtin', ecosystem: 'java', name: subpath === '' ? name : `${name}/${subpath}` };
  return { type: 'package', ecosystem: 'maven', name, ...(subpath === '' ? {} : { subpath }) };
}

/** First segments that packages have and variables hardly ever. */
const DOMAINS: ReadonlySet<string> = new Set(
  'com org net edu gov java javax jakarta kotlin kotlinx android androidx'.split(' '),
);

/**
 * May a qualified name in code be of an external package? `config.limits.MAX` reads a field: only a class has lower
 * case letters, unless the name begins as no variable does.
 */
export function isPackageName(segments: readonly string[]): boolean {
  return DOMAINS.has(segments[0] ?? '') || /\p{Ll}/u.test(segments.at(-1) ?? '');
}
