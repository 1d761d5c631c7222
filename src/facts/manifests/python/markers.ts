import { TextScanner } from './text-scanner.js';

/** PEP 508's environment markers, as a tree. */
export type Marker =
  | { readonly type: 'and' | 'or'; readonly left: Marker; readonly right: Marker }
  | { readonly type: 'test'; readonly left: Operand; readonly operator: string; readonly right: Operand };

/** A variable of the environment, or a string. */
export interface Operand {
  readonly variable: boolean;
  readonly text: string;
}

const VARIABLE = new RegExp(
  '(?:python_version|python_full_version|os[._]name|sys[._]platform|platform_(?:release|system)|' +
    'platform[._](?:version|machine|python_implementation)|python_implementation|' +
    String.raw`implementation_(?:name|version)|extras?|dependency_groups)(?!\w)`,
  'y',
);
const QUOTED = /'[^']*'|"[^"]*"/y;
const OPERATOR = /===|==|~=|!=|<=|>=|<|>/y;
const IN = /in(?!\w)/y;
const NOT_IN = /not[ \t]+in(?!\w)/y;
const AND = /and(?!\w)/y;
const OR = /or(?!\w)/y;

/** Deeper nesting than any tool writes is refused rather than run through. */
const DEEPEST = 200;

/** @throws SyntaxProblem */
export function parseMarker(scanner: TextScanner, depth = 0): Marker {
  let left = conjunction(scanner, depth);
  while (scanner.take(OR) !== null) left = { type: 'or', left, right: conjunction(scanner, depth) };
  return left;
}

/** A marker that stands alone. @throws SyntaxProblem */
export function parseMarkerText(text: string): Marker {
  const scanner = new TextScanner(text);
  const marker = parseMarker(scanner);
  if (!scanner.ended()) scanner.refuse('the end of the marker');
  return marker;
}

function conjunction(scanner: TextScanner, depth: number): Marker {
  let left = atom(scanner, depth);
  while (scanner.take(AND) !== null) left = { type: 'and', left, right: atom(scanner, depth) };
  return left;
}

function atom(scanner: TextScanner, depth: number): Marker {
  scanner.blanks();
  let marker: Marker;
  if (scanner.takeText('(')) {
    if (depth >= DEEPEST) scanner.refuse('a marker that is nested less deeply');
    marker = parseMarker(scanner, depth + 1);
    if (!scanner.takeText(')')) scanner.refuse('a closing parenthesis');
  } else {
    const left = operand(scanner);
    const operator = operatorOf(scanner);
    marker = { type: 'test', left, operator, right: operand(scanner) };
  }
  scanner.blanks();
  return marker;
}

function operand(scanner: TextScanner): Operand {
  scanner.blanks();
  const variable = scanner.take(VARIABLE);
  if (variable !== null) {
    scanner.blanks();
    return { variable: true, text: variable.replaceAll('.', '_') };
  }
  const quoted = scanner.take(QUOTED) ?? scanner.refuse('a marker variable or a quoted string');
  scanner.blanks();
  return { variable: false, text: quoted.slice(1, -1) };
}

function operatorOf(scanner: TextScanner): string {
  if (scanner.take(NOT_IN) !== null) return 'not in';
  return scanner.take(IN) ?? scanner.take(OPERATOR) ?? scanner.refuse('an operator of markers');
}
