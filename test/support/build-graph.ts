import { type ImportGraph, MEMBER, NODE_TYPES, type NodeType } from '../../src/facts/graph/import-graph.js';
import { NameTable } from '../../src/facts/graph/name-table.js';
import { EDGE_KINDS, type Edge, type Target, targetName } from '../../src/model/edges.js';

/** What a graph is made from: one row a code file, in the order of the tree's listing. */
export interface GraphRow {
  readonly path: string;
  readonly edges: readonly Edge[];
}

/**
 * Makes the graph of a tree.
 * @param rows every code file, each once
 * @param members the files that a folder target stands for, by the folder's path
 */
export function buildGraph(
  rows: readonly GraphRow[],
  members: (folder: string) => readonly string[],
): ImportGraph {
  return new Builder(rows, members).build();
}

const TYPE = new Map(NODE_TYPES.map((type, index) => [type, index]));

class Builder {
  private readonly names: string[] = [];
  private readonly types: number[] = [];
  private readonly index = new Map<string, number>();
  private readonly seenAs = new Map<number, readonly string[]>();

  constructor(
    private readonly rows: readonly GraphRow[],
    private readonly members: (folder: string) => readonly string[],
  ) {}

  build(): ImportGraph {
    for (const { path } of this.rows) this.node(path, 'file');
    const lists = this.rows.map(({ edges }) => this.edgesOf(edges));
    // Folders are met on the way; what they stand for are files, which have their nodes already or are assets.
    for (let node = this.rows.length; node < this.names.length; node++) lists[node] = this.membersOf(node);
    const { seenAs, names, types } = this;
    const starts = new Uint32Array(this.names.length + 1);
    lists.forEach((list, node) => {
      starts[node + 1] = (starts[node] ?? 0) + list.length;
    });
    const count = starts[this.names.length] ?? 0;
    const targets = new Uint32Array(count);
    const kinds = new Uint8Array(count);
    const lines = new Uint32Array(count);
    lists.forEach((list, node) => {
      list.forEach((edge, place) => {
        const at = (starts[node] ?? 0) + place;
        targets[at] = edge.to;
        kinds[at] = edge.kind;
        lines[at] = edge.line;
      });
    });
    return {
      size: this.names.length,
      names: NameTable.of(this.names),
      types: Uint8Array.from(this.types),
      starts,
      targets,
      kinds,
      lines,
      paths: node => seenAs.get(node) ?? (isInTree(types[node]) ? [names[node] ?? ''] : []),
      aliases: () => [],
    };
  }

  private node(name: string, type: NodeType): number {
    let node = this.index.get(name);
    if (node === undefined) {
      node = this.names.length;
      this.index.set(name, node);
      this.names.push(name);
      this.types.push(TYPE.get(type) ?? 0);
    }
    return node;
  }

  private edgesOf(edges: readonly Edge[]): { to: number; kind: number; line: number }[] {
    const found = new Map<number, { to: number; kind: number; line: number }>();
    for (const { target, site } of edges) {
      const to = this.target(target);
      if (to === null) continue;
      const kind = EDGE_KINDS.indexOf(site.typeOnly ? 'type' : site.kind);
      const key = to * (MEMBER + 1) + kind;
      const known = found.get(key);
      if (known === undefined) found.set(key, { to, kind, line: site.line });
      else known.line = Math.min(known.line, site.line);
    }
    return [...found.values()].sort((a, b) => a.to - b.to || a.kind - b.kind);
  }

  private target(target: Target): number | null {
    const name = targetName(target);
    switch (target.type) {
      case 'computed':
        return null;
      case 'unresolved':
        return this.seen(this.node(name, 'missing'), target.candidates);
      case 'folder':
        return this.seen(this.node(name, 'folder'), target.names);
      default:
        return this.node(name, target.type);
    }
  }

  private seen(node: number, paths: readonly string[]): number {
    if (!this.seenAs.has(node)) this.seenAs.set(node, paths);
    return node;
  }

  private membersOf(node: number): { to: number; kind: number; line: number }[] {
    const name = this.names[node] ?? '';
    if (NODE_TYPES[this.types[node] ?? 0] !== 'folder') return [];
    return this.members(name.slice(0, -1))
      .map(path => ({ to: this.node(path, 'file'), kind: MEMBER, line: 0 }))
      .sort((a, b) => a.to - b.to);
  }
}

function isInTree(type: number | undefined): boolean {
  const name = NODE_TYPES[type ?? -1];
  return name === 'file' || name === 'asset';
}
