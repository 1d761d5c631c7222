/** The page's own arithmetic: which boxes and arrows are there for which open folders. No browser needed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { arrange } from '../../../src/report/map/page/arrange.js';
import type { PageData } from '../../../src/report/map/page/data.js';
import { Folds, MOST_CHILDREN } from '../../../src/report/map/page/folds.js';
import type { Place } from '../../../src/report/map/page/tree.js';

function data(
  paths: readonly string[],
  imports: readonly (readonly [number, number])[],
  groups: readonly string[] = [],
): PageData {
  return {
    commit: '',
    places: paths.map(path => {
      const [group = '', ...rest] = path.split('|');
      return rest.length === 0 ? [path, -1] : [rest.join('|'), groups.indexOf(group)];
    }),
    groups,
    files: paths.length,
    imports: imports.map(([from, to], at) => [from, to, at + 1, 0, 'x']),
    kinds: ['value'],
    decisions: [],
    governed: [],
    violations: [],
    unread: [],
  };
}

function labels(folds: Folds, focus: Place | null = null): string[] {
  const shown = folds.shown(focus);
  const names: string[] = [];
  const walk = (place: Place, depth: number): void => {
    for (const child of shown.children(place)) {
      names.push(`${'  '.repeat(depth)}${child.label}`);
      if (folds.isOpen(child)) walk(child, depth + 1);
    }
  };
  walk(folds.tree.root, 0);
  return names;
}

function arrows(folds: Folds, focus: Place | null = null): string[] {
  return folds
    .shown(focus)
    .bundles.map(
      ({ from, to, imports, cyclic }) => `${from.path} → ${to.path} ${imports.length}${cyclic ? '*' : ''}`,
    )
    .sort();
}

function named(folds: Folds, path: string): Place {
  const place = folds.tree.places.find(one => one.path === path && one.parent !== null);
  assert.ok(place, path);
  return place;
}

const PATHS = ['src/vs/base/a.ts', 'src/vs/base/b.ts', 'src/vs/ui/c.ts', 'src/vs/ui/deep/d.ts', 'lib/'];
const SMALL = data(PATHS, [
  [0, 1],
  [2, 0],
  [3, 1],
  [0, 3],
  [2, 4],
]);

test('folders that hold one folder are one step; closed, a folder gathers the imports of all that is in it', () => {
  const folds = new Folds(SMALL);
  folds.foldAll();
  assert.deepEqual(labels(folds), ['src/vs', 'lib']);
  assert.deepEqual(arrows(folds), ['src/vs → lib 1']);
  folds.toggle(named(folds, 'src/vs'));
  assert.deepEqual(labels(folds), ['src/vs', '  base', '  ui', 'lib']);
  assert.deepEqual(arrows(folds), [
    'src/vs/base → src/vs/ui 1*',
    'src/vs/ui → lib 1',
    'src/vs/ui → src/vs/base 2*',
  ]);
});

test('folding closes what is open inside, too', () => {
  const folds = new Folds(SMALL);
  folds.reveal(named(folds, 'src/vs/ui/deep/d.ts'));
  const top = named(folds, 'src/vs');
  folds.toggle(top);
  folds.toggle(top);
  assert.deepEqual(labels(folds), ['src/vs', '  base', '  ui', 'lib']);
});

test('search finds files and folders, the shortest first, and says how many there are', () => {
  const folds = new Folds(SMALL);
  const { found, total } = folds.search(' UI/', 2);
  assert.deepEqual([found.map(({ path }) => path), total], [['src/vs/ui/c.ts', 'src/vs/ui/deep'], 3]);
  assert.deepEqual(folds.search(' ', 2), { found: [], total: 0 });
});

test('focus: the place, and what is at the other end of its arrows', () => {
  const folds = new Folds(SMALL);
  folds.reveal(named(folds, 'src/vs/ui/deep/d.ts'));
  folds.reveal(named(folds, 'src/vs/base/a.ts'));
  const focus = named(folds, 'src/vs/ui/deep/d.ts');
  assert.deepEqual(arrows(folds, focus), [
    'src/vs/base/a.ts → src/vs/ui/deep/d.ts 1',
    'src/vs/ui/deep/d.ts → src/vs/base/b.ts 1',
  ]);
  assert.deepEqual(
    labels(folds, focus).map(one => one.trim()),
    ['src/vs', 'base', 'a.ts', 'b.ts', 'ui', 'deep', 'd.ts'],
  );
});

test('components stand above folders and are called by their names; a folder may be called as one', () => {
  const folds = new Folds(
    data(
      ['ui|src/ui/a.ts', 'ui|src/ui/b.ts', 'packages|npm:@s/p', 'packages/x.ts'],
      [
        [0, 2],
        [3, 0],
      ],
      ['ui', 'packages'],
    ),
  );
  folds.foldAll();
  assert.deepEqual(labels(folds), ['ui', 'packages', 'packages']);
  folds.reveal(named(folds, 'npm:@s/p'));
  folds.reveal(named(folds, 'src/ui/b.ts'));
  assert.deepEqual(labels(folds), ['ui', '  a.ts', '  b.ts', 'packages', '  npm:@s/p', 'packages']);
});

const HUGE = Array.from({ length: 1000 }, (_, at) => `big/f${at}.ts`);

test('a huge folder draws its heaviest files and one box for the rest; what is searched for joins them', () => {
  const folds = new Folds(
    data(
      [...HUGE, 'x.ts'],
      [
        [0, 1],
        [0, 999],
        [1000, 500],
      ],
    ),
  );
  const big = named(folds, 'big');
  folds.foldAll();
  folds.toggle(big);
  const drawn = folds.shown(null).children(big);
  assert.equal(drawn.length, MOST_CHILDREN + 1);
  assert.equal(drawn.at(-1)?.label, `… ${1000 - MOST_CHILDREN} more`);
  for (const file of ['big/f0.ts', 'big/f500.ts', 'big/f999.ts'])
    assert.ok(drawn.includes(named(folds, file)), file);
  const light = named(folds, 'big/f777.ts');
  assert.equal(drawn.includes(light), false);
  folds.reveal(light);
  const after = folds.shown(null).children(big);
  assert.ok(after.includes(light));
  assert.equal(after.length, MOST_CHILDREN + 1);
});

const TREE = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', '__proto__'), { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 20,
});

test('whatever is open, every import is in one arrow, or inside one box or frame; boxes never lie over each other', () => {
  fc.assert(
    fc.property(
      TREE,
      fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 30 }),
      fc.array(fc.nat(), { maxLength: 12 }),
      (tree, ends, clicks) => {
        const paths = [...new Set(tree.map(segments => `${segments.join('/')}.ts`))];
        const imports = ends.map(([from, to]) => [from % paths.length, to % paths.length] as const);
        const folds = new Folds(data(paths, imports));
        for (const click of clicks) {
          const place = folds.tree.places[click % folds.tree.places.length];
          if (place?.parent) folds.toggle(place);
        }
        const shown = folds.shown(null);
        const rects = arrange(
          folds.tree.root,
          shown,
          place => folds.isOpen(place),
          ({ label }) => label,
        );
        const seen = (file: number): Place => {
          let at = folds.tree.ofData[file] ?? folds.tree.root;
          while (!rects.has(at) && at.parent !== null) at = at.parent;
          return at;
        };
        const drawn = shown.bundles.flatMap(({ from, to, imports: own }) =>
          own.map(at => [at, from.at, to.at]),
        );
        const expected = imports.flatMap(([from, to], at) => {
          const [a, b] = [seen(from), seen(to)];
          const isLoop = from === to && a === folds.tree.ofData[from];
          return a !== b || isLoop ? [[at, a.at, b.at]] : [];
        });
        const inOrder = (a: readonly (number | undefined)[], b: readonly (number | undefined)[]) =>
          (a[0] ?? 0) - (b[0] ?? 0);
        assert.deepEqual(drawn.sort(inOrder), expected.sort(inOrder));
        for (const [place, rect] of rects) {
          const parent = place.parent === null ? undefined : rects.get(place.parent);
          if (parent !== undefined)
            assert.ok(
              rect.x >= parent.x &&
                rect.y >= parent.y &&
                rect.x + rect.width <= parent.x + parent.width + 0.01 &&
                rect.y + rect.height <= parent.y + parent.height + 0.01,
              'inside its frame',
            );
          for (const [other, to] of rects)
            if (other !== place && other.parent === place.parent)
              assert.ok(
                rect.x + rect.width <= to.x ||
                  to.x + to.width <= rect.x ||
                  rect.y + rect.height <= to.y ||
                  to.y + to.height <= rect.y,
                'beside each other',
              );
        }
      },
    ),
  );
});
