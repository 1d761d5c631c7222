import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rawDiffText } from '../../change/raw-diff.js';
import type { Oid } from '../../model/brand.js';
import { writeReceipt } from '../../store/receipts.js';
import type { Prefetched } from './prefetch.js';
import { policyNames } from './roots.js';
import { screen } from './screen.js';
import {
  openRows,
  policyRoots,
  type QuickState,
  quickDirectory,
  readFilters,
  readQuickState,
} from './state.js';
import { isWebOnly } from './web-only.js';

export type QuickVerdict =
  | { readonly admitted: true; readonly invariants: number }
  | { readonly admitted: false; readonly why: string };

export interface QuickPlace {
  /** `<git-common-dir>/lintel/v1` */
  readonly store: string;
  /** The worktree's own git directory: MERGE_HEAD lies there. */
  readonly gitDirectory: string;
  readonly tool: string;
  /** UTC. */
  readonly asOf: string;
  /** Does this build of the gate know every language? */
  readonly languages: 'all' | 'web';
}

/** The answer of a gate that lacks the languages which the change is about. */
export const OTHER_LANGUAGES = 'other languages than the web’s are concerned';

/** The quick gate: admits what it can prove to be clean, and leaves everything else to the full judge. */
export function admitQuickly(
  prefetched: Prefetched | null,
  place: QuickPlace,
  mark: (stage: string) => void,
): QuickVerdict {
  if (prefetched === null) return no('git could not tell the change in advance');
  if (existsSync(join(place.gitDirectory, 'MERGE_HEAD'))) return no('a merge is under way');
  const state = readQuickState(quickDirectory(place.gitDirectory));
  mark('state');
  const stale = staleness(prefetched, state, place.tool);
  if (state === null || stale !== null) return no(stale ?? 'nothing is known yet');
  // What a broken git says, too. The full judge asks another way (a commit without a change is rare).
  if (prefetched.changes.length === 0) return no('git names no change');
  if (place.languages === 'web' && !isWebOnly(prefetched.changes, state)) return no(OTHER_LANGUAGES);
  let filters: ReturnType<typeof readFilters> | undefined;
  const directory = quickDirectory(place.gitDirectory);
  const result = screen(
    prefetched.changes,
    state,
    () => {
      if (filters === undefined) filters = readFilters(directory, state.headTree);
      return filters;
    },
    () => openRows(directory, state),
  );
  mark('screen');
  if (!result.clear) return no(result.why);
  try {
    writeReceipt(place.store, {
      bases: [prefetched.tree.oid as Oid],
      rawDiff: rawDiffText(prefetched.changes),
      policies: [state.policy.digest],
      waivers: [],
      tool: place.tool,
      asOf: place.asOf,
      result: 'admitted',
    });
  } catch (error) {
    // The full judge says what is wrong with the cache; without a receipt the commit is logged as unjudged.
    return no(`the receipt could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  mark('receipt');
  return { admitted: true, invariants: state.policy.invariants.length };
}

function no(why: string): QuickVerdict {
  return { admitted: false, why };
}

function staleness({ tree }: Prefetched, state: QuickState | null, tool: string): string | null {
  if (state === null) return 'nothing is known yet';
  if (state.tool !== tool) return 'lintel itself has changed';
  if (state.headTree !== tree.oid) return 'HEAD has moved';
  const roots = policyRoots(tree.content, tree.oid.length / 2, policyNames(state.policy));
  return roots === state.policyRoots ? null : 'the policy has changed';
}
