/** A path as written: `['crate', 'a', 'B']`; a leading `::` is an empty first segment. */
export type Segments = readonly string[];

/** What a name stands for: something declared there, or what a `use` brought in. */
type Binding = { readonly type: 'declared' } | { readonly type: 'use'; readonly path: Segments };

const DECLARED: Binding = { type: 'declared' };
/** `use` of names that `use` brought in: longer chains are left as they are. */
const LONGEST_CHAIN = 16;
/** Segments: longer paths are left as they are too, or a hostile file could ask for gigabytes. */
const LONGEST_PATH = 128;

/** A module, or a block in which names may be declared. */
export class Scope {
  private names: Map<string, Binding> | null = null;

  private constructor(
    /** `null`: a module, which sees nothing of what surrounds it. */
    private readonly around: Scope | null,
    /** Names of the inline modules around, from the file's own inwards. */
    readonly modules: readonly string[],
    /** Folder of its files, relative to the file's own, when a `#[path]` of an inline module says so. */
    readonly folder: string | null,
    /** Names of the file's `macro_rules!`, which only a `use` of one name can mean. */
    private readonly macros: Set<string>,
  ) {}

  static file(): Scope {
    return new Scope(null, [], null, new Set());
  }

  block(): Scope {
    return new Scope(this, this.modules, this.folder, this.macros);
  }

  /** @param folder what `#[path]` says; `null`: nothing */
  module(name: string, folder: string | null): Scope {
    const own = this.folder ?? (folder === null ? null : '');
    const path = own === null ? null : `${own === '' ? '' : `${own}/`}${folder ?? name}`;
    return new Scope(null, [...this.modules, name], path, this.macros);
  }

  /** The first declaration of a name counts: a second one stands under another `cfg`. */
  declare(name: string): void {
    this.bind(name, DECLARED);
  }

  declareMacro(name: string): void {
    this.macros.add(name);
  }

  import(name: string, path: Segments): void {
    this.bind(name, { type: 'use', path });
  }

  private bind(name: string, binding: Binding): void {
    this.names ??= new Map();
    if (!this.names.has(name)) this.names.set(name, binding);
  }

  private find(name: string, except: Segments | null): { binding: Binding; scope: Scope } | null {
    for (let scope: Scope | null = this; scope !== null; scope = scope.around) {
      const binding = scope.names?.get(name);
      if (binding !== undefined && !(binding.type === 'use' && binding.path === except))
        return { binding, scope };
    }
    return null;
  }

  /**
   * A path as seen from the file's own module: `super` and `self` of inline modules are worked out, and a first
   * name that the file declares or imports is replaced by what it stands for. `except`: the path of the `use`
   * itself, which does not see the name that it brings in.
   */
  expand(path: Segments, except: Segments | null, depth = 0): Segments {
    const [head = ''] = path;
    if (head === '' || head === 'crate') return path;
    if (head === 'self' || head === 'super') return this.relative(path);
    const found = depth > LONGEST_CHAIN ? null : this.find(head, except);
    if (found === null) return path.length === 1 && this.macros.has(head) ? ['self', head] : path;
    const { binding, scope } = found;
    if (path.length > LONGEST_PATH || (binding.type === 'use' && binding.path.length > LONGEST_PATH))
      return path;
    if (binding.type === 'declared') return ['self', ...scope.modules, ...path];
    return [...scope.expand(binding.path, binding.path, depth + 1), ...path.slice(1)];
  }

  private relative(path: Segments): Segments {
    let at = path[0] === 'self' ? 1 : 0;
    let inside = this.modules.length;
    const above: string[] = [];
    for (; path[at] === 'super'; at++)
      if (inside > 0) inside--;
      else above.push('super');
    const rest = path.slice(at);
    return above.length > 0 ? [...above, ...rest] : ['self', ...this.modules.slice(0, inside), ...rest];
  }
}
