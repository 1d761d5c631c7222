import { checksum } from '../model/checksum.js';
import { EDGE_KINDS, type FileImports, type ImportSite, importSite } from '../model/edges.js';

/**
 * What one file imports as a line of text, a third of the length of its JSON with names:
 *
 *     <blob id> <checksum of the rest> [[sites], [declares]?]
 *
 * A site is [specifier, kind × 2 + typeOnly, line, column, names?, form?].
 */
type Line = readonly [sites: readonly Site[], declares?: readonly string[]];
type Site = readonly [
  specifier: string | null,
  kind: number,
  line: number,
  column: number,
  names?: readonly string[] | null,
  form?: string,
];

export function formatLine(blob: string, { sites, declares }: FileImports): string {
  const line: Line = declares === undefined ? [sites.map(packed)] : [sites.map(packed), declares];
  const json = JSON.stringify(line);
  return `${blob} ${checksum(json)} ${json}\n`;
}

/** @returns `null`: torn, damaged, or of another blob */
export function parseLine(text: string, blob: string): FileImports | null {
  const first = text.indexOf(' ');
  const second = text.indexOf(' ', first + 1);
  if (first < 0 || second < 0 || text.slice(0, first) !== blob) return null;
  const json = text.slice(second + 1);
  if (checksum(json) !== text.slice(first + 1, second)) return null;
  const [sites, declares] = JSON.parse(json) as Line;
  const unpackedSites = sites.map(unpacked);
  return declares === undefined ? { sites: unpackedSites } : { sites: unpackedSites, declares };
}

function packed({ specifier, kind, typeOnly, line, column, names, form }: ImportSite): Site {
  const number = EDGE_KINDS.indexOf(kind) * 2 + (typeOnly ? 1 : 0);
  if (form !== undefined) return [specifier, number, line, column, names ?? null, form];
  return names === undefined ? [specifier, number, line, column] : [specifier, number, line, column, names];
}

function unpacked([specifier, number, line, column, names, form]: Site): ImportSite {
  const kind = EDGE_KINDS[number >> 1];
  if (kind === undefined) throw new RangeError(`no such kind of import: ${number}`);
  const typeOnly = (number & 1) === 1;
  return importSite({ specifier, kind, typeOnly, names: names ?? undefined, form }, line, column);
}
