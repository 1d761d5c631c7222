import type { RepoPath } from '../../../model/brand.js';
import type { ContextSources } from '../language-resolver.js';
import { baseName, below, folderOf, join, relativeTo } from '../paths.js';
import type { PythonContext, Root } from './context.js';
import { isPythonConfig, readProject } from './projects.js';

type Draft = { -readonly [Key in keyof Root]: Root[Key] };

/** Projects below these are made for tests or copied in: only their own files see them. */
const APART =
  /(?:^|\/)(?:tests?|testing|fixtures?|test[-_]?data|examples?|samples?|templates?|third[-_]party|vendor)\//;
/** Inferred roots of these names are seen from beside them, too. */
const SOURCE_FOLDERS: ReadonlySet<string> = new Set(['src', 'lib', 'python', 'source']);

export function isPackageMark(path: string): boolean {
  const name = baseName(path);
  return name === '__init__.py' || name === '__init__.pyi';
}

/** Folder → the top-level packages directly in it: those whose own folder is no package. */
function packagesByFolder(marks: readonly RepoPath[]): ReadonlyMap<string, readonly string[]> {
  const packages = new Set(marks.map(folderOf));
  packages.delete('');
  const found = new Map<string, string[]>();
  for (const path of [...packages].sort()) {
    const folder = folderOf(path);
    if (packages.has(folder)) continue;
    const names = found.get(folder);
    if (names === undefined) found.set(folder, [baseName(path)]);
    else names.push(baseName(path));
  }
  return found;
}

class Roots {
  readonly byKey = new Map<string, Draft>();

  constructor(private readonly packages: ReadonlyMap<string, readonly string[]>) {}

  /** The wider scope and the wider owner stay. */
  add(path: string, owner: string, scope: string, more: { as?: string; project?: string } = {}): void {
    const key = `${path}\0${more.as ?? ''}`;
    const known = this.byKey.get(key);
    if (known === undefined) {
      const packages = more.as === undefined ? (this.packages.get(path) ?? []) : [];
      this.byKey.set(key, { path, owner, scope, packages, spaces: [], ...more });
      return;
    }
    known.owner = common(known.owner, owner);
    known.scope = common(known.scope, scope);
    if (more.project !== undefined) known.project ??= more.project;
  }
}

function common(one: string, other: string): string {
  if (relativeTo(one, other) !== null) return one;
  return relativeTo(other, one) === null ? '' : other;
}

/** Reads where modules are imported from: declared source roots, and those that `__init__.py` files tell of. */
export async function readPythonContext(sources: ContextSources): Promise<PythonContext> {
  const configs: RepoPath[] = [];
  const marks: RepoPath[] = [];
  for (const { mode, path } of sources.listing.entries()) {
    if (mode === '160000' || mode === '120000') continue;
    if (isPackageMark(path)) marks.push(path);
    else if (isPythonConfig(path)) configs.push(path);
  }
  const packages = packagesByFolder(marks);
  const roots = new Roots(packages);
  roots.add('', '', '');
  roots.add('src', '', '');
  for (const written of sources.settings.roots ?? []) {
    const path = join('', written);
    if (path !== null) roots.add(path, '', '');
  }
  for (const path of configs.sort()) {
    const declared = await readProject(path, sources);
    if (declared === null) continue;
    const folder = folderOf(path);
    const scope = APART.test(`${folder}/`) ? folder : '';
    const project = declared.name?.replace(/[-.]/g, '_');
    const named = project === undefined ? {} : { project };
    for (const root of declared.roots)
      roots.add(root.path, folder, scope, { ...named, ...(root.as !== undefined && { as: root.as }) });
    if (!declared.isProject) continue;
    roots.add(folder, folder, scope, named);
    roots.add(below(folder, 'src'), folder, scope, named);
  }
  const isDeclared = new Set([...roots.byKey.values()].map(root => root.path));
  nameSpaces(roots, packages.keys(), isDeclared);
  for (const path of packages.keys()) {
    if (isDeclared.has(path)) continue;
    const owner = SOURCE_FOLDERS.has(baseName(path)) ? folderOf(path) : path;
    roots.add(path, owner, owner);
  }
  return { roots: [...roots.byKey].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, root]) => root) };
}

/** Which namespaces a declared root holds: parents of packages that lie deeper in it, and in no root in between. */
function nameSpaces(roots: Roots, folders: Iterable<string>, isDeclared: ReadonlySet<string>): void {
  const found = new Map<string, Set<string>>();
  for (const folder of folders) {
    let root = folder;
    while (!isDeclared.has(root)) root = folderOf(root);
    const [space] = (relativeTo(root, folder) ?? '').split('/');
    if (space !== undefined && space !== '') found.set(root, (found.get(root) ?? new Set()).add(space));
  }
  for (const root of roots.byKey.values())
    if (root.as === undefined) root.spaces = [...(found.get(root.path) ?? [])].sort();
}
