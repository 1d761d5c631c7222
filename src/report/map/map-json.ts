import type { Picture, PictureImport } from './picture.js';

/**
 * For programs: every import that was asked for, one by one, those inside one node, of packages and computed ones
 * included (`specifier: null`, `to: computed`); and the picture, whose edges are `groups` here.
 */
export function mapJson(picture: Picture, commit: string): object {
  const { level, nodes, edges, loose } = picture;
  const all = [
    ...nodes.flatMap(({ inside }) => inside),
    ...edges.flatMap(({ imports }) => imports),
    ...loose,
  ];
  return {
    schema: 'lintel.graph/v1',
    commit,
    level,
    nodes: nodes.map(({ inside, ...node }) => ({ ...node, inside: inside.length })),
    groups: edges.map(({ imports, ...edge }) => ({ ...edge, imports: imports.length })),
    circles: picture.circles,
    elsewhere: picture.elsewhere,
    edges: all
      .sort(inOrder)
      .map(({ from, to, specifier, kind, line }) => ({ from, to, specifier, kind, line })),
  };
}

function inOrder(a: PictureImport, b: PictureImport): number {
  return compare(a.from, b.from) || a.line - b.line || compare(a.to, b.to) || compare(a.kind, b.kind);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
