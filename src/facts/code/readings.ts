import type { Grammar } from './languages.js';
import { expandoOf, parseCode, type SyntaxNode } from './native.js';
import type { SyntaxRule } from './query.js';

/** What stands before and after a pattern so that the grammar reads it as code of that place. */
type Frame = readonly [before: string, after: string];

const BARE: Frame = ['', ''];

interface Frames {
  readonly frames: readonly Frame[];
  /** Every frame that makes sense counts; otherwise the first one does. */
  readonly every?: true;
  /** Tried only where none of the others makes sense. */
  readonly otherwise?: readonly Frame[];
}

const CLASS: Frame = ['class _ {\n', '\n}'];
const ECMASCRIPT: Frames = { frames: [BARE], otherwise: [CLASS] };

/** A block, or an object. */
const BRACES: Frames = { frames: [BARE, ['(\n', '\n)']], every: true };

function cFamily(...otherwise: readonly Frame[]): Frames {
  return { frames: [['void _() {\n', ';\n}'], ['void _() {\n', '\n}'], BARE, ...otherwise] };
}

/**
 * A pattern by itself is not always what it would be within a program: Go reads a lone `fmt.Println($A)` as a
 * conversion of types, C a lone `gets($A)` as a macro, PHP anything without its tag as text, Java a lone
 * `private int $X;` as a local variable. Such a pattern would match nothing, ever, without a word.
 */
const FRAMES: Partial<Readonly<Record<Grammar, Frames>>> = {
  TypeScript: ECMASCRIPT,
  Tsx: ECMASCRIPT,
  JavaScript: ECMASCRIPT,
  // `shell=True` is an assignment, or an argument.
  python: { frames: [BARE, ['_(', ')']], every: true },
  go: {
    frames: [['func _() {\n', '\n}'], BARE],
    otherwise: [
      ['func _() {\n_ = ', '\n}'],
      ['type _ struct {\n', '\n}'],
      ['type _ interface {\n', '\n}'],
    ],
  },
  java: { frames: [BARE, CLASS], every: true, otherwise: [['Object _ = ', ';']] },
  csharp: { frames: [BARE, CLASS], every: true, otherwise: [['object _ = ', ';']] },
  kotlin: { frames: [BARE], otherwise: [CLASS] },
  rust: {
    frames: [BARE],
    otherwise: [
      ['fn _() {\n', '\n}'],
      ['impl _ {\n', '\n}'],
    ],
  },
  php: { frames: [['<?php ', ''], ['<?php ', ';'], BARE], otherwise: [['<?php class _ {\n', '\n}']] },
  c: cFamily(['void _() {\n_ = ', ';\n}']),
  cpp: cFamily(['void _() {\n_ = ', ';\n}'], ['class _ {\n', '\n};']),
  Css: {
    frames: [BARE],
    otherwise: [
      [':root {\n', '\n}'],
      [':root {\n', ';\n}'],
    ],
  },
};

/**
 * What a pattern given as a text means in a grammar: the rules of which one must match.
 * @returns why it means nothing, when no frame makes sense of it
 */
export function readingsOf(
  grammar: Grammar,
  written: string,
): { readonly rules: readonly SyntaxRule[] } | { readonly wrong: string } {
  // PHP would read `$$$` with what follows it.
  const pattern = grammar === 'php' ? written.replace(/\$\$\$(?![A-Z_$])/g, '$$$$$$_') : written;
  if (isMetavariable(pattern.trim())) return { wrong: `${written} matches every node there is` };
  const { frames, every, otherwise = [] } = framesFor(grammar, pattern);
  let wrong: string | null = null;
  for (const strict of [true, false]) {
    for (const [group, all] of [
      [frames, every === true],
      [otherwise, false],
    ] as const) {
      const readings = readingsIn(grammar, pattern, group, all, strict);
      if (readings.rules.length > 0) return { rules: readings.rules };
      wrong ??= readings.wrong;
    }
  }
  return { wrong: wrong ?? 'it is empty' };
}

function readingsIn(
  grammar: Grammar,
  pattern: string,
  frames: readonly Frame[],
  every: boolean,
  strict: boolean,
): { readonly rules: readonly SyntaxRule[]; readonly wrong: string | null } {
  const rules: SyntaxRule[] = [];
  const kinds = new Set<string>();
  const quoted = otherQuotes(grammar, pattern);
  let wrong: string | null = null;
  for (const frame of frames) {
    const reading = readIn(grammar, pattern, frame, strict);
    if ('wrong' in reading) wrong ??= reading.wrong;
    else if (!kinds.has(reading.kind)) {
      kinds.add(reading.kind);
      rules.push(reading.rule);
      const twin = quoted === null ? null : readIn(grammar, quoted, frame, strict);
      if (twin !== null && 'rule' in twin) rules.push(twin.rule);
    }
    if (rules.length > 0 && !every) break;
  }
  return { rules, wrong };
}

function framesFor(grammar: Grammar, pattern: string): Frames {
  const frames = FRAMES[grammar] ?? { frames: [BARE] };
  return frames === ECMASCRIPT && pattern.trimStart().startsWith('{') ? BRACES : frames;
}

/** Does the grammar make sense of the whole text? */
export function isReadable(grammar: Grammar, written: string): boolean {
  return !hasErrors(grammar, parsed(grammar, expanded(written, expandoOf(grammar))), false);
}

type Reading = { readonly kind: string; readonly rule: SyntaxRule } | { readonly wrong: string };

