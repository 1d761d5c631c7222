import type { ImportGraph } from '../facts/graph/import-graph.js';
import type { Json } from '../model/canonical.js';
import type { Target } from '../model/edges.js';
import type { LeftOut } from './kind.js';

/**
 * How a rule over the graph is judged at the commit without the graph: when the full judge has run, each rule
 * writes one number for each node (its mark); at the commit the gate reads the marks of the few nodes that a new
 * import touches. Pure, and sound: `clear` is never said wrongly.
 */
export interface GraphGate<Rule extends Json = Json> {
  marks(rule: Rule, graph: ImportGraph, leftOut: LeftOut): Marks;
  /**
   * What an import that is admitted leaves for the next commits to know, in numbers; `null`: nothing, it is a step on
   * the way like any other. Said by the marks alone: it holds until they are made anew.
   */
  weigh(rule: Rule, graph: GateGraph, edge: GateEdge, leftOut: LeftOut): readonly number[] | null;
  /**
   * @param fresh what the change imports anew. Each way in which an import could end is an edge.
   * @param gained what earlier commits have, where it weighs anything. Without the change there is nothing new in them:
   * what is found must hold a fresh one.
   */
  screen(
    rule: Rule,
    graph: GateGraph,
    fresh: readonly GateEdge[],
    gained: readonly Weighed[],
    leftOut: LeftOut,
  ): 'clear' | 'candidate';
}

export interface Weighed {
  readonly edge: GateEdge;
  readonly weight: readonly number[];
}

export interface Marks {
  /** One a node. */
  readonly nodes: Uint32Array;
  /** Marks of what is no node: folders, components, by a name of the rule's own choice. */
  readonly groups?: ReadonlyMap<string, number>;
}

export interface GateEdge {
  readonly from: string;
  readonly target: Target;
  /** The canonical name of the target: a node's name. */
  readonly to: string;
  /** Index into EDGE_KINDS. */
  readonly kind: number;
}

export interface GateNode {
  readonly name: string;
  /** `null`: the node has come since the marks were made. */
  readonly mark: number | null;
}

/** The graph as the gate reads it, node by node. Throws `GateDoubt` when what was written can't be read. */
export interface GateGraph {
  find(name: string): GateNode;
  group(name: string): number | null;
  /** Where the imports of a node end: those that it had when the marks were made, and those gained since. */
  successors(node: GateNode): readonly { readonly node: GateNode; readonly kind: number }[];
}

/** The gate can't tell: a matter for the full judge. */
export class GateDoubt extends Error {
  override readonly name = 'GateDoubt';
}
