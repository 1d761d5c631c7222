import { inTargets, type Target, targetPaths } from '../model/edges.js';
import { matchSource, type Place } from './denials.js';
import type { DeniedEdges } from './denied-edges.js';
import type { LeftOut } from './kind.js';
import { inAny } from './path-sets.js';

/**
 * What a target is to a rule about chains.
 * - `target`: in a place that the rule may deny.
 * - `source`: a file that some denial speaks about (it may be a target, too: the layers are both).
 * - `inner`: in no place that the rule names: a chain may run through it.
 * - `closed`: left out, a permitted way, or something that imports nothing.
 */
export interface Land {
  readonly isTarget: boolean;
  readonly isSource: boolean;
  readonly isInner: boolean;
}

export function surveyor(rule: DeniedEdges, leftOut: LeftOut): (target: Target) => Land {
  const via = rule.via ?? [];
  const denials = rule.denials.flatMap(denial => (denial.binds === 'source' ? [denial] : []));
  const ends = distinct(denials.flatMap(denial => denial.deny ?? []));
  const others = distinct(denials.flatMap(denial => denial.from));
  return target => {
    const holds = (place: Place): boolean => inTargets(place.set, target);
    const isFile = target.type === 'file';
    const isLeftOut = isFile && leftOut(target.path);
    const isTarget = ends.some(holds);
    const mayLink = isFile || target.type === 'folder';
    const isInner =
      mayLink &&
      !isLeftOut &&
      !isTarget &&
      !others.some(holds) &&
      !targetPaths(target).some(path => inAny(via, path));
    return {
      isTarget,
      isInner,
      // Asked for by the gate alone.
      get isSource() {
        return isFile && !isLeftOut && denials.some(denial => matchSource(denial, target.path) !== null);
      },
    };
  };
}

/** Rules with many denials name the same places again and again. */
function distinct(places: readonly Place[]): readonly Place[] {
  return [...new Map(places.map(place => [JSON.stringify(place.set), place])).values()];
}
