import { type Marker, parseMarker } from './markers.js';
import { scanSpecifiers } from './pep440.js';
import { TextScanner } from './text-scanner.js';

/** A requirement as PEP 508 writes it: `name[extra] >=1,<2 ; marker` or `name[extra] @ URL ; marker`. */
export interface Requirement {
  /** As written. */
  readonly name: string;
  readonly extras: readonly string[];
  /** As written, without parentheses; `null`: any version. */
  readonly range: string | null;
  /** The version that `==` or `===` settles. */
  readonly version: string | null;
  readonly url: string | null;
  readonly marker: Marker | null;
}

const NAME = /[A-Za-z0-9][A-Za-z0-9._-]*/y;
const URL = /[^ \t]+/y;

/**
 * Reads one requirement, by the grammar of Python's `packaging`.
 * @throws SyntaxProblem
 */
export function parseRequirement(text: string): Requirement {
  const scanner = new TextScanner(text.endsWith('\n') ? text.slice(0, -1) : text);
  scanner.blanks();
  const name = identifier(scanner, 'the name of a package');
  scanner.blanks();
  const extras = extrasOf(scanner);
  scanner.blanks();
  const details = scanner.takeText('@') ? urlDetails(scanner) : versionDetails(scanner);
  if (!scanner.ended()) scanner.refuse('the end of the requirement');
  return { name, extras, ...details };
}

type Details = Pick<Requirement, 'range' | 'version' | 'url' | 'marker'>;

function urlDetails(scanner: TextScanner): Details {
  scanner.blanks();
  const url = scanner.take(URL) ?? scanner.refuse('a URL after @');
  const plain = { range: null, version: null, url };
  scanner.blanks();
  return { ...plain, marker: scanner.ended() ? null : markerOf(scanner) };
}

function versionDetails(scanner: TextScanner): Details {
  const inParentheses = scanner.takeText('(');
  scanner.blanks();
  const { end, version } = scanSpecifiers(scanner.text, scanner.at);
  const written = scanner.text.slice(scanner.at, end).trim();
  scanner.at = end;
  scanner.blanks();
  if (inParentheses && !scanner.takeText(')')) scanner.refuse('a version specifier or a closing parenthesis');
  scanner.blanks();
  return {
    range: written === '' ? null : written,
    version,
    url: null,
    marker: scanner.ended() ? null : markerOf(scanner),
  };
}

function markerOf(scanner: TextScanner): Marker {
  if (!scanner.takeText(';')) scanner.refuse('a version specifier, or a semicolon and a marker');
  return parseMarker(scanner);
}

function extrasOf(scanner: TextScanner): readonly string[] {
  if (!scanner.takeText('[')) return [];
  const extras: string[] = [];
  scanner.blanks();
  while (scanner.text[scanner.at] !== ']') {
    if (extras.length > 0 && !scanner.takeText(','))
      scanner.refuse('a comma or ] after the name of an extra');
    scanner.blanks();
    extras.push(identifier(scanner, 'the name of an extra'));
    scanner.blanks();
  }
  scanner.at++;
  return extras;
}

/** Letters and digits of ASCII alone: a twin of a name in other letters is refused. */
function identifier(scanner: TextScanner, expected: string): string {
  const found = scanner.take(NAME) ?? scanner.refuse(expected);
  // A name ends in a letter, a digit or an underscore: what else the pattern took stands for itself.
  let length = found.length;
  while (found[length - 1] === '.' || found[length - 1] === '-') length--;
  scanner.at -= found.length - length;
  return found.slice(0, length);
}
