import type { DependencyFacts } from '../facts/manifests/dependency-facts.js';
import { folderOf } from '../facts/resolve/paths.js';
import type { RepoPath } from '../model/brand.js';
import { canonicalPackage, type DependencyFile, type PackageEcosystem } from '../model/dependency.js';
import { oncePer } from '../model/once.js';
import { manifestEcosystem } from './dependency-formats.js';

/** The manifests of one folder that say what the code there may use, and what belongs to them. */
export interface DeclaringProject {
  readonly ecosystem: PackageEcosystem;
  readonly folder: string;
  /** At least one, unless some can't be read. */
  readonly files: readonly DependencyFile[];
  /** Manifests of the folder that can't be read: what they declare isn't known. */
  readonly unreadable: readonly string[];
  /** Canonical names of the packages that the folder holds itself. */
  readonly names: ReadonlySet<string>;
}

export class Projects {
  private readonly byFolder = new Map<string, DeclaringProject>();
  private readonly found = new Map<string, DeclaringProject | null>();
  private nuget: ReadonlySet<string> | null = null;

  constructor(private readonly facts: DependencyFacts) {
    const files = new Map<string, DependencyFile[]>();
    for (const file of facts.files) {
      const ecosystem = declares(facts, file) ? manifestEcosystem(file.path) : null;
      if (ecosystem !== null) push(files, keyOf(ecosystem, homeOf(file.path, ecosystem)), file);
    }
    const unreadable = new Map<string, string[]>();
    for (const { path } of facts.unreadable) {
      const ecosystem = manifestEcosystem(path);
      if (ecosystem !== null) push(unreadable, keyOf(ecosystem, homeOf(path, ecosystem)), path);
    }
    for (const key of new Set([...files.keys(), ...unreadable.keys()])) {
      const project = this.projectOf(key, files.get(key) ?? [], unreadable.get(key) ?? []);
      if (project !== null) this.byFolder.set(key, project);
    }
  }

  all(): Iterable<DeclaringProject> {
    return this.byFolder.values();
  }

  /** The nearest at the file's folder or above; `null`: there is none. */
  nearest(ecosystem: PackageEcosystem, path: string): DeclaringProject | null {
    return this.above(ecosystem, folderOf(path as RepoPath));
  }

  /** Does a package of .NET that some manifest or lock file names hold the namespace, by its name? */
  knowsNamespace(namespace: string): boolean {
    this.nuget ??= new Set(
      this.facts.files
        .filter(({ ecosystem }) => ecosystem === 'nuget')
        .flatMap(({ entries }) =>
          entries.filter(({ role }) => role === 'dependency').map(({ name }) => name),
        ),
    );
    const name = namespace.toLowerCase();
    for (let end = name.length; end !== -1; end = end === 0 ? -1 : name.lastIndexOf('.', end - 1))
      if (this.nuget.has(name.slice(0, end))) return true;
    return false;
  }

  private above(ecosystem: PackageEcosystem, folder: string): DeclaringProject | null {
    const key = keyOf(ecosystem, folder);
    const before = this.found.get(key);
    if (before !== undefined) return before;
    const own = this.byFolder.get(key);
    const project = own ?? (folder === '' ? null : this.above(ecosystem, folderOf(folder as RepoPath)));
    this.found.set(key, project);
    return project;
  }

  private projectOf(
    key: string,
    files: readonly DependencyFile[],
    unreadable: readonly string[],
  ): DeclaringProject | null {
    const ecosystem = key.slice(0, key.indexOf(':')) as PackageEcosystem;
    const folder = key.slice(key.indexOf(':') + 1);
    if (unreadable.length === 0 && !files.some(isProject)) return null;
    const names = files.flatMap(({ project: { name } }) =>
      name === null ? [] : [canonicalPackage(ecosystem, name)],
    );
    return {
      ecosystem,
      folder,
      files: [...files, ...this.shared(ecosystem, folder, files)],
      unreadable,
      names: new Set(names),
    };
  }

  /** Files beside or above that declare for it, too: what pip's `-r` and setup.cfg's `file:` name, MSBuild's files for all below. */
  private shared(
    ecosystem: PackageEcosystem,
    folder: string,
    own: readonly DependencyFile[],
  ): readonly DependencyFile[] {
    const found = new Set(own);
    if (ecosystem === 'nuget')
      for (const file of this.facts.files)
        if (isForAllBelow(file.path) && isBelow(folder, folderOf(file.path))) found.add(file);
    if (ecosystem === 'pypi')
      for (const { format, includes } of found)
        for (const path of INCLUDING.includes(format) ? includes : []) {
          const file = this.facts.file(path);
          if (file !== null) found.add(file);
        }
    return [...found].filter(file => !own.includes(file));
  }
}

/** Which manifest speaks for which folder. Made once for a tree. */
export const projectsOf = oncePer((facts: DependencyFacts) => new Projects(facts));

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

function keyOf(ecosystem: PackageEcosystem, folder: string): string {
  return `${ecosystem}:${folder}`;
}

/** Formats whose includes declare for the same project. */
const INCLUDING = ['requirements', 'setup-cfg'];

/** `requirements/dev.txt` speaks for the folder that `requirements` lies in. */
function homeOf(path: RepoPath, ecosystem: PackageEcosystem): string {
  const folder = folderOf(path);
  const isList = ecosystem === 'pypi' && /(?:^|\/)requirements$/.test(folder);
  return isList ? folderOf(folder as RepoPath) : folder;
}

/** `{"type": "module"}` says how files are read, `[tool.black]` how they are written, a workspace's root who belongs to it. */
function isProject({ ecosystem, format, path, project, entries, includes }: DependencyFile): boolean {
  if (ecosystem === 'nuget') return !isForAllBelow(path);
  if (project.name !== null || (format === 'setup-cfg' && includes.length > 0)) return true;
  return ecosystem !== 'cargo' && entries.some(({ role }) => role !== 'definition');
}

/** What pip-compile makes of `requirements.in` lists what others bring in, too: a lock file, as it were. */
function declares(facts: DependencyFacts, { role, format, path }: DependencyFile): boolean {
  if (role !== 'manifest') return false;
  return (
    format !== 'requirements' || !path.endsWith('.txt') || facts.file(`${path.slice(0, -4)}.in`) === null
  );
}

function isForAllBelow(path: string): boolean {
  return /(?:^|\/)Directory\.[^/]*$/i.test(path);
}

function isBelow(folder: string, above: string): boolean {
  return above === '' || folder === above || folder.startsWith(`${above}/`);
}
