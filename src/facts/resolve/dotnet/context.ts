import type { ContextSources } from '../language-resolver.js';
import { type Home, type SourceRoot, sourceRoots } from '../namespaces/source-roots.js';
import { baseName, folderOf } from '../paths.js';
import { type Project, readProjects } from './projects.js';

export interface DotnetContext {
  readonly roots: readonly SourceRoot[];
  /** Ids of the packages that any project refers to. */
  readonly packages: readonly string[];
  /** Projects by name → folder, for assemblies that are loaded by name. */
  readonly projects: Readonly<Record<string, string>>;
}

const PLATFORM: ReadonlySet<string> = new Set(['System', 'Microsoft', 'Windows']);

function isWithin(namespace: string, prefix: string): boolean {
  return namespace === prefix || namespace.startsWith(`${prefix}.`);
}

function topOf(namespace: string): string {
  return namespace.split('.', 1)[0] ?? '';
}

/** Tells a project's own namespaces from foreign ones that it drops extension methods and polyfills into. */
class Ownership {
  private readonly byFolder = new Map<string, Project>();
  /** First segments of all projects' names. */
  private readonly tops = new Set<string>();
  /** How many files of a project declare a namespace. */
  private readonly counts = new Map<Project | null, Map<string, number>>();

  constructor(projects: readonly Project[]) {
    for (const project of projects) {
      if (!this.byFolder.has(project.folder)) this.byFolder.set(project.folder, project);
      for (const name of namesOf(project)) this.tops.add(topOf(name));
    }
  }

  count([namespace, folder]: Home): void {
    const project = this.projectOf(folder);
    const counts = this.counts.get(project) ?? new Map<string, number>();
    this.counts.set(project, counts.set(namespace, (counts.get(namespace) ?? 0) + 1));
  }

  /**
   * `using Microsoft.Extensions.DependencyInjection` means the library also where the tree adds a class to it. Under
   * the platform's names a project owns what its own name says, and what most of its files declare.
   */
  owns([namespace, folder]: Home): boolean {
    const isPlatform = PLATFORM.has(topOf(namespace));
    const project = this.projectOf(folder);
    if (project === null) return !isPlatform;
    const names = namesOf(project);
    if (names.some(name => isWithin(namespace, name))) return true;
    if (isPlatform) return names.some(name => isWithin(name, namespace)) && this.isMost(project, namespace);
    const isSpelled =
      baseName(folder) === namespace || `/${folder}`.endsWith(`/${namespace.replaceAll('.', '/')}`);
    return isSpelled || this.tops.has(topOf(namespace));
  }

  private isMost(project: Project, namespace: string): boolean {
    const counts = this.counts.get(project);
    let all = 0;
    for (const count of counts?.values() ?? []) all += count;
    return (counts?.get(namespace) ?? 0) * 2 >= all;
  }

  private projectOf(start: string): Project | null {
    for (let folder = start; ; folder = folderOf(folder)) {
      const project = this.byFolder.get(folder);
      if (project !== undefined || folder === '') return project ?? null;
    }
  }
}

function namesOf(project: Project): readonly string[] {
  return project.rootNamespace === null ? [project.name] : [project.name, project.rootNamespace];
}

export async function readDotnetContext(sources: ContextSources): Promise<DotnetContext> {
  const { projects, packages } = await readProjects(sources);
  const ownership = new Ownership(projects);
  const homes = new Map<string, Home>();
  for (const [path, declares] of await sources.declarations()) {
    for (const namespace of declares) {
      const home = [namespace, folderOf(path)] as const;
      homes.set(home.join('\n'), home);
      ownership.count(home);
    }
  }
  const owned = new Set<string>();
  for (const home of homes.values()) if (ownership.owns(home)) owned.add(home[0]);
  return {
    roots: sourceRoots([...homes.values()].filter(([namespace]) => owned.has(namespace))),
    packages,
    projects: Object.fromEntries(projects.map(({ name, folder }) => [name, folder])),
  };
}
