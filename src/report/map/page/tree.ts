import type { PageData } from './data.js';

/** A file, a package, a folder or a component. Folders that hold nothing but one folder are drawn as one. */
export interface Place {
  /** Its number among all places. */
  readonly at: number;
  /** What it is called inside its parent. */
  label: string;
  /** What it is called anywhere. */
  readonly path: string;
  parent: Place | null;
  children: Place[];
  /** Files in it, itself included. */
  files: number;
  /** Ends of imports in it: the heaviest are drawn where not all can be. */
  weight: number;
  /** Stands for what is not drawn of its parent. */
  readonly isRest: boolean;
}

export interface Tree {
  readonly root: Place;
  /** The place of each of the data's places. */
  readonly ofData: readonly Place[];
  /** Every place, by number. */
  readonly places: Place[];
}

export function plantTree(data: PageData): Tree {
  const places: Place[] = [];
  const named = new Map<Place, Map<string, Place>>();
  const child = (parent: Place, key: string, label: string, path: string): Place => {
    let siblings = named.get(parent);
    if (siblings === undefined) {
      siblings = new Map();
      named.set(parent, siblings);
    }
    let place = siblings.get(key);
    if (place === undefined) {
      place = newPlace(places, label, path, parent);
      siblings.set(key, place);
      parent.children.push(place);
    }
    return place;
  };
  const root = newPlace(places, '', '', null);
  const groups = new Set<Place>();
  const ofData = data.places.map(([path, group]) => {
    const name = data.groups[group];
    // A group may be called as a folder is: it gets a key of its own.
    const top = name === undefined ? root : child(root, `\0${name}`, name, name);
    if (top !== root) groups.add(top);
    if (name === 'packages') return child(top, path, path, path);
    let at = top;
    let end = 0;
    for (const segment of path.split('/')) {
      end += segment.length + 1;
      if (segment !== '') at = child(at, segment, segment, path.slice(0, end - 1));
    }
    return at;
  });
  const isEnd = new Set(ofData);
  for (const place of isEnd) for (let at: Place | null = place; at !== null; at = at.parent) at.files++;
  for (const [from, to] of data.imports)
    for (const end of [from, to]) for (let at = ofData[end] ?? null; at !== null; at = at.parent) at.weight++;
  joinChains(root, isEnd, groups);
  return { root, ofData, places };
}

/** A place that stands for some children of a folder that has too many. */
export function restOf(tree: Tree, parent: Place, hidden: Place[]): Place {
  const label = `… ${hidden.length} more`;
  const rest = newPlace(tree.places, label, `${parent.path} ${label}`, parent, true);
  rest.children = hidden;
  rest.files = hidden.reduce((sum, { files }) => sum + files, 0);
  return rest;
}

export function isWithin(place: Place, other: Place): boolean {
  for (let at: Place | null = place; at !== null; at = at.parent) if (at === other) return true;
  return false;
}

function newPlace(places: Place[], label: string, path: string, parent: Place | null, isRest = false): Place {
  const place = { at: places.length, label, path, parent, children: [], files: 0, weight: 0, isRest };
  places.push(place);
  return place;
}

/** `src/vs` is one step where src holds nothing but vs. */
function joinChains(root: Place, isEnd: ReadonlySet<Place>, groups: Set<Place>): void {
  const open = [root];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    place.children = place.children.map(child => {
      let at = child;
      for (let only = at.children[0]; only !== undefined; only = at.children[0]) {
        if (at.children.length > 1 || only.children.length === 0 || isEnd.has(at) || isEnd.has(only)) break;
        // A component is called by its name, wherever its one folder lies.
        if (!groups.has(at)) only.label = `${at.label}/${only.label}`;
        else {
          only.label = at.label;
          groups.add(only);
        }
        only.parent = at.parent;
        at = only;
      }
      return at;
    });
    open.push(...place.children);
  }
}
