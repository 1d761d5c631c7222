import type { Change, Side } from '../../change/change.js';
import { languageOf } from '../../facts/imports/index.js';
import type { ResolverContext } from '../../facts/resolve/index.js';
import { readsImports } from '../../invariants/kind.js';
import { KINDS } from '../../invariants/registry.js';
import type { Oid, RepoPath } from '../../model/brand.js';
import type { CompiledPolicy, ResolveSettings } from '../../model/decision.js';
import { replaceFile } from '../../store/sealed-file.js';
import { leftOutOf } from '../left-out.js';
import { type LoadedPolicy, PolicyReader } from '../policies.js';
import { FactSide, governs } from '../sides.js';
import type { GateContext } from '../types.js';
import { Bloom } from './bloom.js';
import { catchUp } from './catch-up.js';
import { gatedRules } from './graph.js';
import { rootsOf } from './roots-of.js';
import { encodeRows } from './rows/write.js';
import { settingsName } from './settings.js';
import {
  type Filters,
  FORMAT,
  openRows,
  type QuickState,
  quickContext,
  quickDirectory,
  quickPolicy,
  readFilters,
  readQuickState,
  rowsPath,
  writeQuickState,
} from './state.js';
import { addStems, folderKey } from './stems.js';

/**
 * After the full judge has run on a commit: writes what the quick gate needs for the next one on the same
 * HEAD, unless it stands already. Costs milliseconds, and only where the quick gate could not decide.
 */
export async function prepareQuickGate(context: GateContext, change: Change): Promise<void> {
  const [base] = change.bases;
  if (base === undefined || base.commit === null || change.bases.length > 1) return;
  const { repository, tool } = context;
  // The quick gate lives on what git's own hook has git write in advance: without git it never runs.
  if (repository.backend !== 'git') return;
  const directory = quickDirectory(repository.gitDirectory);
  await catchUp(context, base.tree);
  const known = readQuickState(directory);
  const moved = base.changes.some(({ status }) => status !== 'modify');
  if (
    known !== null &&
    known.headTree === base.tree &&
    known.tool === tool.digest &&
    (known.stemsKnown || !moved) &&
    isGraphFresh(known, directory) &&
    readFilters(directory, base.tree) !== null
  ) {
    return;
  }
  const policies = new PolicyReader(context.repository, context.store);
  const loaded: LoadedPolicy = await policies.load(base);
  if (loaded.kind !== 'policy') return;
  const built = await build(context, base, base.tree, loaded.policy, policies, moved);
  context.store.attempt(() => writeQuickState(directory, built.state, built.filters));
}

async function build(
  context: GateContext,
  side: Side,
  tree: Oid,
  policy: CompiledPolicy,
  policies: PolicyReader,
  withStems: boolean,
): Promise<{ state: QuickState; filters: Filters }> {
  const facts = new FactSide(side, context, policies, [], policy.limits.fileBytes);
  const links = await facts.snapshot.prepareLinks();
  const contexts: Record<string, ResolverContext> = {};
  for (const settings of settingsOf(policy))
    contexts[settingsName(settings)] = quickContext(await facts.resolver(settings));
  const paths = Bloom.forMembers(side.listing.size);
  for (const { path } of side.listing.entries()) addPath(paths, path);
  const stems = withStems ? await stemsOf(side, facts, policy) : Bloom.forMembers(0);
  return {
    state: {
      format: FORMAT,
      tool: context.tool.digest,
      headTree: tree,
      policyRoots: await rootsOf(context, tree, policy),
      policy: quickPolicy(policy),
      contexts,
      links: [...links.paths()],
      graph: await writeGraph(facts, tree, policy, context),
      stemsKnown: withStems,
    },
    filters: { paths, stems },
  };
}

/** The file of paths that may exist: files, and folders that may be imported whole. */
function addPath(paths: Bloom, path: string): void {
  paths.add(path);
  if (languageOf(path) !== null) paths.add(folderKey(path));
}

/** Imports gained since the graph was written are what makes the gate doubt: a full judge's run clears them away. */
function isGraphFresh(state: QuickState, directory: string): boolean {
  if (gatedRules(state.policy).length === 0) return true;
  if (state.graph === null || state.graph.edges.length > 0) return false;
  const rows = openRows(directory, state);
  rows?.close();
  return rows !== null;
}

/** Writes the graph with every rule's marks, where some rule reads it. */
async function writeGraph(
  facts: FactSide,
  tree: Oid,
  policy: CompiledPolicy,
  { repository, store, tool }: GateContext,
): Promise<QuickState['graph']> {
  const rules = gatedRules(policy);
  if (rules.length === 0) return null;
  const graph = await facts.graph(rules[0]?.invariant.resolve ?? {});
  const marks = rules.map(({ invariant, gate }) => gate.marks(invariant.rule, graph, leftOutOf(invariant)));
  const rows = encodeRows(graph, marks, { tree, policy: policy.digest, tool: tool.digest });
  if (rows === null) return null;
  let isWritten = false;
  store.attempt(() => {
    replaceFile(rowsPath(quickDirectory(repository.gitDirectory)), rows);
    isWritten = true;
  });
  return isWritten ? { tree, edges: [], added: [], gone: [] } : null;
}

function settingsOf(policy: CompiledPolicy): readonly ResolveSettings[] {
  const settings = new Map<string, ResolveSettings>();
  for (const invariant of policy.invariants) {
    if (!readsImports(KINDS.get(invariant.kind))) continue;
    const found = invariant.resolve ?? {};
    settings.set(settingsName(found), found);
  }
  return [...settings.values()];
}

/** Stems of every path that an import of a governed file could end at, in any of the policy's settings. */
async function stemsOf(side: Side, facts: FactSide, policy: CompiledPolicy): Promise<Bloom> {
  const rules = policy.invariants.filter(invariant => readsImports(KINDS.get(invariant.kind)));
  const governed: RepoPath[] = [];
  for (const { path } of side.listing.entries())
    if (rules.some(rule => governs(rule, path))) governed.push(path);
  const stems = new Set<string>();
  await facts.snapshot.prepareImports(governed);
  for (const settings of settingsOf(policy)) addAll(facts, await facts.resolver(settings), governed, stems);
  const bloom = Bloom.forMembers(Math.max(stems.size, side.listing.size));
  for (const stem of stems) bloom.add(stem);
  return bloom;
}

function addAll(
  facts: FactSide,
  context: ResolverContext,
  files: readonly RepoPath[],
  stems: Set<string>,
): void {
  for (const from of files) {
    const sites = facts.snapshot.sitesOf(from);
    if (sites?.ok) addStems(context, from, sites.value, stems);
  }
}
