import { strongComponents } from '../../facts/graph/components.js';

export interface Circles<Drawn> {
  /** Each circle's members, in the order of the ids given. */
  readonly groups: readonly (readonly string[])[];
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<Drawn>;
}

/** The edges that run in circles: both ends lie in one strongly connected component. */
export function circlesOf<Drawn extends { readonly from: string; readonly to: string }>(
  ids: readonly string[],
  edges: readonly Drawn[],
): Circles<Drawn> {
  const index = new Map(ids.map((id, at) => [id, at]));
  const at = (id: string): number => index.get(id) ?? 0;
  const starts = new Uint32Array(ids.length + 1);
  for (const { from } of edges) starts[at(from) + 1] = (starts[at(from) + 1] ?? 0) + 1;
  for (let row = 0; row < ids.length; row++) starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
  const targets = new Uint32Array(edges.length);
  const next = starts.slice();
  for (const { from, to } of edges) {
    const place = next[at(from)] ?? 0;
    targets[place] = at(to);
    next[at(from)] = place + 1;
  }
  const { of } = strongComponents({ size: ids.length, starts, targets }, ids.keys(), () => true);
  const within = edges.filter(({ from, to }) => of[at(from)] === of[at(to)]);
  const nodes = new Set(within.flatMap(({ from, to }) => [from, to]));
  const groups = new Map<number | undefined, string[]>();
  for (const id of ids) {
    if (!nodes.has(id)) continue;
    const known = groups.get(of[at(id)]);
    if (known === undefined) groups.set(of[at(id)], [id]);
    else known.push(id);
  }
  return { edges: new Set(within), nodes, groups: [...groups.values()] };
}
