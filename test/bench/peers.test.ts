import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { edgesInCycles, type ImportGraph, judge } from '../../bench/peers/graph.js';
import { ends, globSource, type Pair, pair, type RuleSet } from '../../bench/peers/rules.js';
import { mayImport } from '../../bench/source.js';

const RULES: RuleSet = {
  name: 'test',
  keep: () => true,
  root: 'src',
  tsconfig: 'tsconfig.json',
  conditions: [],
  layers: [
    { name: 'high', files: 'src/h/**' },
    { name: 'low', files: 'src/l/**' },
  ],
  reach: { from: 'src/a/**', to: 'src/z/**' },
};

function graphOf(edges: readonly (readonly [string, string, ('run time' | 'type')?])[]): ImportGraph {
  const graph = new Map<string, Map<string, 'run time' | 'type'>>();
  for (const [from, to, kind = 'run time'] of edges) {
    graph.set(from, (graph.get(from) ?? new Map()).set(to, kind));
    if (!graph.has(to)) graph.set(to, new Map());
  }
  return graph;
}

describe('the rules that every tool is given', () => {
  for (const [glob, inside, outside] of [
    ['src/vs/**', 'src/vs/a/b.ts', 'src/vsx/a.ts'],
    ['p/*/src/{a,b}/**/x.ts', 'p/q/src/b/x.ts', 'p/q/r/src/b/x.ts'],
    ['p/x-*/src/y.t?', 'p/x-1/src/y.ts', 'p/x-1/src/yxts'],
  ] as const)
    it(`reads ${glob}`, () => {
      const pattern = new RegExp(globSource(glob));
      assert.deepEqual(
        [inside, outside].filter(path => pattern.test(path)),
        [inside],
      );
    });

  it('counts no import for types as part of a cycle', () => {
    const { cycles } = judge(
      graphOf([
        ['src/1.ts', 'src/2.ts'],
        ['src/2.ts', 'src/1.ts'],
        ['src/3.ts', 'src/4.ts'],
        ['src/4.ts', 'src/3.ts', 'type'],
      ]),
      RULES,
      'whole chains',
    );
    assert.deepEqual([...cycles], [pair('src/1.ts', 'src/2.ts'), pair('src/2.ts', 'src/1.ts')]);
  });

  it('counts imports for types against the layers', () => {
    const { layers } = judge(graphOf([['src/l/1.ts', 'src/h/1.ts', 'type']]), RULES, 'whole chains');
    assert.deepEqual([...layers], [pair('src/l/1.ts', 'src/h/1.ts')]);
  });

  it('reports a chain from its last file on this side to its first on the other', () => {
    const chain = graphOf([
      ['src/a/1.ts', 'src/a/2.ts'],
      ['src/a/2.ts', 'src/m.ts'],
      ['src/m.ts', 'src/z/1.ts'],
      ['src/z/1.ts', 'src/z/2.ts'],
    ]);
    assert.deepEqual([...judge(chain, RULES, 'shortest pairs').reach], [pair('src/a/2.ts', 'src/z/1.ts')]);
    assert.equal(judge(chain, RULES, 'whole chains').reach.size, 4);
  });

  it('breaks a rule by both readings or by neither', () => {
    const file = fc.constantFrom(
      'src/a/1.ts',
      'src/a/2.ts',
      'src/m.ts',
      'src/n.ts',
      'src/z/1.ts',
      'src/z/2.ts',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(file, file), { maxLength: 12 }), edges => {
        const graph = graphOf(edges);
        const whole = judge(graph, RULES, 'whole chains').reach;
        const shortest = judge(graph, RULES, 'shortest pairs').reach;
        return whole.size > 0 === shortest.size > 0 && [...shortest].every(one => whole.has(one));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('edgesInCycles', () => {
  it('finds the edges whose end leads back to their start', () => {
    const node = fc.integer({ min: 0, max: 7 }).map(String);
    fc.assert(
      fc.property(fc.array(fc.tuple(node, node), { maxLength: 20 }), list => {
        const edges = list.map(([from, to]) => pair(from, to));
        const expected = edges.filter(edge => leadsTo(edges, ends(edge)[1], ends(edge)[0]));
        assert.deepEqual(edgesInCycles(edges), expected);
      }),
      { numRuns: 1000 },
    );
  });
});

function leadsTo(edges: readonly Pair[], from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const at of seen) for (const [start, end] of edges.map(ends)) if (start === at) seen.add(end);
  return seen.has(to);
}

describe('mayImport', () => {
  it('lets a generated module import what is further down its folder, and nothing else', () => {
    const at = (name: string): string => `packages/billing-000/src/ui/${name}.ts`;
    assert.equal(mayImport(at('invoice-ui-0'), at('account-ui-0')), true);
    assert.equal(mayImport(at('customer-ui-0'), at('invoice-ui-1')), true);
    assert.equal(mayImport(at('invoice-ui-1'), at('customer-ui-0')), false);
    assert.equal(mayImport(at('invoice-ui-0'), at('index')), false);
  });
});
