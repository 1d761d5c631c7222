import type { DependencyEntry, DependencyFile } from '../../model/dependency.js';
import { oncePer } from '../../model/once.js';
import { folderOf } from '../resolve/paths.js';
import type { FactError } from '../tree-facts.js';
import type { Chain, DependencyFacts } from './dependency-facts.js';

type Terms = Pick<DependencyFacts, 'satisfies' | 'intersects' | 'licensed' | 'licenseIds' | 'purl'>;

/** @param files linked, sorted by path */
export function dependencyTree(
  files: readonly DependencyFile[],
  unreadable: readonly FactError[],
  terms: Terms,
): DependencyFacts {
  const byPath = new Map<string, DependencyFile>(files.map(file => [file.path, file]));
  const manifests = files.filter(file => file.role === 'manifest' && !isForTools(file));
  const locks = new Map<string, DependencyFile[]>();
  for (const file of files) {
    if (file.role !== 'lock') continue;
    const list = locks.get(folderOf(file.path));
    if (list === undefined) locks.set(folderOf(file.path), [file]);
    else list.push(file);
  }
  const locksOf = oncePer((manifest: DependencyFile): readonly DependencyFile[] => {
    const folder = folderOf(manifest.path);
    for (let above: string | null = folder; above !== null; above = parentOf(above)) {
      const here = (locks.get(above) ?? []).filter(({ ecosystem }) => ecosystem === manifest.ecosystem);
      // A lock file above serves only the projects that it names, where it names any.
      const own = here.filter(lock => above === folder || serves(lock, folder));
      if (own.length > 0) return own;
    }
    return [];
  });
  const manifestsOf = oncePer((lock: DependencyFile): readonly DependencyFile[] =>
    manifests.filter(manifest => locksOf(manifest).includes(lock)),
  );
  const treeOf = oncePer((lock: DependencyFile) => new LockTree(lock));
  return {
    files,
    unreadable,
    file: path => byPath.get(path) ?? null,
    locksOf,
    manifestsOf,
    chain: (lock, id) => treeOf(lock).chain(id),
    reachable: (lock, folders) => treeOf(lock).reachable(folders),
    ...terms,
  };
}

/** A setup.cfg that only sets up tools, a setup.py that leaves all to other files: no project for a lock file to settle. */
function isForTools({ format, entries, includes, project }: DependencyFile): boolean {
  if (format !== 'setup-cfg' && format !== 'setup-py') return false;
  return entries.length === 0 && includes.length === 0 && project.name === null;
}

function serves(lock: DependencyFile, folder: string): boolean {
  return Object.keys(lock.roots).length === 0 || lock.roots[folder] !== undefined;
}

function parentOf(folder: string): string | null {
  return folder === '' ? null : folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
}

/** The entries of a lock file, as what brings what. */
class LockTree {
  private readonly entries: ReadonlyMap<string, DependencyEntry>;
  /** How each entry is first reached, breadth first from all projects: by an entry, or by a project. */
  private reached: Map<string, { readonly by: string | null; readonly root: string }> | null = null;

  constructor(private readonly lock: DependencyFile) {
    this.entries = new Map(lock.entries.map(entry => [entry.id, entry]));
  }

  chain(id: string): Chain | null {
    this.reached ??= this.walk(Object.entries(this.lock.roots));
    const end = this.reached.get(id);
    if (end === undefined) return null;
    const entries: DependencyEntry[] = [];
    for (let at: string | null = id; at !== null; at = this.reached.get(at)?.by ?? null) {
      const entry = this.entries.get(at);
      if (entry !== undefined) entries.unshift(entry);
    }
    return { root: end.root, entries };
  }

  reachable(folders: ReadonlySet<string>): ReadonlySet<string> {
    return new Set(this.walk(Object.entries(this.lock.roots).filter(([root]) => folders.has(root))).keys());
  }

  private walk(
    roots: readonly (readonly [string, readonly string[]])[],
  ): Map<string, { readonly by: string | null; readonly root: string }> {
    const reached = new Map<string, { by: string | null; root: string }>();
    const open: string[] = [];
    const reach = (id: string, by: string | null, root: string): void => {
      if (reached.has(id) || !this.entries.has(id)) return;
      reached.set(id, { by, root });
      open.push(id);
    };
    for (const [root, ids] of roots) for (const id of ids) reach(id, null, root);
    for (let next = 0; next < open.length; next++) {
      const id = open[next] ?? '';
      const root = reached.get(id)?.root ?? '';
      for (const required of this.entries.get(id)?.requires ?? []) reach(required, id, root);
    }
    return reached;
  }
}
