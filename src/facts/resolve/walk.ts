import type { ImportSite } from '../../model/edges.js';
import { isBuiltin } from './builtins.js';
import { probeFile, probeIndex } from './candidates.js';
import { targetsFor } from './conditions.js';
import type { Aliases, CompilerConfig, Manifest } from './context.js';
import type { ContextIndex } from './context-index.js';
import { globFolder } from './globs.js';
import { mapped } from './import-maps.js';
import type { Probe, Terminal } from './language-resolver.js';
import { folderOf, join, relativeTo } from './paths.js';
import { outputSources } from './sources.js';
import { type PackageTarget, packageName, packageTarget, urlTarget, withoutLoader } from './specifier.js';

const UNRESOLVED: Terminal = { type: 'unresolved' };

/** Goes through every place where an import may end, the most wanted first, until a probe answers true. */
export class Walk {
  private readonly conditions: readonly string[];
  private readonly config: CompilerConfig | undefined;
  /** The path as written, before anything was added to it: what an unresolved import is called by. */
  written: string | null = null;

  constructor(
    private readonly index: ContextIndex,
    private readonly from: string,
    private readonly site: ImportSite,
    private readonly probe: Probe,
  ) {
    this.config = index.configOf(from);
    const wanted = [...(this.config?.conditions ?? []), ...index.context.conditions];
    // A package that tells `import` from `require` means the syntax of the site.
    this.conditions =
      site.kind === 'require' ? [...new Set([...before(wanted, 'require', 'import')])] : wanted;
  }

  /** @returns `null`: a probe answered true. */
  run(): Terminal | null {
    const { site } = this;
    if (site.specifier === null) return { type: 'computed' };
    if (site.form === 'glob') return this.glob(site.specifier);
    const specifier = withoutLoader(site.specifier);
    if (site.form === 'reference-path') return this.relative(specifier);
    if (site.form === 'reference-types' && specifier === 'node')
      return packageTarget({ name: '@types/node', subpath: '' });
    if (specifier === '' || /^[a-z]:[\\/]|^file:/i.test(specifier)) return UNRESOLVED;
    if (specifier.startsWith('node:'))
      return { type: 'builtin', ecosystem: 'node', name: specifier.slice(5) };
    if (/^\.\.?(?:\/|$)/.test(specifier)) return this.relative(specifier);
    if (!specifier.startsWith('/')) return this.named(specifier);
    const mapped = this.mapped(specifier);
    if (mapped !== undefined) return mapped;
    return this.at(join('', specifier), specifier) ? null : UNRESOLVED;
  }

  /** The files of one folder, which may well be none. */
  private glob(pattern: string): Terminal | null {
    const folder = globFolder(pattern);
    if (folder === null) return { type: 'computed' };
    const isBelowRoot = pattern.startsWith('/');
    const base = isBelowRoot ? (this.index.packageOf(this.from)?.folder ?? '') : folderOf(this.from);
    const path = join(base, folder ?? pattern);
    if (path === null) return UNRESOLVED;
    if (folder === undefined) return probeFile(path, this.probe) ? null : UNRESOLVED;
    return this.probe(`${path}/`) ? null : { type: 'nothing' };
  }

