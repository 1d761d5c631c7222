import type { ResolveSettings } from '../../model/decision.js';

/** One text for one set of resolver settings. Written out by hand: the canonical JSON of model/ loads `node:crypto`. */
export function settingsName({ roots, conditions, provides }: ResolveSettings): string {
  const pairs =
    provides === undefined
      ? null
      : Object.keys(provides)
          .sort()
          .map(key => [key, provides[key]]);
  return JSON.stringify([roots ?? null, conditions ?? null, pairs]);
}
