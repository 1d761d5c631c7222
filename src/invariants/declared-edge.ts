import { languageOf } from '../facts/imports/registry.js';
import type { DependencyFacts } from '../facts/manifests/dependency-facts.js';
import type { RepoPath } from '../model/brand.js';
import {
  canonicalPackage,
  type DependencyEntry,
  type DependencyFile,
  type PackageEcosystem,
} from '../model/dependency.js';
import type { Edge } from '../model/edges.js';
import {
  closest,
  type ImportedEcosystem,
  importedEcosystem,
  isKnownPackage,
  type Package,
  provides,
  specifierNames,
  typesOf,
} from './declared-names.js';
import { type DeclaringProject, projectsOf } from './declared-projects.js';
import { wayTo } from './dependency-finding.js';
import { packageRef } from './dependency-rule.js';
import type { Violation } from './kind.js';

/** An import that its project must declare. */
export interface Use {
  readonly package: Package;
  /** `null`: no manifest speaks for the file. */
  readonly project: DeclaringProject | null;
}

export interface Undeclared {
  readonly message: string;
  readonly chain?: NonNullable<Violation['chain']>;
}

const BY_FAMILY: Readonly<Record<string, ImportedEcosystem>> = {
  ecmascript: 'npm',
  python: 'pypi',
  go: 'go',
  rust: 'cargo',
  ruby: 'gem',
  php: 'composer',
  dotnet: 'nuget',
};

/** Whose packages code of this file imports; `null`: none that imports tell. */
export function ecosystemOf(path: string): ImportedEcosystem | null {
  return BY_FAMILY[languageOf(path)?.family ?? ''] ?? null;
}

/** @returns `null`: the import is no package's, or of the project itself */
export function useOf(facts: DependencyFacts, path: RepoPath, edge: Edge): Use | null {
  const { target, site } = edge;
  // Declares types for a name, and imports nothing.
  if (site.form === 'declare-module') return null;
  if (target.type !== 'package') return workspaceUse(facts, path, edge);
  const ecosystem = importedEcosystem(target.ecosystem);
  if (ecosystem === null) return null;
  if (isAlwaysThere(ecosystem, target.name, path)) return null;
  const projects = projectsOf(facts);
  // A namespace tells its package only where some project or lock file of the repository has one of that name.
  if (ecosystem === 'nuget' && !projects.knowsNamespace(target.name)) return null;
  const project = projects.nearest(ecosystem, path);
  if (project !== null && [...project.names].some(name => isItself(name, target))) return null;
  return { package: target, project };
}

/** The compiler's own crates; what runs a setup.py, which pip brings where no manifest says otherwise. */
function isAlwaysThere(ecosystem: ImportedEcosystem, name: string, path: string): boolean {
  if (ecosystem === 'cargo') return name.startsWith('rustc_');
  return ecosystem === 'pypi' && name === 'setuptools' && /(?:^|\/)setup\.py$/.test(path);
}

function isItself(name: string, target: Package): boolean {
  const names = [target.name, ...(target.aliases ?? [])];
  if (target.ecosystem === 'go') return names.some(each => each === name || each.startsWith(`${name}/`));
  return names.some(each => canonicalPackage(target.ecosystem as PackageEcosystem, each) === name);
}

/** A file of another package of the repository, imported by that package's name. */
function workspaceUse(facts: DependencyFacts, path: RepoPath, { target, site }: Edge): Use | null {
  if (target.type !== 'file' && target.type !== 'asset' && target.type !== 'folder') return null;
  const ecosystem = ecosystemOf(path);
  if (site.specifier === null || ecosystem === null) return null;
  const names = specifierNames(ecosystem, site.specifier);
  if (names.length === 0) return null;
  const projects = projectsOf(facts);
  const own = projects.nearest(ecosystem, path);
  const other = projects.nearest(ecosystem, target.type === 'folder' ? `${target.path}/.` : target.path);
  if (other === null || other.folder === own?.folder) return null;
  const name = names.find(each => other.names.has(each));
  return name === undefined ? null : { package: { type: 'package', ecosystem, name }, project: own };
}

