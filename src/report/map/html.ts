import { EDGE_KINDS } from '../../model/edges.js';
import type { PageData, PageImport } from './page/data.js';
import type { Picture } from './picture.js';
import { escaped } from './svg.js';

export interface PageParts {
  readonly commit: string;
  /** The page's program, as the build makes it of page/main.ts. */
  readonly script: string;
  readonly style: string;
  /** The component of a file, where the page is to group by components. */
  readonly component: ((path: string) => string) | null;
}

/** One file that needs no other and no network. @param picture at the level of files */
export function renderHtml(picture: Picture, { commit, script, style, component }: PageParts): string {
  const data = pageData(picture, commit, component);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>What imports what, ${escaped(commit.slice(0, 10))}</title>
<style>${style}</style>
</head>
<body>
<noscript>This page needs JavaScript. Without: lintel graph --format svg</noscript>
<script type="application/json" id="data">${JSON.stringify(data).replace(/</g, '\\u003c')}</script>
<script>${script.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--')}</script>
</body>
</html>
`;
}

function pageData(
  { nodes, edges }: Picture,
  commit: string,
  component: PageParts['component'],
): PageData {
  const place = new Map(nodes.map(({ id }, at) => [id, at]));
  const shown = (id: string, type: string): string => {
    if (type === 'package') return `packages/${id.replaceAll('/', '\u2215')}`;
    const path = id.replace(/\/$/, '');
    return component === null ? path : `${component(path)}/${path}`;
  };
  const imports: PageImport[] = [];
  const violations: PageData['violations'][number][] = [];
  const decisions = new Map<string, number>();
  const governed: number[][] = nodes.map(() => []);
  for (const edge of edges) {
    const from = place.get(edge.from) ?? 0;
    const first = imports.length;
    for (const { specifier, kind, line } of edge.imports)
      imports.push([from, place.get(edge.to) ?? 0, line, EDGE_KINDS.indexOf(kind), specifier ?? '']);
    for (const { decision, title, invariant, message } of edge.violations)
      violations.push({ at: first, decision: `${decision} ${title} (${invariant})`, text: message });
    for (const name of edge.decisions) {
      const known = decisions.get(name) ?? decisions.size;
      decisions.set(name, known);
      const own = governed[from];
      if (own?.includes(known) === false) own.push(known);
    }
  }
  return {
    commit,
    files: nodes.map(({ id, type }) => shown(id, type)),
    imports,
    kinds: EDGE_KINDS,
    decisions: [...decisions.keys()],
    governed,
    violations,
  };
}
