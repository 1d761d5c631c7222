import { createHash } from 'node:crypto';
import { EDGE_KINDS } from '../../model/edges.js';
import type { PageData, PageImport, PagePlace } from './page/data.js';
import type { Picture, PictureImport } from './picture.js';
import { escaped } from './svg.js';
import type { Violation } from './violations.js';

export interface PageParts {
  readonly commit: string;
  /** The page's program, as the build makes it of page/main.ts. */
  readonly script: string;
  readonly style: string;
  /** The component of a file, where the page is to group by components. */
  readonly component: ((path: string) => string) | null;
  readonly unread: readonly { readonly path: string; readonly message: string }[];
}

/** One file that needs no other and no network. @param picture at the level of files */
export function renderHtml(picture: Picture, parts: PageParts): string {
  if (picture.level !== 'file') throw new Error(`the page is drawn from files, not ${picture.level}s`);
  const { commit, style } = parts;
  // The parser looks for these inside any script, whatever the quotes around them.
  const script = parts.script.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');
  const data = JSON.stringify(pageData(picture, parts)).replace(/</g, '\\u003c');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'; style-src '${hash(style)}'; script-src '${hash(script)}'">
<title>What imports what, ${escaped(commit.slice(0, 10))}</title>
<style>${style}</style>
</head>
<body>
<noscript>This page needs JavaScript. Without: lintel graph --format svg</noscript>
<script type="application/json" id="data">${data}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** Nothing but the page's own program and style runs, whatever a name holds. */
function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function pageData(picture: Picture, { commit, component, unread }: PageParts): PageData {
  const { nodes, edges } = picture;
  const groups: string[] = [];
  const group = (name: string): number => {
    const known = groups.indexOf(name);
    return known === -1 ? groups.push(name) - 1 : known;
  };
  const places = nodes.map(({ id, type }): PagePlace => {
    if (type === 'package') return [id, group('packages')];
    return [id, component === null ? -1 : group(component(type === 'folder' ? `${id}file` : id))];
  });
  const place = new Map(nodes.map(({ id }, at) => [id, at]));
  const imports: PageImport[] = [];
  const numbers = new Map<PictureImport, number>();
  const decisions = new Map<string, number>();
  const governed: number[][] = nodes.map(() => []);
  const violations: PageData['violations'][number][] = [];
  for (const edge of edges) {
    const from = place.get(edge.from) ?? 0;
    for (const one of edge.imports) {
      numbers.set(one, imports.length);
      const { specifier, kind, line } = one;
      imports.push([from, place.get(edge.to) ?? 0, line, EDGE_KINDS.indexOf(kind), specifier]);
    }
    for (const violation of edge.violations) {
      const at = edge.imports.findIndex(({ line, to }) => line === violation.line && to === violation.to);
      const shows = edge.imports[at];
      violations.push(pageViolation(violation, shows === undefined ? -1 : (numbers.get(shows) ?? -1), from));
    }
    for (const name of edge.decisions) {
      const known = decisions.get(name) ?? decisions.size;
      decisions.set(name, known);
      const own = governed[from];
      if (own?.includes(known) === false) own.push(known);
    }
  }
  return {
    commit,
    places,
    groups,
    files: nodes.reduce((sum, { files }) => sum + files, 0),
    imports,
    kinds: EDGE_KINDS,
    decisions: [...decisions.keys()],
    governed,
    violations: [
      ...violations,
      ...picture.elsewhere.map(one => pageViolation(one, -1, place.get(one.path) ?? -1)),
    ],
    unread: unread.map(({ path, message }) => [path, message]),
  };
}

function pageViolation(violation: Violation, at: number, file: number): PageData['violations'][number] {
  const { decision, title, invariant, message, path, line, waived } = violation;
  return {
    at,
    file,
    place: line === null ? path : `${path}:${line}`,
    decision: `${decision} ${title} (${invariant})`,
    text: message,
    waived,
  };
}
