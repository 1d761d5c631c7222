import type { RepoPath } from '../../model/brand.js';
import { EDGE_KINDS, type Edge, type Target, targetName } from '../../model/edges.js';
import type { FactError } from '../tree-facts.js';
import { NodeIds } from './node-ids.js';
import { listToText } from './notes.js';
import { PlaceReader } from './places.js';
import { type RowEdge, Rows } from './rows.js';
import type { GraphSource, ReadFile, TreeGraph } from './tree-graph.js';

/** What was read anew for a graph in the making: the rows of some files, over a known graph or over none. */
export class Staging {
  readonly ids: NodeIds;
  readonly rows = new Rows();
  readonly errors = new Map<number, FactError>();
  /** What the files that were read say of a node: see Notes. */
  readonly said = new Map<number, Set<string>>();
  /** Files that turned out to have no row. */
  readonly absent: RepoPath[] = [];
  readonly places: PlaceReader;

  constructor(
    readonly base: TreeGraph | null,
    readonly source: GraphSource,
  ) {
    this.ids = new NodeIds(base);
    this.places = new PlaceReader(source.context, source.links);
  }

  add({ path, from, edges, sites }: ReadFile): void {
    if (edges === null) {
      this.absent.push(path);
      return;
    }
    const node = this.ids.treeId(path);
    if (!edges.ok) {
      this.errors.set(node, edges.error);
      this.rows.add(node, [], new Uint32Array(0));
    } else this.rows.add(node, this.row(edges.value), this.places.read(from, sites));
  }

  private row(edges: readonly Edge[]): readonly RowEdge[] {
    const found = new Map<number, RowEdge>();
    for (const { target, site } of edges) {
      const to = this.target(target);
      if (to === null) continue;
      const kind = EDGE_KINDS.indexOf(site.typeOnly ? 'type' : site.kind);
      const key = to * 16 + kind;
      const known = found.get(key);
      if (known === undefined) found.set(key, { to, kind, line: site.line });
      else known.line = Math.min(known.line, site.line);
    }
    return [...found.values()].sort((a, b) => a.to - b.to || a.kind - b.kind);
  }

  private target(target: Target): number | null {
    switch (target.type) {
      case 'computed':
        return null;
      case 'file':
      case 'asset':
        return this.ids.treeId(target.path);
      case 'unresolved':
        return this.noted(this.ids.id(targetName(target), 'missing'), target.candidates);
      case 'folder':
        return this.noted(this.ids.id(targetName(target), 'folder'), target.names);
      case 'package':
        return this.noted(this.ids.id(targetName(target), 'package'), aliasesOf(target));
      case 'builtin':
        return this.ids.id(targetName(target), 'builtin');
    }
  }

  private noted(node: number, note: readonly string[]): number {
    const text = listToText(note);
    const said = this.said.get(node);
    if (said === undefined) this.said.set(node, new Set([text]));
    else said.add(text);
    return node;
  }
}

function aliasesOf({ aliases = [], subpath }: Extract<Target, { type: 'package' }>): readonly string[] {
  return subpath === undefined ? aliases : aliases.map(name => `${name}/${subpath}`);
}
