import type { RepoPath } from '../../../model/brand.js';
import type { ContextSources } from '../language-resolver.js';
import { baseName, below, folderOf, join, relativeTo } from '../paths.js';
import { type CargoManifest, type Dependency, readCargo } from './manifest.js';

/** A package's name as Cargo.toml has it and, where its sources lie in this tree, their folder. */
export type Known = readonly [name: string, folder?: string];

export interface RustCrate {
  readonly name: string;
  readonly folder: string;
  /** The name by which code calls its library. */
  readonly ident: string;
  /** The library's root file. */
  readonly lib: string;
  /** Paths of code start at the crate's root, as before the 2018 edition. */
  readonly isOld?: true;
  /** Root files that the manifest names. */
  readonly roots?: readonly string[];
  /** By the name that code uses. */
  readonly dependencies: Readonly<Record<string, Known>>;
}

export interface RustContext {
  readonly crates: readonly RustCrate[];
}

export function isRustConfig(path: string): boolean {
  return baseName(path) === 'Cargo.toml';
}

/** A name as code writes it. */
function identOf(name: string): string {
  return name.replaceAll('-', '_');
}

interface Read {
  readonly folder: string;
  readonly manifest: CargoManifest;
}

export async function readRustContext(sources: ContextSources): Promise<RustContext> {
  const paths: RepoPath[] = [];
  for (const { path, mode } of sources.listing.entries())
    if (isRustConfig(path) && mode !== '160000' && mode !== '120000') paths.push(path);
  if (paths.length === 0) return { crates: [] };
  paths.sort();
  const { parse } = await import('smol-toml');
  const manifests = new Map<string, Read>();
  const texts = await Promise.all(paths.map(path => sources.text(path)));
  paths.forEach((path, at) => {
    const text = texts[at] ?? null;
    if (text === null) return;
    try {
      const folder = folderOf(path);
      manifests.set(folder, { folder, manifest: readCargo(parse(text.replace(/^\uFEFF/, ''))) });
    } catch (error) {
      sources.mistake(
        path,
        error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
        '',
      );
    }
  });
  const idents = new Map<string, string>();
  for (const { folder, manifest } of manifests.values())
    if (manifest.name !== null) idents.set(folder, identOf(manifest.libName ?? manifest.name));
  return {
    crates: [...manifests.values()].flatMap(read => crateOf(read, manifests, idents) ?? []),
  };
}

/** The manifest with the `[workspace]` that a package belongs to. */
function workspaceOf({ folder, manifest }: Read, manifests: ReadonlyMap<string, Read>): Read | undefined {
  if (manifest.root !== null) return manifests.get(join(folder, manifest.root) ?? '');
  for (let at = folder; ; at = folderOf(at)) {
    const read = manifests.get(at);
    if (read !== undefined && read.manifest.workspace !== null) return read;
    if (at === '') return undefined;
  }
}

function crateOf(
  read: Read,
  manifests: ReadonlyMap<string, Read>,
  idents: ReadonlyMap<string, string>,
): RustCrate | null {
  const { folder, manifest } = read;
  if (manifest.name === null) return null;
  const workspace = workspaceOf(read, manifests);
  const local = (base: string, dependency: Dependency): string | undefined => {
    const path = dependency.path === undefined ? null : join(base, dependency.path);
    return path !== null && idents.has(path) ? path : undefined;
  };
  const patches = new Map<string, string>();
  for (const patch of workspace?.manifest.patches ?? manifest.patches) {
    const path = local(workspace?.folder ?? folder, patch);
    if (path !== undefined) patches.set(patch.package ?? patch.key, path);
  }
  const dependencies: Record<string, Known> = {};
  for (const written of manifest.dependencies) {
    const shared = written.inherits
      ? workspace?.manifest.workspace?.dependencies.find(({ key }) => key === written.key)
      : undefined;
    const dependency = shared ?? written;
    const name = dependency.package ?? dependency.key;
    const path =
      local(shared === undefined ? folder : (workspace?.folder ?? folder), dependency) ?? patches.get(name);
    // A library may be called otherwise than its package, unless the dependency itself gives it a name.
    const ident =
      dependency.package === undefined && path !== undefined
        ? (idents.get(path) ?? identOf(name))
        : identOf(dependency.key);
    dependencies[ident] = path === undefined ? [name] : [name, path];
  }
  const edition = manifest.edition ?? workspace?.manifest.workspace?.edition ?? '2015';
  const roots = manifest.targets.flatMap(path => join(folder, path) ?? []);
  return {
    name: manifest.name,
    folder,
    ident: idents.get(folder) ?? identOf(manifest.name),
    lib: (manifest.libPath === null ? null : join(folder, manifest.libPath)) ?? below(folder, 'src/lib.rs'),
    ...(edition === '2015' ? { isOld: true as const } : {}),
    ...(roots.length === 0 ? {} : { roots }),
    dependencies,
  };
}

const indexes = new WeakMap<RustContext, ReadonlyMap<string, RustCrate>>();

/** The crate whose Cargo.toml is the nearest above a file. */
export function crateAbove(context: RustContext, path: string): RustCrate | undefined {
  const crates = crateFolders(context);
  for (let at = folderOf(path); ; at = folderOf(at)) {
    const crate = crates.get(at);
    if (crate !== undefined || at === '') return crate;
  }
}

export function crateFolders(context: RustContext): ReadonlyMap<string, RustCrate> {
  let crates = indexes.get(context);
  if (crates === undefined) {
    crates = new Map(context.crates.map(crate => [crate.folder, crate]));
    indexes.set(context, crates);
  }
  return crates;
}

/** What of a path lies below the crate's folder. */
export function within(crate: RustCrate, path: string): string {
  return relativeTo(crate.folder, path) ?? path;
}
