import { type Edge, targetName } from '../model/edges.js';

/** The subject of an import's key: the canonical target and whether the import is erased by the compiler. */
export function importSubject(edge: Edge): string {
  return targetName(edge.target) + mark(edge);
}

/** An unresolved import may stand in another tree under any of its other lexical candidates. */
export function subjectAliases(edge: Edge): readonly string[] {
  const { target } = edge;
  return target.type === 'unresolved' ? target.candidates.slice(1).map(path => path + mark(edge)) : [];
}

function mark(edge: Edge): string {
  return edge.site.typeOnly ? ' (type)' : ' (value)';
}
