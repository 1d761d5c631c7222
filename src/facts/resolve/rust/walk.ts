import type { RepoPath } from '../../../model/brand.js';
import type { ImportSite } from '../../../model/edges.js';
import type { Probe, Terminal } from '../language-resolver.js';
import { below, folderOf, join } from '../paths.js';
import { crateAbove, crateFolders, type Known, type RustContext, type RustCrate } from './context.js';
import { type Base, basesOf, moduleFolder } from './places.js';

const UNRESOLVED: Terminal = { type: 'unresolved' };
const NOTHING: Terminal = { type: 'nothing' };
const LIBRARIES = new Set(['std', 'core', 'alloc', 'proc_macro', 'test']);

/** Where one import of a Rust file may end. */
export class RustWalk {
  private readonly crate: RustCrate | undefined;

  constructor(
    private readonly context: RustContext,
    private readonly from: RepoPath,
    private readonly site: ImportSite,
    private readonly probe: Probe,
  ) {
    this.crate = crateAbove(context, from);
  }

  run(): Terminal | null {
    const { specifier, form } = this.site;
    if (specifier === null) return { type: 'computed' };
    switch (form) {
      case 'include':
      case 'mod-path':
        return this.file(folderOf(this.from), specifier) ? null : UNRESOLVED;
      case 'include-manifest':
        return this.file(this.crate?.folder ?? '', specifier) ? null : UNRESOLVED;
      case 'mod-inline-path':
        return this.file(this.ownFolder(), specifier) || this.file(folderOf(this.from), specifier)
          ? null
          : UNRESOLVED;
      case 'mod':
      case 'mod-maybe':
        return this.module(specifier.split('::')) ? null : form === 'mod' ? UNRESOLVED : NOTHING;
      case 'extern-crate':
        return this.external([specifier]);
      default:
        return this.path(specifier.split('::'));
    }
  }

  private ownFolder(): string {
    return moduleFolder(this.crate, this.from);
  }

  private file(folder: string, path: string): boolean {
    const joined = join(folder, path);
    return joined !== null && this.probe(joined);
  }

  /** `mod a;`: the folder of the file's own modules, or the file's folder, if a `#[path]` led to the file. */
  private module(names: readonly string[]): boolean {
    const path = names.join('/');
    for (const folder of new Set([this.ownFolder(), folderOf(this.from)]))
      if (this.probe(`${below(folder, path)}.rs`) || this.probe(`${below(folder, path)}/mod.rs`)) return true;
    return false;
  }

  /** The file of the innermost module that a path goes through; what follows are items of that file. */
  private inner(folder: string, names: readonly string[]): boolean {
    for (let length = names.length; length > 0; length--) {
      const path = below(folder, names.slice(0, length).join('/'));
      for (const file of [`${path}.rs`, `${path}/mod.rs`])
        if (file !== this.from && this.probe(file)) return true;
    }
    return false;
  }

  private path(names: readonly string[]): Terminal | null {
    const [head = '', ...rest] = names;
    if (head === 'crate') return this.fromRoot(rest);
    if (head === 'self') return this.inner(this.ownFolder(), rest) ? null : NOTHING;
    if (head === 'super') return this.above(names);
    if (head !== '') return this.external(names);
    if (this.crate?.isOld === true && this.dependency(rest[0] ?? '') === undefined)
      return this.fromRoot(rest);
    return this.external(rest, true);
  }

  private fromRoot(names: readonly string[]): Terminal | null {
    const bases = basesOf(this.crate, this.from);
    for (const { folder } of bases) if (this.inner(folder, names)) return null;
    return this.roots(bases);
  }

  private roots(bases: readonly Base[]): Terminal | null {
    for (const { roots } of bases)
      for (const root of roots) {
        // An item of the file itself.
        if (root === this.from) return NOTHING;
        if (this.probe(root)) return null;
      }
    return UNRESOLVED;
  }

  private above(names: readonly string[]): Terminal | null {
    let folder = this.ownFolder();
    let at = 0;
    for (; names[at] === 'super'; at++) {
      if (folder === '') return UNRESOLVED;
      folder = folderOf(folder);
    }
    if (this.inner(folder, names.slice(at))) return null;
    const bases = basesOf(this.crate, this.from);
    // The module above may itself be an inline one: then it lies in the file of the next above.
    for (; folder !== '' && folder !== this.crate?.folder; folder = folderOf(folder)) {
      const own = bases.filter(base => base.folder === folder);
      if (own.length > 0) return this.roots(own);
      for (const file of [`${folder}.rs`, `${folder}/mod.rs`])
        if (file !== this.from && this.probe(file)) return null;
    }
    return this.roots(bases.filter(base => base.folder === folder));
  }

  private dependency(head: string): Known | undefined {
    const { crate } = this;
    if (crate === undefined) return undefined;
    if (Object.hasOwn(crate.dependencies, head)) return crate.dependencies[head];
    return crate.ident === head ? [crate.name, crate.folder] : undefined;
  }

  /** A path whose first name should be a crate's. */
  private external(names: readonly string[], isGlobal = false): Terminal | null {
    const [head = '', ...rest] = names;
    const known = this.dependency(head);
    if (known !== undefined) {
      const [name, folder] = known;
      const target = folder === undefined ? undefined : crateFolders(this.context).get(folder);
      return target === undefined ? external(name, head, rest) : this.library(target, rest);
    }
    if (LIBRARIES.has(head)) return { type: 'builtin', ecosystem: 'rust', name: modulesOf(names).join('/') };
    const { form } = this.site;
    // A name that a glob or a macro brought in: no crate of this package.
    if (form === 'path' && !isGlobal) return NOTHING;
    if (form === 'extern-crate' || isGlobal || this.crate === undefined) return external(head, head, rest);
    const folders =
      this.crate.isOld === true
        ? basesOf(this.crate, this.from).map(base => base.folder)
        : [this.ownFolder()];
    for (const folder of folders) if (this.inner(folder, names)) return null;
    const undeclared = this.context.crates.find(crate => crate.ident === head);
    if (undeclared !== undefined) return this.library(undeclared, rest);
    // The compiler's own crates, which need no declaration.
    if (head.startsWith('rustc_')) return external(head, head, rest);
    return /^\p{Lu}/u.test(head) ? NOTHING : UNRESOLVED;
  }

  private library(crate: RustCrate, names: readonly string[]): Terminal | null {
    if (this.inner(folderOf(crate.lib), names)) return null;
    if (crate.lib === this.from) return NOTHING;
    return this.probe(crate.lib) ? null : UNRESOLVED;
  }
}

/** Modules by custom begin with a small letter; types and what belongs to them are names within a module. */
function modulesOf(names: readonly string[]): readonly string[] {
  const type = names.findIndex(name => /^\p{Lu}/u.test(name));
  return type === -1 ? names : names.slice(0, type);
}

function external(name: string, written: string, names: readonly string[]): Terminal {
  const subpath = modulesOf(names).join('/');
  return {
    type: 'package',
    ecosystem: 'cargo',
    name,
    ...(subpath === '' ? {} : { subpath }),
    ...(written === name ? {} : { aliases: [written] }),
  };
}
