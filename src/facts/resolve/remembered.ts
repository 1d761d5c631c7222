import type { RepoPath } from '../../model/brand.js';
import type { ImportSite, Target } from '../../model/edges.js';
import { oncePer } from '../../model/once.js';
import type { TreeListing } from '../../model/tree.js';
import type { ResolverContext } from './context.js';
import { indexOf } from './context-index.js';
import { folderOf, join } from './paths.js';
import { resolverOf } from './registry.js';
import { familyOf, resolveImport } from './resolve.js';
import { withoutLoader } from './specifier.js';

const numbers = new WeakMap<object, number>();
let last = 0;

function numberOf(object: object | undefined): number {
  if (object === undefined) return 0;
  let number = numbers.get(object);
  if (number === undefined) {
    last += 1;
    number = last;
    numbers.set(object, number);
  }
  return number;
}

const RELATIVE = /^\.\.?(?:\/|$)/;
const ONLY_FOLDER = /(?:^|\/)\.{0,2}$/;

/** Numbers of keys that are kept at most by how they were written; the keys themselves are fewer. */
const MOST_WRITTEN = 200_000;

/** The keys of one context. */
class Keys {
  private readonly numbers = new Map<string, number>();
  private folders = new Map<string, Neighbours>();
  private written = 0;

  /** What files of one folder, package and compiler configuration have written so far. */
  neighbours(name: string): Neighbours {
    let neighbours = this.folders.get(name);
    if (neighbours === undefined) {
      if (this.written > MOST_WRITTEN) {
        this.folders = new Map();
        this.written = 0;
      }
      neighbours = { name, imported: new Map(), required: new Map(), others: new Map() };
      this.folders.set(name, neighbours);
    }
    return neighbours;
  }

  numberOf(neighbours: Neighbours, path: RepoPath, specifier: string, how: string): number {
    const text = keyOf(neighbours.name, folderOf(path), specifier, how);
    this.written += 1;
    if (text === null) return NOT_COMPARABLE;
    const number = this.numbers.get(text) ?? this.numbers.size;
    this.numbers.set(text, number);
    return number;
  }
}

/** Numbers of keys by specifier, apart for what resolves in another way. */
interface Neighbours {
  readonly name: string;
  readonly imported: Map<string, number>;
  readonly required: Map<string, number>;
  /** By form and specifier. */
  readonly others: Map<string, number>;
}

const keysOf = oncePer((_: ResolverContext) => new Keys());

/** Files are asked about one after the other, import by import. */
let from: {
  readonly context: ResolverContext;
  readonly path: string;
  readonly neighbours: Neighbours | null;
} | null = null;

/** `null`: of a family whose walks ask more of the file. */
function neighboursOf(context: ResolverContext, path: RepoPath): Neighbours | null {
  if (from !== null && from.context === context && from.path === path) return from.neighbours;
  let neighbours: Neighbours | null = null;
  // An import map may say something else to each single file.
  const hasMaps = context.importMaps !== undefined && context.importMaps.length > 0;
  if (resolverOf(familyOf(path)) === null && !hasMaps) {
    const index = indexOf(context);
    const name = `${numberOf(index.configOf(path))} ${numberOf(index.packageOf(path))} ${folderOf(path)}`;
    neighbours = keysOf(context).neighbours(name);
  }
  from = { context, path, neighbours };
  return neighbours;
}

export const NOT_COMPARABLE = -1;

/**
 * Imports of equal keys end at the same places, whichever files they stand in: most files of a repository are
 * imported by several others. All that a walk asks of the importing file is in it: its folder (joined), its package
 * and its compiler configuration.
 * @returns its number in this context, counted from 0, or `NOT_COMPARABLE`
 */
export function resolutionKey(context: ResolverContext, path: RepoPath, site: ImportSite): number {
  const { specifier, kind, form } = site;
  const neighbours = specifier === null ? null : neighboursOf(context, path);
  if (specifier === null || neighbours === null) return NOT_COMPARABLE;
  const requires = kind === 'require' ? 'r' : '';
  const known =
    form !== undefined ? neighbours.others : requires === '' ? neighbours.imported : neighbours.required;
  const written = form === undefined ? specifier : `${requires}${form} ${specifier}`;
  let number = known.get(written);
  if (number === undefined) {
    number = keysOf(context).numberOf(neighbours, path, specifier, requires + (form ?? ''));
    known.set(written, number);
  }
  return number;
}

function keyOf(neighbours: string, folder: string, specifier: string, how: string): string | null {
  if (specifier.includes('node_modules')) return null;
  const written = withoutLoader(specifier);
  const surroundings = neighbours.slice(0, neighbours.length - folder.length);
  if (!RELATIVE.test(written) && how !== 'reference-path') return `${surroundings}${how} =${written}`;
  const path = join(folder, written);
  return path === null ? null : `${surroundings}${how} ${ONLY_FOLDER.test(written) ? '/' : '.'}${path}`;
}

/** `resolveImport` for one tree and one context, which asks once for what many files import. */
export class Remembered {
  /** By the number of the key. */
  private readonly known: (readonly Target[])[] = [];

  constructor(
    private readonly context: ResolverContext,
    private readonly listing: TreeListing,
  ) {}

  resolve(from: RepoPath, site: ImportSite): readonly Target[] {
    const key = resolutionKey(this.context, from, site);
    if (key === NOT_COMPARABLE) return resolveImport(this.context, this.listing, from, site);
    let targets = this.known[key];
    if (targets === undefined) {
      targets = resolveImport(this.context, this.listing, from, site);
      // An unresolved import bears its specifier as written, which others write differently.
      if (!targets.some(({ type }) => type === 'unresolved')) this.known[key] = targets;
    }
    return targets;
  }
}
