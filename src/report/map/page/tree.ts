import type { PageData } from './data.js';

/** A folder or file; folders that hold nothing but one folder are drawn as one. */
export interface Place {
  readonly id: string;
  readonly label: string;
  readonly parent: Place | null;
  readonly children: Place[];
  /** Place of the file in the data; -1: a folder. */
  readonly file: number;
  files: number;
}

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
  readonly places: readonly Place[];
  readonly bundles: readonly Bundle[];
}

const UNFOLDED_AT_FIRST = 40;

/** The tree of folders, and which of them are open. No page needed: it only counts. */
export class Folds {
  readonly root: Place = { id: '', label: '', parent: null, children: [], file: -1, files: 0 };
  readonly open = new Set<Place>([this.root]);
  private readonly places = new Map<string, Place>([['', this.root]]);
  private readonly ofFile: Place[];

  constructor(private readonly data: PageData) {
    this.ofFile = data.files.map((path, file) => this.add(path, file));
    this.join(this.root);
    this.unfoldSome();
  }

  find(id: string): Place | undefined {
    return this.places.get(id);
  }

  /** Files whose name holds the text, by name; at most `limit`. */
  search(text: string, limit: number): readonly Place[] {
    const wanted = text.trim().toLowerCase();
    if (wanted === '') return [];
    return this.ofFile.filter(({ id }) => id.toLowerCase().includes(wanted)).slice(0, limit);
  }

  reveal(place: Place): void {
    for (let at = place.parent; at !== null; at = at.parent) this.open.add(at);
  }

  toggle(place: Place): void {
    if (place.children.length === 0) return;
    if (this.open.has(place)) this.fold(place);
    else this.open.add(place);
  }

  fold(place: Place): void {
    this.open.delete(place);
    for (const child of place.children) this.fold(child);
  }

  foldAll(): void {
    for (const child of this.root.children) this.fold(child);
  }

  /** What is drawn now. `focus`: only it and what it imports or is imported by. */
  shown(focus: Place | null): Shown {
    const visible = this.data.files.map((_, file) => this.visible(file));
    const bundles = new Map<string, Bundle>();
    const wrong = new Set(this.data.violations.map(({ at }) => at));
    this.data.imports.forEach(([fromFile, toFile], place) => {
      const from = visible[fromFile];
      const to = visible[toFile];
      if (from === undefined || to === undefined || from === to) return;
      const key = `${from.id}\0${to.id}`;
      let bundle = bundles.get(key);
      if (bundle === undefined) {
        bundle = { from, to, imports: [], violations: 0, cyclic: false };
        bundles.set(key, bundle);
      }
      bundle.imports.push(place);
      if (wrong.has(place)) bundle.violations++;
    });
    const all = [...bundles.values()];
    markCircles(all);
    if (focus === null) return { places: [...new Set(visible)], bundles: all };
    const near = all.filter(({ from, to }) => isIn(from, focus) || isIn(to, focus));
    const places = visible.filter(place => isIn(place, focus));
    return { places: [...new Set([...places, ...near.flatMap(({ from, to }) => [from, to])])], bundles: near };
  }

  private visible(file: number): Place {
    let place = this.ofFile[file] ?? this.root;
    for (let at = place; at.parent !== null; at = at.parent) if (!this.open.has(at.parent)) place = at.parent;
    return place;
  }

  private add(path: string, file: number): Place {
    const segments = path.split('/');
    let parent = this.root;
    let id = '';
    segments.forEach((label, depth) => {
      id = depth === 0 ? label : `${id}/${label}`;
      const isFile = depth === segments.length - 1;
      let place = this.places.get(id);
      if (place === undefined) {
        place = { id, label, parent, children: [], file: isFile ? file : -1, files: 0 };
        this.places.set(id, place);
        parent.children.push(place);
      }
      place.files++;
      parent = place;
    });
    return parent;
  }

  /** `src/vs/base` is one step where src and vs hold nothing else. */
  private join(place: Place): void {
    for (const child of place.children) this.join(child);
    const [only] = place.children;
    if (place.children.length === 1 && only !== undefined && only.file === -1) this.open.add(place);
  }

  private unfoldSome(): void {
    for (let queue: Place[] = [this.root]; queue.length > 0; ) {
      const next = queue.flatMap(({ children }) => children).filter(({ file }) => file === -1);
      const width = next.reduce((sum, { children }) => sum + children.length, 0);
      if (width === 0 || this.shown(null).places.length + width > UNFOLDED_AT_FIRST) return;
      for (const place of next) this.open.add(place);
      queue = next;
    }
  }
}

function isIn(place: Place, other: Place): boolean {
  return place === other || place.id.startsWith(`${other.id}/`);
}

/** Bundles within a strongly connected component of what is drawn (Tarjan, without recursion). */
function markCircles(bundles: readonly Bundle[]): void {
  const rows = new Map<Place, Bundle[]>();
  for (const bundle of bundles) {
    const row = rows.get(bundle.from);
    if (row === undefined) rows.set(bundle.from, [bundle]);
    else row.push(bundle);
  }
  const met = new Map<Place, number>();
  const low = new Map<Place, number>();
  const component = new Map<Place, number>();
  const open: Place[] = [];
  let count = 0;
  for (const root of rows.keys()) {
    if (met.has(root)) continue;
    const path: { place: Place; next: number }[] = [];
    const enter = (place: Place): void => {
      met.set(place, met.size);
      low.set(place, met.get(place) ?? 0);
      open.push(place);
      path.push({ place, next: 0 });
    };
    enter(root);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const { place } = step;
      const bundle = rows.get(place)?.[step.next++];
      if (bundle !== undefined) {
        if (!met.has(bundle.to)) enter(bundle.to);
        else if (!component.has(bundle.to))
          low.set(place, Math.min(low.get(place) ?? 0, met.get(bundle.to) ?? 0));
        continue;
      }
      path.pop();
      const parent = path.at(-1)?.place;
      if (parent !== undefined) low.set(parent, Math.min(low.get(parent) ?? 0, low.get(place) ?? 0));
      if (low.get(place) !== met.get(place)) continue;
      for (let member = open.pop(); member !== undefined; member = open.pop()) {
        component.set(member, count);
        if (member === place) break;
      }
      count++;
    }
  }
  for (const bundle of bundles) bundle.cyclic = component.get(bundle.from) === component.get(bundle.to);
}
