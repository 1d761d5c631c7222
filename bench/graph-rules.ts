/**
 * What the rules over the graph cost on a generated graph of 27,000 files and 200,000 imports, one rule after the other:
 * CPU milliseconds of the first run and of the fastest of six. `node --import tsx bench/graph-rules.ts`
 */

import type { ImportGraph } from '../src/facts/graph/import-graph.js';
import { repoPath } from '../src/model/brand.js';
import type { Json } from '../src/model/canonical.js';
import type { Edge, EdgeKind } from '../src/model/edges.js';
import { factsOf, ruleOf } from '../test/invariants/project.js';
import { buildGraph, type GraphRow } from '../test/support/build-graph.js';

const FILES = 27_000;
const IMPORTS = 200_000;
const RUNS = 6;
const FOLDERS = ['ui', 'api', 'core', 'db', 'lib', 'util', 'feature', 'free'];
const KINDS: readonly EdgeKind[] = ['value', 'value', 'type', 'dynamic'];

const RULES: readonly Readonly<Record<string, Json>>[] = [
  { 'forbid-import': { from: 'src/ui/d1/**', to: 'src/db/d2/**', transitive: true } },
  { 'forbid-import': { from: 'src/ui/**', to: 'src/db/d2/**', transitive: true } },
  {
    layers: { order: ['src/ui/d1/**', 'src/api/d1/**', 'src/core/d1/**', 'src/db/d1/**'], transitive: true },
  },
  { 'require-import': { from: 'src/ui/**', to: 'src/db/d2/**', transitive: true } },
  { acyclic: {} },
  { 'stable-dependencies': { in: 'src/**' } },
  { 'fan-in': { in: 'src/**', max: 20 } },
  { 'no-orphans': { in: 'src/**' } },
];

/** Imports lead to files of lower numbers, so that the graph is nearly free of circles, as real ones are. */
function generated(): ImportGraph {
  let state = 42;
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const path = (at: number): string => `src/${FOLDERS[at % FOLDERS.length]}/d${at % 97}/f${at}.ts`;
  const edges: Edge[][] = Array.from({ length: FILES }, () => []);
  for (let made = 0; made < IMPORTS; made++) {
    const from = random(FILES);
    const kind = KINDS[random(KINDS.length)] ?? 'value';
    edges[from]?.push({
      target: { type: 'file', path: repoPath(path(random(from + 1))) },
      site: { specifier: 'x', kind, typeOnly: kind === 'type', line: 1 + random(50), column: 1 },
    });
  }
  const rows = edges.map((list, at): GraphRow => ({ path: path(at), edges: list }));
  return buildGraph(
    rows.sort((a, b) => (a.path < b.path ? -1 : 1)),
    () => [],
  );
}

const graph = generated();
const facts = { ...factsOf({}), graph: () => graph };
console.log(`${graph.size} files, ${graph.targets.length} imports`);
for (const invariant of RULES) {
  const times: number[] = [];
  let found = 0;
  for (let run = 0; run < RUNS; run++) {
    // A rule of its own each time: what is kept for a rule and a graph counts, too.
    const { kind, rule } = ruleOf(invariant);
    const start = process.cpuUsage();
    found =
      kind.evaluateGraph?.(rule, facts, () => false).length ??
      kind.evaluate?.(rule, facts, 'all', () => false).length ??
      0;
    times.push(Math.round(process.cpuUsage(start).user / 1000));
  }
  console.log(`${times[0]} ms, then ${Math.min(...times)} ms, ${found} found: ${JSON.stringify(invariant)}`);
}
