import type { ImportGraph } from '../facts/graph/import-graph.js';
import { oncePer } from '../model/once.js';
import type { LeftOut } from './kind.js';

type Make<Rule, Made> = (rule: Rule, graph: ImportGraph, leftOut: LeftOut) => Made;

/** Made once for a rule and a graph: a rule belongs to one invariant, which always leaves out the same files. */
export function oncePerGraph<Rule extends object, Made extends object>(
  make: Make<Rule, Made>,
): Make<Rule, Made> {
  const madeOf = oncePer((_: ImportGraph) => new WeakMap<Rule, Made>());
  return (rule, graph, leftOut) => {
    const byRule = madeOf(graph);
    let made = byRule.get(rule);
    if (made === undefined) {
      made = make(rule, graph, leftOut);
      byRule.set(rule, made);
    }
    return made;
  };
}
