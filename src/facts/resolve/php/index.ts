import type { RepoPath } from '../../../model/brand.js';
import { oncePer } from '../../../model/once.js';
import { folderOf } from '../paths.js';
import type { Installed } from './composer.js';
import type { PhpContext } from './context.js';
import { ProjectIndex } from './projects.js';

/** A context made quick to ask. */
export class PhpIndex {
  readonly projects: ProjectIndex;
  private readonly places = new Map<string, RepoPath[]>();
  /** By their prefixes' first segments. */
  private readonly installed = new Map<string, Installed[]>();
  /** Required packages by their vendors' plain names and by their own. */
  readonly packages = new Map<string, { readonly name: string; readonly short: string }[]>();

  constructor(readonly context: PhpContext) {
    this.projects = new ProjectIndex(context);
    for (const name of new Set(context.projects.flatMap(({ packages }) => packages ?? []))) {
      const [vendor = '', short = ''] = name.split('/').map(plainName);
      for (const key of new Set([vendor, short]))
        this.packages.set(key, [...(this.packages.get(key) ?? []), { name, short }]);
    }
    for (const [name, path] of context.places)
      this.places.set(name, [...(this.places.get(name) ?? []), path]);
    for (const one of context.installed) {
      const key = firstSegment(one[0]);
      this.installed.set(key, [...(this.installed.get(key) ?? []), one]);
    }
  }

  /** Files that declare a name, and to which no mapping leads: the nearest first. */
  placesOf(name: string, from: RepoPath): readonly RepoPath[] {
    const places = this.places.get(name) ?? [];
    if (places.length < 2) return places;
    const folder = folderOf(from);
    return [...places].sort((one, other) => shared(folder, other) - shared(folder, one));
  }

  /** The installed package whose namespace it is: the longest prefix counts. */
  installedOf(name: string): Installed | null {
    let best: Installed | null = null;
    for (const one of this.installed.get(firstSegment(name)) ?? [])
      if (name.startsWith(one[0]) && (best === null || one[0].length > best[0].length)) best = one;
    return best;
  }
}

/** `http-foundation` and `HttpFoundation` are one. */
export function plainName(text: string): string {
  return text.replace(/[-_.]/g, '').toLowerCase();
}

/** Of a namespace, or of a name from before there were any: `Twig_Environment`. */
function firstSegment(name: string): string {
  return /^[^\\_]*/.exec(name)?.[0] ?? name;
}

/** How many leading characters two folders share. */
function shared(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  return at;
}

export const indexOf = oncePer((context: PhpContext) => new PhpIndex(context));
