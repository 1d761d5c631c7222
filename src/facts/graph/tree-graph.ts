import type { RepoPath } from '../../model/brand.js';
import type { Edge, ImportSite } from '../../model/edges.js';
import type { TreeListing } from '../../model/tree.js';
import type { Links } from '../links.js';
import type { ResolverContext } from '../resolve/index.js';
import type { Fact, FactError } from '../tree-facts.js';
import { type ImportGraph, NODE_TYPES } from './import-graph.js';
import type { NameTable } from './name-table.js';
import type { Notes } from './notes.js';

/** The graph of one tree, with all that it takes to know which rows another tree changes. Never changed once made. */
export interface TreeGraph {
  /** The same object as before when an update found nothing new. */
  readonly imports: ImportGraph;
  /** Nodes from 0 up to this are the code files of the tree, each with a row of edges; no other node has imports. */
  readonly files: number;
  /** What the imports were resolved with. */
  readonly context: ResolverContext;
  /** Symbolic links of the tree: path and text, by path. */
  readonly links: readonly (readonly [path: string, text: string])[];
  /** Files whose imports can't be had: their rows are empty. By path. */
  readonly errors: readonly FactError[];
  readonly places: Places;
  readonly notes: Notes;
  /** Folders whose package or compiler configuration some import asked for. Sorted. */
  readonly folders: readonly string[];
}

/** For each code file hashes of all that the ends of its imports depend on. */
interface Places {
  /** One more than there are files. */
  readonly starts: Uint32Array;
  /** Ascending in each row. */
  readonly hashes: Uint32Array;
}

/** A code file as it was read. */
export interface ReadFile {
  readonly path: RepoPath;
  /** The file that it is, links followed. */
  readonly from: RepoPath;
  /** `null`: no file with imports stands there. */
  readonly edges: Fact<readonly Edge[]> | null;
  readonly sites: readonly ImportSite[];
}

export type TreeProgress = (done: number, total: number) => void;

/** A tree whose graph is wanted. */
export interface GraphSource {
  readonly listing: TreeListing;
  readonly links: Links;
  readonly context: ResolverContext;
  /** Reads code files and lets go of them: `visit` must keep nothing of what it is shown. */
  read(paths: readonly RepoPath[], visit: (file: ReadFile) => void, progress?: TreeProgress): Promise<void>;
  /** Files that a folder node stands for. @param names by which rules see it: they tell its languages */
  members(folder: string, names: readonly string[]): readonly string[];
}

type Arrays = Pick<ImportGraph, 'types' | 'starts' | 'targets' | 'kinds' | 'lines'>;

/** Puts the contract's face on what is known. */
export function importGraph(names: NameTable, arrays: Arrays, notes: Notes): ImportGraph {
  const typeAt = (node: number): string | undefined => NODE_TYPES[arrays.types[node] ?? -1];
  return {
    size: names.size,
    names,
    ...arrays,
    paths(node) {
      switch (typeAt(node)) {
        case 'file':
        case 'asset':
          return [names.at(node)];
        case 'missing':
        case 'folder':
          return notes.list(node);
        default:
          return [];
      }
    },
    aliases: node => (typeAt(node) === 'package' ? notes.list(node) : []),
  };
}