function readIn(grammar: Grammar, pattern: string, [before, after]: Frame, strict: boolean): Reading {
  const body = expanded(pattern, expandoOf(grammar));
  const text = before + body + after;
  const root = parsed(grammar, text);
  if (hasErrors(grammar, root, strict)) return { wrong: 'it has a syntax error' };
  if (before === '' && after === '') return readBare(grammar, pattern, body, root);
  const start = before.length + body.length - body.trimStart().length;
  const end = before.length + body.trimEnd().length;
  const node = spanning(root, start, end) ?? (text[end] === ';' ? spanning(root, start, end + 1) : null);
  if (node === null) return { wrong: 'it is not one piece of syntax' };
  if (emptyIn(node)) return { wrong: INCOMPLETE };
  // The engine takes the first node of this kind for what is meant.
  const [first] = root.findAll({ rule: { kind: node.kind() } });
  const isFirst = first?.range().start.index === start;
  if (!isFirst && node.children().length === 0)
    return { kind: node.kind(), rule: { kind: node.kind(), regex: `^${literally(pattern.trim())}$` } };
  if (!isFirst) return { wrong: 'it is not one piece of syntax' };
  return { kind: node.kind(), rule: inContext(before + pattern + after, node.kind()) };
}

function readBare(grammar: Grammar, pattern: string, body: string, root: SyntaxNode): Reading {
  if (body.trim() === '') return { wrong: 'it is empty' };
  const node = effective(root);
  if (node.children().length > 0 && node.kind() === root.kind())
    return { wrong: 'it is several pieces of syntax, not one' };
  if (emptyIn(node)) return { wrong: INCOMPLETE };
  const terminated = FRAMES[grammar] === ECMASCRIPT ? withoutSemicolon(grammar, pattern, node) : null;
  return { kind: node.kind(), rule: terminated ?? { pattern } };
}

const INCOMPLETE = 'it is incomplete: write its end too (`;`, or a body as `{ $$$ }`)';

/** `debugger;` is meant to find `debugger` too: the statement without its semicolon matches it with and without. */
function withoutSemicolon(grammar: Grammar, pattern: string, node: SyntaxNode): SyntaxRule | null {
  const trimmed = pattern.trimEnd();
  if (!trimmed.endsWith(';')) return null;
  const shorter = trimmed.slice(0, -1);
  const root = parsed(grammar, expanded(shorter, expandoOf(grammar)));
  const [statement, ...more] = root.children();
  if (
    hasErrors(grammar, root, true) ||
    more.length > 0 ||
    statement?.kind() !== node.kind() ||
    emptyIn(statement)
  )
    return null;
  return inContext(shorter, node.kind());
}

function inContext(context: string, selector: string): SyntaxRule {
  return { pattern: { context, selector } };
}

/** Where both quotes mean the same, a pattern written with one finds code written with the other. */
function otherQuotes(grammar: Grammar, pattern: string): string | null {
  if (FRAMES[grammar] !== ECMASCRIPT && grammar !== 'python') return null;
  const [double, single] = [/"([^"'`\\\n$]*)"/g, /'([^"'`\\\n$]*)'/g];
  const other = pattern.includes('"') ? pattern.replace(double, "'$1'") : pattern.replace(single, '"$1"');
  return other === pattern ? null : other;
}

function parsed(grammar: Grammar, text: string): SyntaxNode {
  return parseCode(grammar, text);
}

/**
 * A metavariable where the grammar wants something else (`{ $$$ }` in Java, for `$$$;`) the engine takes as meant;
 * so is it here, where no reading does without (not `strict`).
 */
function hasErrors(grammar: Grammar, root: SyntaxNode, strict: boolean): boolean {
  const expando = expandoOf(grammar);
  return root
    .findAll({ rule: { kind: 'ERROR' } })
    .some(error => strict || !isMetavariable(error.text().replaceAll(expando, '$').trim()));
}

/** The node that the engine takes a lone pattern for: down from the root as long as there is nothing beside. */
function effective(root: SyntaxNode): SyntaxNode {
  let node = root;
  for (;;) {
    const [only, second, ...more] = node.children();
    if (only === undefined || more.length > 0 || (second !== undefined && !isEmpty(second))) return node;
    node = only;
  }
}

/** The innermost node from `start` to `end`. */
function spanning(node: SyntaxNode, start: number, end: number): SyntaxNode | null {
  for (const child of node.children()) {
    const range = child.range();
    if (range.start.index > start || range.end.index < end) continue;
    const inner = spanning(child, start, end);
    if (inner !== null) return inner;
    if (child.isNamed() && range.start.index === start && range.end.index === end) return child;
  }
  return null;
}

/** Something that the grammar put in by itself, because it was not there. */
function emptyIn(node: SyntaxNode): boolean {
  return isEmpty(node) || node.children().some(emptyIn);
}

/** As a regular expression of Rust's. */
function literally(text: string): string {
  return text.replace(/[\\.*+?()|[\]{}^$#&~-]/g, '\\$&');
}

function isEmpty(node: SyntaxNode): boolean {
  const { start, end } = node.range();
  return start.index === end.index;
}

function isMetavariable(text: string): boolean {
  return /^\$+(?:[A-Z_][A-Z0-9_]*)?$/.test(text);
}

/** As the engine does it: the `$` of metavariables becomes a character that the grammar takes for a letter. */
function expanded(pattern: string, expando: string): string {
  let text = '';
  let dollars = 0;
  for (const character of `${pattern}\0`) {
    if (character === '$') {
      dollars++;
      continue;
    }
    text += (dollars === 3 || /[A-Z_]/.test(character) ? expando : '$').repeat(dollars) + character;
    dollars = 0;
  }
  return text.slice(0, -1);
}
