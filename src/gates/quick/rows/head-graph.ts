import { GateDoubt, type GateEdge, type GateGraph, type GateNode } from '../../../invariants/graph-gate.js';
import type { RowsFile } from './read.js';
import { groupName } from './write.js';

/** What HEAD's rows and the imports gained since say, with the marks of one rule. */
export class HeadGraph implements GateGraph {
  /**
   * @param rule the place of the rule among those over the graph
   * @param gained by the file that they are in
   */
  constructor(
    private readonly rows: RowsFile,
    private readonly rule: number,
    private readonly gained: ReadonlyMap<string, readonly GateEdge[]>,
  ) {}

  find(name: string): GateNode {
    const row = this.rows.find(name);
    if (row !== null) return { name, mark: row.marks[this.rule] ?? null };
    // A folder that nothing imported so far: what lies in it isn't known here.
    if (name.endsWith('/')) throw new GateDoubt(`${name} is not in the graph`);
    return { name, mark: null };
  }

  group(name: string): number | null {
    return this.rows.find(groupName(this.rule, name))?.marks[this.rule] ?? null;
  }

  successors({ name }: GateNode): readonly { readonly node: GateNode; readonly kind: number }[] {
    const written = (this.rows.find(name)?.edges ?? []).map(({ place, kind }) => {
      const to = this.rows.row(place);
      return { node: { name: to.name, mark: to.marks[this.rule] ?? null }, kind };
    });
    const gained = (this.gained.get(name) ?? []).map(({ to, kind }) => ({ node: this.find(to), kind }));
    return [...written, ...gained];
  }
}

export function byFile(edges: readonly GateEdge[]): ReadonlyMap<string, readonly GateEdge[]> {
  const files = new Map<string, GateEdge[]>();
  for (const edge of edges) {
    const list = files.get(edge.from);
    if (list === undefined) files.set(edge.from, [edge]);
    else list.push(edge);
  }
  return files;
}