/** Entries of the project that declare what is imported. */
export function declarations(
  { package: target, project }: Use,
  typeOnly: boolean,
): readonly DependencyEntry[] {
  const entries = (project?.files ?? []).flatMap(file =>
    file.entries.filter(({ role }) => role === 'dependency'),
  );
  return closest(entries.filter(entry => provides(entry, target) || (typeOnly && typesOf(entry, target))));
}

/** @param isDev does the file belong to tests, tools and such? */
export function undeclared(
  facts: DependencyFacts,
  path: RepoPath,
  edge: Edge,
  isDev: boolean,
): Undeclared | null {
  const use = useOf(facts, path, edge);
  if (use === null) return null;
  const { project } = use;
  const ref = `${use.package.ecosystem}:${use.package.name}`;
  const { site } = edge;
  const found = declarations(use, site.typeOnly);
  const declared = found.filter(({ direct }) => direct !== false);
  if (declared.length > 0) {
    const mayUse = isDev || site.typeOnly || site.kind === 'test';
    const isBuild = isBuildScript(path, project);
    const isMeant = ({ scope }: DependencyEntry): boolean =>
      mayUse || (scope === 'build' ? isBuild : scope !== 'development');
    if (declared.some(isMeant)) return null;
    const [entry] = declared;
    const scope = entry?.scope ?? 'development';
    return {
      message: `${path} imports ${ref}, which ${declarer(project, entry)} declares for ${scope} only: production code imports a ${scope} dependency`,
    };
  }
  if (project === null)
    return { message: `${path} imports ${ref}, and no manifest at its folder or above declares anything` };
  const [broken] = project.unreadable;
  if (broken !== undefined)
    return { message: `${path} imports ${ref}, and ${broken}, which should declare it, can’t be read` };
  return phantom(facts, path, ref, use, project, found);
}

function declarer(project: DeclaringProject | null, entry: DependencyEntry | undefined): string {
  const file = project?.files.find(({ entries }) => entry !== undefined && entries.includes(entry));
  return file?.path ?? 'its manifest';
}

/** Cargo's and setuptools' scripts are what build dependencies are for. */
const BUILD_SCRIPTS: Readonly<Partial<Record<PackageEcosystem, string>>> = {
  cargo: 'build.rs',
  pypi: 'setup.py',
};

function isBuildScript(path: RepoPath, project: DeclaringProject | null): boolean {
  const script = project === null ? undefined : BUILD_SCRIPTS[project.ecosystem];
  if (project === null || script === undefined) return false;
  return path === (project.folder === '' ? script : `${project.folder}/${script}`);
}

function phantom(
  facts: DependencyFacts,
  path: RepoPath,
  ref: string,
  { package: target }: Use,
  project: DeclaringProject,
  indirect: readonly DependencyEntry[],
): Undeclared {
  const manifests = namesOf(project.files);
  const wrong = `${path} imports ${ref}, which ${manifests} must declare and does not`;
  for (const lock of new Set(project.files.flatMap(file => facts.locksOf(file)))) {
    const held = closest(
      lock.entries.filter(entry => entry.role === 'dependency' && provides(entry, target)),
    );
    for (const entry of held) {
      const way = wayTo(facts, lock, entry);
      if (way === null) continue;
      return { message: `${wrong} (phantom: it comes by ${way.text})`, chain: way.hops };
    }
    const [entry] = held;
    if (entry !== undefined)
      return { message: `${wrong} (phantom: ${lock.path} holds ${packageRef(entry)} for other packages)` };
  }
  if (indirect.length > 0) return { message: `${wrong} (phantom: it is marked as indirect there)` };
  if (!isKnownPackage(target))
    return {
      message: `${path} imports ${ref}, and no package that ${manifests} declares is known to hold it (a lock file would tell)`,
    };
  // What distribution holds a module of Python is told by its name alone.
  const guess =
    target.ecosystem === 'pypi' ? ' (nor is a package declared that is known to hold that module)' : '';
  return { message: `${wrong}${guess}` };
}

function namesOf(files: readonly DependencyFile[]): string {
  const [first, ...more] = files.map(({ path }) => path);
  return more.length === 0 ? (first ?? 'its manifest') : `${first} (or ${more.join(', ')})`;
}
