import { languageOf } from '../../facts/imports/registry.js';
import { isKnownFamily, isLandmark, isResolverFile, resolverOf } from '../../facts/resolve/index.js';
import { readsImports } from '../../invariants/kind.js';
import { KINDS } from '../../invariants/registry.js';
import { isGovernancePath } from '../../policy/compiled.js';
import { leftOut } from '../left-out.js';
import { graphDoubt } from './graph.js';
import type { PrefetchedChange } from './prefetch.js';
import type { RowsFile } from './rows/read.js';
import { Screened } from './screened.js';
import { settingsName } from './settings.js';
import { REGULAR, throughLink } from './special.js';
import type { Filters, QuickPolicy, QuickState } from './state.js';
import { folderKey, folderStemOf, stemOf } from './stems.js';
import { quickImports, quickText } from './text.js';

/** `admitted`: proved to bring in nothing. Else why the full judge has to look. */
export type Screening = { readonly clear: true } | { readonly clear: false; readonly why: string };

/**
 * Proves, where it can, that a change against HEAD brings in no finding, from the changed blobs alone.
 * Sound, not complete: whatever it can't show is a matter for the full judge.
 */
export function screen(
  changes: readonly PrefetchedChange[],
  state: QuickState,
  filters: () => Filters | null,
  rows: () => RowsFile | null,
): Screening {
  const { policy } = state;
  const importing = policy.invariants.filter(invariant => readsImports(KINDS.get(invariant.kind)));
  const added = new Set<string>();
  for (const change of changes) {
    if (isGovernancePath(change.path, policy)) return doubt(`${change.path} is part of what governs`);
    if (change.letter === 'A') added.add(change.path).add(folderKey(change.path));
    if (importing.length === 0) continue;
    if (concernsResolution(change, state)) return doubt(`${change.path} is part of how imports are resolved`);
    if (change.letter !== 'M' && mayReresolve(change.path, state, filters)) {
      return doubt(`imports of other files may end elsewhere now: ${change.path}`);
    }
  }
  const files = changes.map(change => new Screened(change, state, filters, added));
  for (const file of files) {
    for (const invariant of policy.invariants) {
      const why = screenRule(invariant, file);
      if (why !== null) return doubt(why);
    }
  }
  const why = graphDoubt(files, state, rows);
  return why === null ? { clear: true } : doubt(why);
}

function doubt(why: string): Screening {
  return { clear: false, why };
}

function screenRule(invariant: QuickPolicy['invariants'][number], file: Screened): string | null {
  const kind = KINDS.get(invariant.kind);
  if (kind === undefined) return `${invariant.kind} is unknown here`;
  // Whatever is left out of the rule, the file may still be what another file's violation is about.
  if (kind.reaches(invariant.rule, file.path, file.status))
    return `${invariant.id} reaches beyond ${file.path}`;
  if (leftOut(invariant, file.path)) return null;
  if (file.tooLarge && kind.governs(invariant.rule, file.path)) return `${file.path} is large`;
  return kind.screen(invariant.rule, file.under(settingsName(invariant.resolve ?? {}))) === 'clear'
    ? null
    : `${invariant.id} on ${file.path}`;
}

export function concernsResolution(change: PrefetchedChange, state: QuickState): boolean {
  const { path } = change;
  if (isResolverFile(path)) return true;
  const contexts = Object.values(state.contexts);
  if (change.letter !== 'M' && contexts.some(context => isLandmark(context, path))) return true;
  if (declaresOtherwise(change)) return true;
  // The first file of a language: nothing is known of how its imports are resolved.
  if (contexts.some(context => !isKnownFamily(context, path))) return true;
  for (const name in state.contexts) if (state.contexts[name]?.files.includes(path)) return true;
  const special = [change.before, change.after].some(side => side !== null && !REGULAR.has(side.mode));
  return special || throughLink(path, state);
}

/** Does what the file declares differ, where other files' imports are resolved by that? */
function declaresOtherwise({ path, letter, before, after }: PrefetchedChange): boolean {
  const language = languageOf(path);
  if (language === null || resolverOf(language.family)?.usesDeclarations !== true) return false;
  if (letter !== 'M') return true;
  const [was, is] = [before, after].map(side => quickImports(path, quickText(side?.content)));
  if (was == null || is == null) return true;
  return JSON.stringify(was.declares ?? []) !== JSON.stringify(is.declares ?? []);
}

/** Could an import of an unchanged file end at this path, now or before? */
export function mayReresolve(path: string, state: QuickState, filters: () => Filters | null): boolean {
  if (!state.stemsKnown) return true;
  const stems = filters()?.stems;
  return stems === undefined || stems.has(stemOf(path)) || stems.has(folderStemOf(path));
}
