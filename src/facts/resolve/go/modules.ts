import { oncePer } from '../../../model/once.js';
import { folderOf, relativeTo } from '../paths.js';
import { type GoContext, type GoModule, hiddenFolder, type Mapping } from './context.js';

export const indexOf = oncePer((context: GoContext) => new GoIndex(context));

/** How many leading segments two folders share. */
function shared(one: string, other: string): number {
  const ours = one.split('/');
  const theirs = other.split('/');
  let count = 0;
  while (count < ours.length && ours[count] === theirs[count] && ours[count] !== '') count++;
  return count;
}

class GoIndex {
  readonly vendored: ReadonlySet<string>;
  /** Folders of the standard library's own sources, whose packages have no prefix. */
  readonly libraries: readonly string[];
  private readonly byFolder = new Map<string, GoModule>();
  private readonly workOf = new Map<string, readonly Mapping[]>();
  private readonly views = new Map<string, ReadonlyMap<string, Mapping>>();

  constructor(private readonly context: GoContext) {
    this.vendored = new Set(context.vendored);
    this.libraries = context.modules
      .filter(({ path, within }) => path === 'std' && within === undefined)
      .map(({ folder }) => folder);
    for (const module of context.modules) this.byFolder.set(module.folder, module);
    // The workspace nearest to a module counts: the longest folder comes last.
    for (const work of [...context.works].sort((one, other) => one.folder.length - other.folder.length))
      for (const use of work.uses)
        if (relativeTo(work.folder, use) !== null) this.workOf.set(use, work.replaces);
  }

  /** The module whose go.mod is the nearest above a folder. */
  private moduleOf(folder: string): GoModule | undefined {
    for (let at = folder; ; at = folderOf(at)) {
      const module = this.byFolder.get(at);
      if (module !== undefined || at === '') return module;
    }
  }

  /** Modules and replacements whose path begins an import's, the longest first. */
  matches(from: string, path: string): readonly Mapping[] {
    const view = this.view(folderOf(from));
    const found: Mapping[] = [];
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      const mapping = view.get(path.slice(0, end));
      if (mapping !== undefined) found.push(mapping);
    }
    return found;
  }

  /** Without a module, a folder called `src` above a file may be that of a GOPATH. */
  sourceRoots(from: string): readonly string[] {
    if (this.moduleOf(folderOf(from)) !== undefined) return [];
    const roots: string[] = [];
    for (let at = folderOf(from); at !== ''; at = folderOf(at))
      if (at === 'src' || at.endsWith('/src')) roots.push(at);
    return roots;
  }

  /** The files of one module see the same, but for those in its `testdata`. */
  private view(folder: string): ReadonlyMap<string, Mapping> {
    const own = this.moduleOf(folder);
    const hidden = hiddenFolder(folder);
    const key = JSON.stringify([own?.folder, hidden]);
    let view = this.views.get(key);
    if (view === undefined) {
      view = this.createView(own, hidden);
      this.views.set(key, view);
    }
    return view;
  }

  private createView(own: GoModule | undefined, hidden: string | null): ReadonlyMap<string, Mapping> {
    const near = own?.folder ?? hidden ?? '';
    const best = new Map<string, GoModule>();
    for (const module of this.context.modules) {
      if (module.within !== undefined && module.within !== hidden) continue;
      const other = best.get(module.path);
      if (other === undefined || isNearer(near, module, other)) best.set(module.path, module);
    }
    if (own !== undefined) best.set(own.path, own);
    const view = new Map<string, Mapping>();
    for (const [path, module] of best) view.set(path, [path, 'folder', module.folder]);
    const workspace = own === undefined ? undefined : this.workOf.get(own.folder);
    for (const mapping of [...(own?.replaces ?? []), ...(workspace ?? [])])
      if (mapping[0] !== own?.path) view.set(mapping[0], mapping);
    return view;
  }
}

function isNearer(folder: string, one: GoModule, other: GoModule): boolean {
  const difference = shared(folder, one.folder) - shared(folder, other.folder);
  if (difference !== 0) return difference > 0;
  if (one.folder.length !== other.folder.length) return one.folder.length < other.folder.length;
  return one.folder < other.folder;
}