  /** An import map. `undefined`: none speaks of the specifier. */
  private mapped(specifier: string): Terminal | null | undefined {
    const found = mapped(this.index.context.importMaps ?? [], this.from, specifier);
    if (found === null) return undefined;
    const { target, base } = found;
    if (target === null) return UNRESOLVED;
    if (/^\.{0,2}\//.test(target)) return this.at(join(base, target), target) ? null : UNRESOLVED;
    if (target.startsWith('node:')) return { type: 'builtin', ecosystem: 'node', name: target.slice(5) };
    const url = urlTarget(target);
    return url === null ? this.external(target, false) : this.registered(url, packageName(specifier)?.name);
  }

  /** `jsr:@acme/x` may be a package of this tree. @param alias what the import calls it */
  private registered(target: PackageTarget, alias: string | undefined): Terminal | null {
    if (target.ecosystem === 'jsr') {
      const manifest = this.packageNamed(target.name);
      if (manifest !== null) return this.inPackage(manifest, target.subpath ?? '') ? null : UNRESOLVED;
    }
    return alias === undefined || alias === target.name ? target : { ...target, aliases: [alias] };
  }

  /** A file or a folder; `written` tells by its end that only a folder can be meant. */
  private at(path: string | null, written: string): boolean {
    if (path === null) return false;
    this.written ??= path;
    const onlyFolder = /(?:^|\/)\.{0,2}$/.test(written);
    return (!onlyFolder && probeFile(path, this.probe)) || this.folder(path);
  }

  private folder(path: string): boolean {
    const manifest = this.index.manifestIn(path);
    return (manifest !== undefined && this.entries(manifest)) || probeIndex(path, this.probe);
  }

  private relative(specifier: string): Terminal | null {
    const path = join(folderOf(this.from), specifier);
    if (path !== null) {
      if (this.at(path, specifier)) return null;
      for (const other of this.otherRoots(path)) if (this.at(other, specifier)) return null;
      if (this.built(path)) return null;
    }
    // `../node_modules/pg/lib/index.js` is the package, by the back door.
    return installed(specifier) ?? UNRESOLVED;
  }

  /** `rootDirs`: folders that the compiler lays over one another. */
  private otherRoots(path: string): readonly string[] {
    const roots = this.config?.rootDirs ?? [];
    let own: string | null = null;
    for (const root of roots)
      if (relativeTo(root, path) !== null && (own === null || root.length > own.length)) own = root;
    if (own === null) return [];
    const rest = relativeTo(own, path) ?? '';
    return roots.filter(root => root !== own).flatMap(root => join(root, rest) ?? []);
  }

  private named(specifier: string): Terminal | null {
    const provided = this.provided(specifier);
    if (provided !== undefined) return provided;
    const mapped = this.mapped(specifier);
    if (mapped !== undefined) return mapped;
    const url = urlTarget(specifier);
    if (url !== null) return this.registered(url, undefined);
    const aliased = this.aliased(specifier);
    if (aliased === 'found') return null;
    if (typeof aliased === 'object') return aliased;
    const base = this.config?.baseUrl;
    for (const root of base === undefined ? this.index.context.roots : [base, ...this.index.context.roots])
      if (this.at(join(root, specifier), specifier)) return null;
    if (specifier.startsWith('#')) return this.internal(specifier);
    return this.external(specifier, aliased === 'missed');
  }

  /** `resolve.provides`: the longest prefix counts. `undefined`: none does. */
  private provided(specifier: string): Terminal | null | undefined {
    for (const [prefix, folder] of this.index.context.provides) {
      const isBelow = specifier.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`);
      if (!isBelow && specifier !== prefix) continue;
      return this.at(join(folder, specifier.slice(prefix.length)), specifier) ? null : UNRESOLVED;
    }
    return undefined;
  }

  /** `paths`. `missed`: an alias for folders of this tree, where nothing lies; or an installed package's name. */
  private aliased(specifier: string): 'found' | 'missed' | 'none' | Terminal {
    const best = bestPattern(this.index.context.aliases[this.config?.aliases ?? -1] ?? [], specifier);
    if (best === null) return 'none';
    let isOurs = false;
    let other: Terminal | null = null;
    for (const target of best.targets) {
      const path = join(
        '',
        target.replace('*', () => best.star),
      );
      if (path === null) continue;
      const inside = installed(path);
      if (inside === null) isOurs ||= best.pattern !== '*';
      // `"react": ["node_modules/@types/react"]` picks the types; the package stays.
      else if (!inside.name.startsWith('@types/')) other ??= inside;
      if (this.at(path, path)) return 'found';
    }
    return other ?? (isOurs ? 'missed' : 'none');
  }

  /** `#name`: the `imports` of the package that the file belongs to. */
  private internal(specifier: string): Terminal | null {
    const manifest = this.index.packageOf(this.from);
    if (manifest?.imports === undefined) return UNRESOLVED;
    for (const target of targetsFor(manifest.imports, specifier, this.conditions)) {
      if (target.startsWith('./')) {
        if (this.declared(manifest, target)) return null;
      } else if (target.startsWith('node:'))
        return { type: 'builtin', ecosystem: 'node', name: target.slice('node:'.length) };
      else if (!target.startsWith('#')) return this.external(target, false);
    }
    return UNRESOLVED;
  }

  private external(specifier: string, isAlias: boolean): Terminal | null {
    if (isBuiltin(specifier)) return { type: 'builtin', ecosystem: 'node', name: specifier };
    const parsed = packageName(specifier);
    if (parsed === null) return UNRESOLVED;
    const rename = this.index.packageOf(this.from)?.renames?.find(([alias]) => alias === parsed.name);
    const [, ecosystem, renamed] = rename ?? [];
    if (renamed !== undefined && ecosystem !== 'workspace')
      return this.registered(packageTarget({ ...parsed, name: renamed }, ecosystem), parsed.name);
    const manifest = this.packageNamed(renamed ?? parsed.name);
    if (manifest !== null) return this.inPackage(manifest, parsed.subpath) ? null : UNRESOLVED;
    return isAlias && !this.index.isExternal(parsed.name) ? UNRESOLVED : packageTarget(parsed);
  }

  /** A package of this tree: the file's own, one that its manifest links to, or one of the workspace. */
  private packageNamed(name: string): Manifest | null {
    const own = this.index.packageOf(this.from);
    if (own?.name === name) return own;
    const linked = own?.links?.find(([link]) => link === name)?.[1];
    const folder = linked ?? this.index.workspaceFolder(name);
    return folder === undefined ? null : (this.index.manifestIn(folder) ?? { folder });
  }

  /**
   * A path that `exports` doesn't name is looked up all the same: bundlers and TypeScript's older resolution
   * let it pass, and `entry-points` has to see where it goes.
   */
  private inPackage(manifest: Manifest, subpath: string): boolean {
    if (manifest.exports !== undefined) {
      const key = subpath === '' ? '.' : `./${subpath}`;
      for (const target of targetsFor(manifest.exports, key, this.conditions))
        if (this.declared(manifest, target)) return true;
    }
    if (subpath !== '') return this.declared(manifest, subpath);
    if (manifest.entries === undefined) this.written ??= manifest.folder;
    return this.entries(manifest) || probeIndex(manifest.folder, this.probe);
  }

  private entries(manifest: Manifest): boolean {
    for (const entry of manifest.entries ?? []) if (this.declared(manifest, entry)) return true;
    const source = join(manifest.folder, 'src');
    return source !== null && manifest.name !== undefined && probeIndex(source, this.probe);
  }

  /** What a manifest points at: as written, or the source that it is built from. Never outside the package. */
  private declared(manifest: Manifest, written: string): boolean {
    const path = join(manifest.folder, written);
    if (path === null || relativeTo(manifest.folder, path) === null) return false;
    this.written ??= path;
    if (probeFile(path, this.probe) || (path !== manifest.folder && this.plainFolder(path))) return true;
    return this.fromSource(manifest, path);
  }

  /** `../lib/index.js` of a package that is not built. */
  private built(path: string): boolean {
    const manifest = this.index.packageOf(path);
    return manifest !== undefined && this.fromSource(manifest, path);
  }

  private fromSource(manifest: Manifest, path: string): boolean {
    const config = this.index.configOf(join(manifest.folder, 'package.json') ?? '');
    for (const source of outputSources(this.index.context, manifest.folder, config, path))
      if (probeFile(source, this.probe) || this.plainFolder(source)) return true;
    return false;
  }

  /** A folder that a manifest points at; one with a manifest of its own names its entries (once, not in turn). */
  private plainFolder(path: string): boolean {
    for (const entry of this.index.manifestIn(path)?.entries ?? []) {
      const file = join(path, entry);
      if (file !== null && probeFile(file, this.probe)) return true;
    }
    return probeIndex(path, this.probe);
  }
}

/** The package that a path into a `node_modules` folder names. */
function installed(path: string): PackageTarget | null {
  const at = path.lastIndexOf('node_modules/');
  if (at === -1 || (at > 0 && path.charAt(at - 1) !== '/')) return null;
  const parsed = packageName(path.slice(at + 'node_modules/'.length));
  return parsed === null ? null : packageTarget(parsed);
}

function before(list: readonly string[], first: string, second: string): readonly string[] {
  const at = list.indexOf(second);
  if (at === -1 || !list.includes(first) || list.indexOf(first) < at) return list;
  return [...list.slice(0, at), first, ...list.slice(at).filter(item => item !== first)];
}

interface Matched {
  readonly pattern: string;
  readonly targets: readonly string[];
  readonly star: string;
}

/** TypeScript's `matchPatternOrExact`: an exact name first, else the longest part before `*`. */
function bestPattern(paths: Aliases, specifier: string): Matched | null {
  let best: (Matched & { readonly head: number }) | null = null;
  for (const [pattern, targets] of paths) {
    const head = pattern.indexOf('*');
    if (head === -1) {
      if (pattern === specifier) return { pattern, targets, star: '' };
      continue;
    }
    const tail = pattern.slice(head + 1);
    if (specifier.length < pattern.length - 1 || !specifier.startsWith(pattern.slice(0, head))) continue;
    if (!specifier.endsWith(tail) || (best !== null && best.head >= head)) continue;
    best = { pattern, targets, star: specifier.slice(head, specifier.length - tail.length), head };
  }
  return best;
}
