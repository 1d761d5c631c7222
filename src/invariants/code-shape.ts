import type { CodeQuery, SyntaxRule } from '../facts/code/query.js';
import type { Json } from '../model/canonical.js';
import type { RuleCompiler } from './kind.js';

/**
 * What the schema can't say of a rule, and the engine would take in silence: a rule that says only what a node is
 * not, or where it lies, matches nodes that nobody meant; `stopBy` and `field` mean something in relations alone.
 */
export function checkShape(query: CodeQuery, compiler: RuleCompiler): void {
  const utils = query.utils ?? {};
  const check = (rule: SyntaxRule, key: string): void => {
    walk(rule, key, null, (each, at, relation) => {
      for (const only of ['stopBy', 'field'] as const) {
        const fits = relation !== null && (only === 'stopBy' || relation === 'has' || relation === 'inside');
        if (each[only] !== undefined && !fits)
          compiler.fail(`"${only}" means nothing here`, `${at}/${only}`, HINTS[only]);
      }
      const { matches } = each;
      if (typeof matches === 'string' && !Object.hasOwn(utils, matches))
        compiler.fail(`no rule in "utils" is called "${matches}"`, `${at}/matches`, named(utils));
    });
  };
  check(query.rule, 'rule');
  for (const [name, rule] of Object.entries(utils)) check(rule, `utils/${name}`);
  for (const [name, rule] of Object.entries(query.constraints ?? {})) check(rule, `constraints/${name}`);
  if (!isPositive(query.rule, utils, new Set()))
    compiler.fail(
      'the rule does not say what to look for',
      'rule',
      'give it a `pattern` or a `kind`: `regex`, `not`, `has` and `inside` alone match nodes of every kind',
    );
}

const HINTS = {
  stopBy: 'it belongs inside `inside`, `has`, `precedes` or `follows`',
  field: 'it belongs inside `has` or `inside`',
} as const;

function named(utils: { readonly [name: string]: SyntaxRule }): string {
  const names = Object.keys(utils);
  return names.length === 0 ? 'add `utils` beside `rule`' : `there are ${names.join(', ')}`;
}

const RELATIONS: readonly string[] = ['inside', 'has', 'precedes', 'follows'];

type Visit = (rule: SyntaxRule, key: string, relation: string | null) => void;

function walk(rule: SyntaxRule, key: string, relation: string | null, visit: Visit): void {
  visit(rule, key, relation);
  for (const [name, value] of Object.entries(rule)) {
    const at = `${key}/${name}`;
    if (name === 'all' || name === 'any')
      (value as readonly SyntaxRule[]).forEach((each, index) => {
        walk(each, `${at}/${index}`, null, visit);
      });
    else if (name === 'nthChild') {
      const ofRule = isRule(value) ? value['ofRule'] : undefined;
      if (isRule(ofRule)) walk(ofRule, `${at}/ofRule`, null, visit);
    } else if (name !== 'pattern' && isRule(value))
      walk(value, at, RELATIONS.includes(name) ? name : null, visit);
  }
}

function isRule(value: Json | undefined): value is SyntaxRule {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Does the rule say of what kind a node is, by example or by name? */
function isPositive(
  rule: SyntaxRule,
  utils: { readonly [name: string]: SyntaxRule },
  within: ReadonlySet<string>,
): boolean {
  const { pattern, kind, all, matches } = rule;
  const some = rule.any;
  if (pattern !== undefined || kind !== undefined) return true;
  const isSo = (each: SyntaxRule): boolean => isPositive(each, utils, within);
  if (Array.isArray(all) && (all as readonly SyntaxRule[]).some(isSo)) return true;
  if (Array.isArray(some) && (some as readonly SyntaxRule[]).every(isSo)) return true;
  if (typeof matches !== 'string' || within.has(matches)) return false;
  const util = utils[matches];
  return util !== undefined && isPositive(util, utils, new Set([...within, matches]));
}
