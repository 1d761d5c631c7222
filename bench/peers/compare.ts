import { edgesInCycles } from './graph.js';
import type { Reference } from './reference.js';
import { ends, type Pair, RULES, type Rule, SOURCE } from './rules.js';

export interface Difference {
  readonly pair: Pair;
  /** What the compiler's tree says of the import, or that there is none. */
  readonly why: string;
}

/** One tool's findings of one rule beside those of the reference. */
export interface Comparison {
  readonly rule: Rule;
  readonly found: number;
  readonly expected: number;
  /** Imports whose target can't be known (`import(name)`): a finding of lintel's, of which no other tool speaks. */
  readonly computed: number;
  /** What is no source file, a style sheet or JSON: the reference knows source files only. */
  readonly assets: number;
  readonly missed: readonly Difference[];
  readonly extra: readonly Difference[];
  /** For `cycles`: files that lie in a cycle, of those that do by the reference. */
  readonly files: { readonly found: number; readonly expected: number } | null;
}

const COMPUTED = 'computed';

export function compare(
  found: Readonly<Partial<Record<Rule, ReadonlySet<Pair>>>>,
  expected: Readonly<Record<Rule, ReadonlySet<Pair>>>,
  reference: Reference,
): Comparison[] {
  return RULES.flatMap(rule => {
    const all = found[rule];
    if (all === undefined) return [];
    const known = [...all].filter(one => ends(one)[1] !== COMPUTED);
    const own = new Set(known.filter(one => SOURCE.test(ends(one)[1])));
    const right = expected[rule];
    const told = (pairs: Iterable<Pair>): Difference[] =>
      [...pairs].sort().map(one => ({ pair: one, why: explain(one, rule, reference) }));
    return {
      rule,
      found: own.size,
      expected: right.size,
      computed: all.size - known.length,
      assets: known.length - own.size,
      missed: told([...right].filter(one => !own.has(one))),
      extra: told([...own].filter(one => !right.has(one))),
      files:
        rule === 'cycles' ? { found: filesInCycles(own).size, expected: filesInCycles(right).size } : null,
    };
  });
}

function filesInCycles(pairs: ReadonlySet<Pair>): Set<string> {
  return new Set(edgesInCycles([...pairs]).flatMap(one => ends(one)));
}

function explain(one: Pair, rule: Rule, { written, graph, unparsed }: Reference): string {
  const [from, to] = ends(one);
  if (unparsed.has(from)) return `${from} has syntax errors`;
  if (!graph.has(from) || !graph.has(to)) return 'one of the two is no source file';
  const sites = written(one).map(({ line, specifier, kind }) => `${kind} at line ${line}: ${specifier}`);
  if (sites.length > 0) return sites.join('; ');
  return rule === 'reach' ? 'no direct import' : 'no such import';
}
