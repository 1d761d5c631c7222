import type { RepoPath } from '../../model/brand.js';
import type { ImportSite, Target } from '../../model/edges.js';
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

/** What files of one folder, package and compiler configuration have written so far. Files come folder by folder. */
interface Neighbours {
  readonly context: ResolverContext;
  readonly name: string;
  readonly keys: Map<string, string | null>;
}

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
    const before = from?.neighbours ?? null;
    const isSame = before !== null && before.context === context && before.name === name;
    neighbours = isSame ? before : { context, name, keys: new Map() };
  }
  from = { context, path, neighbours };
  return neighbours;
}

/**
 * Imports of equal keys end at the same places, whichever files they stand in: most files of a repository are
 * imported by several others. All that a walk asks of the importing file is in it: its folder (joined), its package
 * and its compiler configuration. `null`: not to be compared.
 */
export function resolutionKey(context: ResolverContext, path: RepoPath, site: ImportSite): string | null {
  const { specifier, kind, form } = site;
  const neighbours = specifier === null ? null : neighboursOf(context, path);
  if (specifier === null || neighbours === null) return null;
  const written = `${kind === 'require' ? 'r' : ''}${form ?? ''} ${specifier}`;
  let key = neighbours.keys.get(written);
  if (key === undefined) {
    key = keyOf(neighbours.name, folderOf(path), specifier, `${kind === 'require' ? 'r' : ''}${form ?? ''}`);
    neighbours.keys.set(written, key);
  }
  return key;
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
  private readonly known = new Map<string, readonly Target[]>();

  constructor(
    private readonly context: ResolverContext,
    private readonly listing: TreeListing,
  ) {}

  resolve(from: RepoPath, site: ImportSite): readonly Target[] {
    const key = resolutionKey(this.context, from, site);
    if (key === null) return resolveImport(this.context, this.listing, from, site);
    let targets = this.known.get(key);
    if (targets === undefined) {
      targets = resolveImport(this.context, this.listing, from, site);
      // An unresolved import bears its specifier as written, which others write differently.
      if (!targets.some(({ type }) => type === 'unresolved')) this.known.set(key, targets);
    }
    return targets;
  }
}
