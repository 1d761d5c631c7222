import { type Bindings, matchPattern, type PathPattern } from '../model/path-set.js';
import type { Plain } from './plain.js';

/**
 * Which paths match `pattern` under bindings made by another pattern, looked up at once instead of by
 * trying every path for every binding.
 */
export class BoundPaths {
  private readonly keys = new Set<string>();
  private readonly shared: readonly string[];

  /** @param binder the pattern that makes the bindings that will be asked for; `null`: there is none */
  constructor(pattern: Plain<PathPattern>, binder: Plain<PathPattern> | null, paths: Iterable<string>) {
    const bound = new Set(binder?.captures ?? []);
    this.shared = (pattern.captures ?? []).filter(name => bound.has(name));
    for (const path of paths) {
      const bindings = matchPattern(pattern, path);
      if (bindings !== null) this.keys.add(this.key(bindings));
    }
  }

  has(bindings: Bindings): boolean {
    return this.keys.has(this.key(bindings));
  }

  private key(bindings: Bindings): string {
    return JSON.stringify(this.shared.map(name => bindings.get(name) ?? null));
  }
}

/** The glob with what is bound filled in: `packages/{name}/README.md` → `packages/a/README.md`. */
export function filledGlob(pattern: Plain<PathPattern>, bindings: Bindings): string {
  return pattern.glob.replace(/\{([^{}!,]+)\}/g, (whole, name: string) => bindings.get(name) ?? whole);
}
