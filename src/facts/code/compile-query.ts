import type { Json } from '../../model/canonical.js';
import { type Grammar, grammarsOf } from './languages.js';
import { nativeFor, parseCode } from './native.js';
import { type CodeProblem, CodeProblemError, type CodeQuery, type SyntaxRule } from './query.js';
import { isReadable, readingsOf } from './readings.js';

/** What the engine is asked, in one grammar. */
export interface EngineQuery {
  readonly rule: SyntaxRule;
  readonly constraints?: { readonly [variable: string]: SyntaxRule };
  readonly utils?: { readonly [name: string]: SyntaxRule };
}

/** Matches no node. */
const NOTHING: SyntaxRule = { all: [{ kind: 'ERROR' }, { not: { kind: 'ERROR' } }] };

const compiled = new WeakMap<CodeQuery, Map<Grammar, EngineQuery>>();

/**
 * The query as the engine wants it, its patterns read as code of the right place.
 * @throws CodeProblemError when the engine is missing, or refuses the rule
 */
export function compileQuery(query: CodeQuery, grammar: Grammar): EngineQuery {
  let grammars = compiled.get(query);
  if (grammars === undefined) {
    grammars = new Map();
    compiled.set(query, grammars);
  }
  let known = grammars.get(grammar);
  if (known === undefined) {
    known = compile(query, grammar);
    grammars.set(grammar, known);
  }
  return known;
}

/** @returns what is wrong with the query or with this installation, or `null` */
export function checkQuery(query: CodeQuery): CodeProblem | null {
  try {
    for (const grammar of grammarsOf(query.language)) compileQuery(query, grammar);
    return null;
  } catch (error) {
    if (!(error instanceof CodeProblemError)) throw error;
    return error.problem;
  }
}

function compile(query: CodeQuery, grammar: Grammar): EngineQuery {
  const convert = (rule: SyntaxRule, key: string): SyntaxRule => converted(rule, key, query, grammar);
  const each = (rules: { readonly [name: string]: SyntaxRule }, key: string) =>
    Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, convert(rule, `${key}/${name}`)]));
  const engine: EngineQuery = {
    rule: convert(query.rule, 'rule'),
    ...(query.constraints === undefined ? {} : { constraints: each(query.constraints, 'constraints') }),
    ...(query.utils === undefined ? {} : { utils: each(query.utils, 'utils') }),
  };
  try {
    parseCode(grammar, '').findAll(engine);
  } catch (error) {
    throw refused(error instanceof Error ? said(error.message) : String(error), 'rule');
  }
  return engine;
}

/** The engine's own words, without its drawings. */
function said(message: string): string {
  const lines = message.split('\n').map(line => line.replace(/^[\s|>-]+/, '').trim());
  return lines.filter(line => line !== '').join(' ');
}

function converted(rule: SyntaxRule, key: string, query: CodeQuery, grammar: Grammar): SyntaxRule {
  const result: { [key: string]: Json } = {};
  for (const [name, value] of Object.entries(rule)) {
    const at = `${key}/${name}`;
    if (Array.isArray(value) && (name === 'all' || name === 'any')) {
      result[name] = (value as readonly SyntaxRule[]).map((each, index) =>
        converted(each, `${at}/${index}`, query, grammar),
      );
    } else if (name !== 'pattern' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      result[name] = converted(value as SyntaxRule, at, query, grammar);
    } else result[name] = value;
  }
  return withKind(withPattern(result, key, query, grammar), key, query, grammar);
}

function withPattern(rule: SyntaxRule, key: string, query: CodeQuery, grammar: Grammar): SyntaxRule {
  const { pattern, ...rest } = rule;
  if (pattern === undefined) return rule;
  const at = `${key}/pattern`;
  if (typeof pattern !== 'string') {
    const { context } = pattern as { readonly context: string };
    if (isReadable(grammar, context)) return rule;
    return elsewhere(
      query,
      grammar,
      other => isReadable(other, context),
      rule,
      'pattern',
      () => refused(`${grammar} finds a syntax error in the context of the pattern`, `${at}/context`),
    );
  }
  const reading = readingsOf(grammar, pattern);
  if ('wrong' in reading) {
    return elsewhere(
      query,
      grammar,
      other => 'rules' in readingsOf(other, pattern),
      rule,
      'pattern',
      () => refused(`the pattern \`${pattern}\` can't be read as ${grammar}: ${reading.wrong}`, at),
    );
  }
  const [only, ...more] = reading.rules;
  if (only !== undefined && more.length === 0) return { ...rest, ...only };
  return beside(rest, { any: reading.rules });
}

function withKind(rule: SyntaxRule, key: string, query: CodeQuery, grammar: Grammar): SyntaxRule {
  const { kind } = rule;
  // Others are selectors (`a > b`), which the engine checks itself.
  if (typeof kind !== 'string' || !/^\w+$/.test(kind)) return rule;
  const isKind = (other: Grammar): boolean => nativeFor(other).kind(other, kind) !== 0;
  if (isKind(grammar)) return rule;
  return elsewhere(query, grammar, isKind, rule, 'kind', () =>
    refused(`${grammar} has no kind of node called ${kind}`, `${key}/kind`),
  );
}

/**
 * What another grammar of the same language knows and this one doesn't (a cast `<T>x` in `.tsx`) can't occur here.
 */
function elsewhere(
  query: CodeQuery,
  grammar: Grammar,
  knows: (grammar: Grammar) => boolean,
  rule: SyntaxRule,
  key: string,
  problem: () => CodeProblemError,
): SyntaxRule {
  if (!grammarsOf(query.language).some(other => other !== grammar && knows(other))) throw problem();
  const { [key]: _, ...rest } = rule;
  return beside(rest, NOTHING);
}

/** Both must hold; neither's own `all` and `any` are touched. `stopBy` and `field` stay where the relation is. */
function beside(rest: SyntaxRule, other: SyntaxRule): SyntaxRule {
  const { stopBy, field, all, ...conditions } = rest;
  const own: SyntaxRule[] = [
    ...((all as readonly SyntaxRule[] | undefined) ?? []),
    ...Object.entries(conditions).map(([name, value]): SyntaxRule => ({ [name]: value })),
  ];
  return {
    ...(stopBy === undefined ? {} : { stopBy }),
    ...(field === undefined ? {} : { field }),
    all: [other, ...own],
  };
}

function refused(message: string, key: string): CodeProblemError {
  const remedy =
    'try it on https://ast-grep.github.io/playground.html; a pattern that is no whole piece of code can be given as { context, selector }';
  return new CodeProblemError({ code: 'rule-invalid', message, remedy, key });
}
