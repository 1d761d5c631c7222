/** Put in by scripts/build.mjs; undefined when the sources run under tsx. */
declare const __LINTEL_GRAPH_PAGE__: string;
declare const __LINTEL_GRAPH_STYLE__: string;

/** The page's program (page/main.ts, bundled) and its style. `null` where the sources run unbuilt. */
export function pageParts(): { readonly script: string; readonly style: string } | null {
  if (typeof __LINTEL_GRAPH_PAGE__ !== 'string') return null;
  return { script: __LINTEL_GRAPH_PAGE__, style: __LINTEL_GRAPH_STYLE__ };
}
