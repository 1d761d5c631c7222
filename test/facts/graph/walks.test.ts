import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { componentSizes, type Digraph, strongComponents } from '../../../src/facts/graph/components.js';
import { reachAcross } from '../../../src/facts/graph/reach-across.js';
import { shortestChain } from '../../../src/facts/graph/shortest-chain.js';

type Pairs = readonly (readonly [number, number])[];

function digraph(size: number, pairs: Pairs): Digraph {
  const rows: number[][] = Array.from({ length: size }, () => []);
  for (const [from, to] of pairs) rows[from]?.push(to);
  const starts = new Uint32Array(size + 1);
  rows.forEach((row, node) => {
    starts[node + 1] = (starts[node] ?? 0) + row.length;
  });
  return { size, starts, targets: Uint32Array.from(rows.flat()) };
}

function successors({ starts, targets }: Digraph, node: number): readonly number[] {
  return [...targets.subarray(starts[node], starts[node + 1])];
}

/** Nodes that one leads to over at least one edge. */
function reachable(
  graph: Digraph,
  from: number,
  passes: (node: number) => boolean = () => true,
): Set<number> {
  const seen = new Set<number>();
  const open = [from];
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const to of successors(graph, node)) {
      if (seen.has(to)) continue;
      seen.add(to);
      if (passes(to)) open.push(to);
    }
  return seen;
}

const SIZE = 9;
const node = fc.nat(SIZE - 1);
const pairs = fc.array(fc.tuple(node, node), { maxLength: 25 });

test('components hold what leads to each other, and no edge leads to a higher number', () => {
  fc.assert(
    fc.property(pairs, list => {
      const graph = digraph(SIZE, list);
      const { of, count, order } = strongComponents(graph, Array(SIZE).keys(), () => true);
      const reach = Array.from({ length: SIZE }, (_, from) => reachable(graph, from));
      for (let a = 0; a < SIZE; a++)
        for (let b = 0; b < SIZE; b++) {
          const isMutual = a === b || (reach[a]?.has(b) === true && reach[b]?.has(a) === true);
          assert.equal(of[a] === of[b], isMutual, `${a} and ${b}`);
        }
      for (const [from, to] of list) assert.ok((of[to] ?? 0) <= (of[from] ?? 0));
      assert.deepEqual([...order].sort(), [...Array(SIZE).keys()]);
      assert.deepEqual(
        [...order].map(each => of[each]),
        [...of].sort((a, b) => a - b),
      );
      assert.equal(
        componentSizes({ of, count, order }).reduce((sum, each) => sum + each, 0),
        SIZE,
      );
    }),
    { numRuns: 500 },
  );
});

test('a walk over a long chain needs no deep stack', () => {
  const size = 200_000;
  const graph = digraph(
    size,
    Array.from({ length: size - 1 }, (_, at) => [at, at + 1] as const),
  );
  assert.equal(strongComponents(graph, [0], () => true).count, size);
});

test('thousands of targets cross in several passes, as a search from each source finds them', () => {
  const [sources, inner, ends] = [40, 300, 2600];
  const size = sources + inner + ends;
  let state = 7;
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const list: [number, number][] = [];
  for (let at = 0; at < sources * 2; at++) list.push([random(sources), sources + random(inner)]);
  for (let at = 0; at < inner * 1.2; at++) list.push([sources + random(inner), sources + random(inner)]);
  for (let at = 0; at < ends; at++) list.push([sources + random(inner), sources + inner + at]);
  // A direct edge is no chain; an end leads nowhere on.
  list.push([0, size - 1], [size - 2, size - 3]);
  const graph = digraph(size, list);
  const isInner = (each: number): boolean => each >= sources && each < sources + inner;
  const found = new Set<string>();
  reachAcross(
    graph,
    {
      sources: [...Array(sources).keys()],
      isInner,
      isTarget: each => each >= sources + inner,
      follows: () => true,
    },
    (from, to) => {
      assert.ok(!found.has(`${from} ${to}`), 'found twice');
      found.add(`${from} ${to}`);
    },
  );
  const expected = new Set<string>();
  for (let from = 0; from < sources; from++)
    for (const first of successors(graph, from).filter(isInner))
      for (const to of reachable(graph, first, isInner))
        if (to >= sources + inner) expected.add(`${from} ${to}`);
  assert.ok(expected.size > 5000, `${expected.size} pairs`);
  assert.deepEqual([...found].sort(), [...expected].sort());
});

test('the chain that is shown does not depend on how nodes are numbered', () => {
  const permutation = fc.shuffledSubarray([...Array(SIZE).keys()], { minLength: SIZE });
  const many = fc.array(fc.tuple(node, node), { minLength: 12, maxLength: 25 });
  let chains = 0;
  fc.assert(
    fc.property(many, permutation, node, node, (list, numbers, from, to) => {
      const shown = (number: (name: number) => number): readonly number[] | null => {
        const graph = digraph(
          SIZE,
          list.map(([a, b]) => [number(a), number(b)] as const),
        );
        const names = new Map([...Array(SIZE).keys()].map(name => [number(name), name]));
        const steps = shortestChain(graph, {
          from: number(from),
          to: number(to),
          passes: () => true,
          follows: () => true,
          isFree: () => false,
          rank: () => 0,
          name: each => String(names.get(each)),
        });
        return steps === null ? null : steps.map(step => names.get(step.node) ?? -1);
      };
      const straight = shown(name => name);
      if (straight !== null) chains++;
      assert.deepEqual(
        shown(name => numbers[name] ?? 0),
        straight,
      );
    }),
    { numRuns: 600 },
  );
  assert.ok(chains > 100, `${chains} chains`);
});
