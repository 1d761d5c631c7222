import { oncePer } from '../../../model/once.js';
import { RootIndex } from '../namespaces/source-roots.js';
import type { DotnetContext } from './context.js';

/** Look-ups in a context. */
export class DotnetIndex {
  readonly roots: RootIndex;
  private readonly packages: ReadonlyMap<string, string>;

  constructor(readonly context: DotnetContext) {
    this.roots = new RootIndex(context.roots);
    this.packages = new Map(context.packages.map(id => [id.toLowerCase(), id]));
  }

  /** The package that a project refers to and whose id is the longest beginning of a name. */
  packageOf(name: string): string | null {
    for (let prefix = name; ; ) {
      const id = this.packages.get(prefix.toLowerCase());
      if (id !== undefined) return id;
      const dot = prefix.lastIndexOf('.');
      if (dot === -1) return null;
      prefix = prefix.slice(0, dot);
    }
  }
}

export const indexOf = oncePer((context: DotnetContext) => new DotnetIndex(context));
