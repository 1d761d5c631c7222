import { languageOf } from '../../facts/imports/registry.js';
import { GateDoubt } from '../../invariants/graph-gate.js';
import { isGovernancePath } from '../../policy/compiled.js';
import { gainedImports, gatedRules, MAX_GAINED, realEnds, sinceRows, weighed } from './graph.js';
import type { PrefetchedChange } from './prefetch.js';
import { concernsResolution, mayReresolve } from './screen.js';
import { Screened } from './screened.js';
import { settingsName } from './settings.js';
import {
  type Filters,
  openRows,
  type QuickGraph,
  type QuickState,
  readFilters,
  writeQuickState,
} from './state.js';
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
  // Imports of files that did not change end elsewhere now: the rows don't say so.
  const reresolved = changes.some(
    ({ letter, path }) => letter !== 'M' && mayReresolve(path, state, () => filters),
  );
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
  const graph = reresolved ? null : carriedGraph(directory, state, changes, filters);
  writeQuickState(directory, { ...state, headTree, policyRoots, stemsKnown, graph }, filters);
}

/** The rows stay as they are; what the tree has gained since is kept beside them. */
function carriedGraph(
  directory: string,
  state: QuickState,
  changes: readonly PrefetchedChange[],
  filters: Filters,
): QuickGraph | null {
  const { graph } = state;
  const rules = gatedRules(state.policy);
  const [rule] = rules;
  if (graph === null || rule === undefined) return null;
  const code = changes.filter(({ path }) => languageOf(path) !== null);
  const since = sinceRows(
    graph,
    code.map(({ path, before, after }) => ({ path, added: before === null, gone: after === null })),
  );
  const names = new Set(code.flatMap(({ path, before }) => (before === null ? [path] : [])));
  const files = changes.map(change => new Screened(change, state, () => filters, names));
  const gained = gainedImports(files, settingsName(rule.invariant.resolve ?? {}));
  if (gained === null || graph.edges.length + gained.length > MAX_GAINED) return null;
  const rows = openRows(directory, state);
  if (rows === null) return null;
  try {
    const edges = weighed(realEnds(gained, since, rows), rules, rows);
    return {
      tree: graph.tree,
      edges: [...graph.edges, ...edges],
      added: [...since.added],
      gone: [...since.gone],
    };
  } catch (error) {
    if (error instanceof GateDoubt) return null;
    throw error;
  } finally {
    rows.close();
  }
}
