import { languageOf } from '../../facts/imports/registry.js';
import { isGovernancePath } from '../../policy/compiled.js';
import { gainedEdges, gatedRules, MAX_GAINED } from './graph.js';
import type { PrefetchedChange } from './prefetch.js';
import { concernsResolution } from './screen.js';
import { Screened } from './screened.js';
import { settingsName } from './settings.js';
import { type Filters, type QuickState, readFilters, writeQuickState } from './state.js';
import { addStems, folderKey } from './stems.js';
import { quickSites, quickText } from './text.js';

/** Past this load the filters say yes too often: they are made anew by the next full judge. */
const MAX_LOAD = 0.6;

/**
 * Carries what the quick gate knows of one tree over to another, of which all differences are given. Where they
 * touch something that the knowledge rests on nothing is written, and the next commit is judged in full.
 * Sets only grow: a path that is gone makes the gate slower once, never wrong.
 */
export function carryOver(
  directory: string,
  state: QuickState,
  changes: readonly PrefetchedChange[],
  headTree: string,
  policyRoots: string,
): void {
  const shaken = changes.some(
    change => isGovernancePath(change.path, state.policy) || concernsResolution(change, state),
  );
  const filters = shaken ? null : readFilters(directory, state.headTree);
  if (filters === null || filters.paths.load() > MAX_LOAD) return;
  // What only serves added and deleted files may be lost without losing the rest.
  let stemsKnown = state.stemsKnown && filters.stems.load() <= MAX_LOAD;
  for (const change of changes) {
    if (change.after === null) continue;
    const isCode = languageOf(change.path) !== null;
    if (change.before === null) filters.paths.add(change.path);
    if (change.before === null && isCode) filters.paths.add(folderKey(change.path));
    if (!stemsKnown || !isCode) continue;
    const sites = quickSites(change.path, quickText(change.after.content));
    // An import that can't be read could end anywhere.
    if (sites === null) stemsKnown = false;
    else {
      for (const context of Object.values(state.contexts)) {
        addStems(context, change.path, sites, filters.stems);
      }
    }
  }
  const graph = carriedGraph(state, changes, filters);
  writeQuickState(directory, { ...state, headTree, policyRoots, stemsKnown, graph }, filters);
}

/** The rows stay as they are; what the tree has gained since is kept beside them. */
function carriedGraph(
  { graph, ...state }: QuickState,
  changes: readonly PrefetchedChange[],
  filters: Filters,
): QuickState['graph'] {
  const [rule] = gatedRules(state.policy);
  if (graph === null || rule === undefined) return null;
  const added = changes.flatMap(({ before, after, path }) =>
    before === null && after !== null && languageOf(path) !== null ? [path] : [],
  );
  const names = new Set(added);
  const files = changes.map(change => new Screened(change, { ...state, graph }, () => filters, names));
  const gained = gainedEdges(files, settingsName(rule.invariant.resolve ?? {}));
  if (gained === null || graph.edges.length + gained.length > MAX_GAINED) return null;
  return {
    tree: graph.tree,
    edges: [...graph.edges, ...gained],
    added: [...new Set([...graph.added, ...added])],
  };
}
