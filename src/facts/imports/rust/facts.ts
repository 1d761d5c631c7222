import type { Found } from '../ecmascript/found.js';
import type { Scope, Segments } from './scopes.js';

/** What the attributes before a `mod` say of its file. */
export interface ModulePaths {
  readonly own: string | null;
  readonly maybe: readonly string[];
}

export const NO_PATHS: ModulePaths = { own: null, maybe: [] };

interface Fact {
  readonly at: number;
  readonly scope: Scope;
  /** A path to be expanded; `null`: `specifier` says it all. */
  readonly path: Segments | null;
  readonly specifier: string | null;
  readonly kind: Found['kind'];
  readonly form?: string;
  readonly names?: readonly string[];
  readonly isUse?: true;
  test: boolean;
}

/** What a file imports, before all of the names that it declares are known. */
export class Facts {
  private readonly list: Fact[] = [];

  get length(): number {
    return this.list.length;
  }

  add(fact: Fact): void {
    this.list.push(fact);
  }

  /** Attributes of an item found to be for tests only. */
  testFrom(index: number): void {
    for (let at = index; at < this.list.length; at++) {
      const fact = this.list[at];
      if (fact !== undefined) fact.test = true;
    }
  }

  /** `mod name;` in a scope: each file in which it may lie. */
  module(name: string, at: number, scope: Scope, { own, maybe }: ModulePaths, test: boolean): void {
    const { folder, modules } = scope;
    const add = (specifier: string, form: string): void =>
      this.add({ at, scope, path: null, specifier, kind: 'value', form, test });
    const file = (path: string): void => {
      // Within inline modules, a path starts at the folder of the module's own files.
      const base = folder ?? modules.join('/');
      const form = folder === null && modules.length > 0 ? 'mod-inline-path' : 'mod-path';
      add(base === '' ? path : `${base}/${path}`, form);
    };
    if (own !== null) file(own);
    else if (folder !== null) file(`${name}.rs`);
    else {
      for (const path of maybe) file(path);
      add([...modules, name].join('::'), maybe.length === 0 ? 'mod' : 'mod-maybe');
    }
  }

  /** With every name worked out that the file declares or imports. */
  found(): readonly Found[] {
    return this.list.map(({ at, scope, path, specifier, kind, form, names, isUse, test }) => ({
      specifier: path === null ? specifier : scope.expand(path, isUse === true ? path : null).join('::'),
      kind: test ? 'test' : kind,
      typeOnly: false,
      ...(form === undefined ? {} : { form }),
      at,
      ...(names === undefined ? {} : { names }),
    }));
  }
}
