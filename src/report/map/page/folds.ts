import { circlesOf } from '../circles.js';
import type { PageData } from './data.js';
import { isWithin, type Place, plantTree, restOf, type Tree } from './tree.js';

/** What is drawn between two places: the imports between everything that is folded into them. */
export interface Bundle {
  readonly from: Place;
  readonly to: Place;
  /** Places of the imports in the data. */
  readonly imports: number[];
  violations: number;
  cyclic: boolean;
}

export interface Shown {
  readonly bundles: readonly Bundle[];
  /** Bundles that are too many to draw, the lightest. */
  readonly leftOut: number;
  /** What of an open place is drawn. */
  children(place: Place): readonly Place[];
}

/** Places drawn at most when the page opens. */
const AT_FIRST = 50;
/** Of one folder; the rest is drawn as one box. */
export const MOST_CHILDREN = 60;
const MOST_BUNDLES = 1200;

/** The tree of folders, and which of them are open. It only counts: no document is needed. */
export class Folds {
  readonly tree: Tree;
  readonly open: Set<Place>;
  /** Drawn on their own although their folder holds too many: found by search, or chosen from a list. */
  private readonly pinned = new Set<Place>();
  private readonly drawn = new Map<Place, readonly Place[]>();
  private readonly wrong: ReadonlySet<number>;

  constructor(private readonly data: PageData) {
    this.tree = plantTree(data);
    this.open = new Set([this.tree.root]);
    this.wrong = new Set(data.violations.filter(({ waived }) => !waived).map(({ at }) => at));
    this.unfoldSome();
  }

  /** Places whose path holds the text, shortest first; at most `limit`. */
  search(text: string, limit: number): { readonly found: readonly Place[]; readonly total: number } {
    const wanted = text.trim().toLowerCase();
    if (wanted === '') return { found: [], total: 0 };
    const found = this.tree.places
      .filter(({ path, parent, isRest }) => parent !== null && !isRest && path.toLowerCase().includes(wanted))
      .sort((a, b) => a.path.length - b.path.length || (a.path < b.path ? -1 : 1));
    return { found: found.slice(0, limit), total: found.length };
  }

  /** Opens what it lies in, and has it drawn on its own. */
  reveal(place: Place): void {
    for (let at: Place = place; at.parent !== null; at = at.parent) {
      this.open.add(at.parent);
      if (this.children(at.parent).includes(at)) continue;
      this.pinned.add(at);
      this.drawn.delete(at.parent);
    }
  }

  isOpen(place: Place): boolean {
    return this.open.has(place);
  }

  toggle(place: Place): void {
    if (this.open.has(place)) this.fold(place);
    else if (place.children.length > 0 && !place.isRest) this.open.add(place);
  }

  fold(place: Place): void {
    for (const open of [...this.open])
      if (isWithin(open, place) && open.parent !== null) this.open.delete(open);
  }

  foldAll(): void {
    this.fold(this.tree.root);
  }

  /** What is drawn of an open place: at most `MOST_CHILDREN`, and one box for the rest. */
  children(place: Place): readonly Place[] {
    const known = this.drawn.get(place);
    if (known !== undefined) return known;
    const { children } = place;
    let drawn: readonly Place[] = children;
    if (children.length > MOST_CHILDREN) {
      const rank = (child: Place): number => child.weight + (this.pinned.has(child) ? 1e9 : 0);
      const sorted = [...children].sort((a, b) => rank(b) - rank(a));
      const kept = new Set(sorted.slice(0, MOST_CHILDREN));
      drawn = [
        ...children.filter(child => kept.has(child)),
        restOf(this.tree, place, sorted.slice(MOST_CHILDREN)),
      ];
    }
    this.drawn.set(place, drawn);
    return drawn;
  }

  /** What is drawn now. `focus`: only it, what it imports and what it is imported by. */
  shown(focus: Place | null): Shown {
    const visible = this.visible();
    const bundles = new Map<number, Bundle>();
    const size = this.tree.places.length;
    const { imports } = this.data;
    for (let at = 0; at < imports.length; at++) {
      const [fromEnd = 0, toEnd = 0] = imports[at] ?? [];
      const from = visible[fromEnd];
      const to = visible[toEnd];
      if (from === undefined || to === undefined) continue;
      // Of an open folder as a whole from inside it, too: there is no arrow to draw.
      if (from === to ? from !== this.tree.ofData[fromEnd] || fromEnd !== toEnd : isWithin(from, to))
        continue;
      const key = from.at * size + to.at;
      let bundle = bundles.get(key);
      if (bundle === undefined) {
        bundle = { from, to, imports: [], violations: 0, cyclic: false };
        bundles.set(key, bundle);
      }
      bundle.imports.push(at);
      if (this.wrong.has(at)) bundle.violations++;
    }
    const all = [...bundles.values()];
    markCircles(all);
    const near =
      focus === null ? all : all.filter(({ from, to }) => isWithin(from, focus) || isWithin(to, focus));
    const kept = [...near].sort((a, b) => rankOf(b) - rankOf(a)).slice(0, MOST_BUNDLES);
    const children = focus === null ? null : childrenNear(focus, kept);
    return {
      bundles: kept,
      leftOut: near.length - kept.length,
      children: place => {
        const own = this.children(place);
        return children === null
          ? own
          : own.filter(child => children.has(child) || isWithin(child, focus ?? child));
      },
    };
  }

  /** The box in which each of the data's places is seen. */
  private visible(): readonly Place[] {
    const seen: Place[] = [];
    const spread = (place: Place, box: Place): void => {
      seen[place.at] = box;
      for (const child of place.children) spread(child, box);
    };
    const walk = (place: Place): void => {
      seen[place.at] = place;
      for (const child of this.children(place)) {
        if (this.open.has(child)) walk(child);
        else spread(child, child);
      }
    };
    walk(this.tree.root);
    return this.tree.ofData.map(({ at }) => seen[at] ?? this.tree.root);
  }

  /** The heaviest folders, as long as it stays a picture; what matters little stays folded. */
  private unfoldSome(): void {
    const { root } = this.tree;
    let boxes = root.children.length;
    const closed = [...root.children];
    for (;;) {
      const fitting = closed.filter(
        ({ children, weight }) =>
          children.length > 0 && boxes + children.length <= AT_FIRST && weight > root.weight / 20,
      );
      if (fitting.length === 0) return;
      const heaviest = fitting.reduce((best, place) => (place.weight > best.weight ? place : best));
      this.open.add(heaviest);
      boxes += heaviest.children.length;
      closed.splice(closed.indexOf(heaviest), 1, ...heaviest.children);
    }
  }
}

function rankOf({ violations, cyclic, imports }: Bundle): number {
  return (violations > 0 ? 2e9 : cyclic ? 1e9 : 0) + imports.length;
}

/** The ends of the bundles, and all that they lie in. */
function childrenNear(focus: Place, bundles: readonly Bundle[]): ReadonlySet<Place> {
  const near = new Set<Place>();
  for (const end of [focus, ...bundles.flatMap(({ from, to }) => [from, to])])
    for (let at: Place | null = end; at !== null; at = at.parent) near.add(at);
  return near;
}

function markCircles(bundles: readonly Bundle[]): void {
  const ids = new Set<string>();
  const named = bundles.map(bundle => {
    const ends = { from: String(bundle.from.at), to: String(bundle.to.at), bundle };
    ids.add(ends.from).add(ends.to);
    return ends;
  });
  const { edges } = circlesOf([...ids], named);
  for (const end of edges) end.bundle.cyclic = true;
}
