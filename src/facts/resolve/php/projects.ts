import { below, folderOf, relativeTo } from '../paths.js';
import type { Project } from './composer.js';

/** Where the file of a class, or the folder of a namespace, may lie; without its extension. */
export interface Candidate {
  /** How much of the name the mapping accounts for. */
  readonly prefix: string;
  readonly stem: string;
}

/** The mappings that a file's project sees. */
class View {
  /** Prefix → folders, of projects in the order in which they are seen. */
  private readonly psr4 = new Map<string, string[]>();
  private readonly psr0: (readonly [prefix: string, folder: string])[] = [];

  constructor(projects: readonly Project[]) {
    for (const { psr4, psr0 } of projects) {
      for (const [prefix, folders] of psr4 ?? [])
        this.psr4.set(prefix, [...(this.psr4.get(prefix) ?? []), ...folders]);
      for (const [prefix, folders] of psr0 ?? [])
        for (const folder of folders) this.psr0.push([prefix, folder]);
    }
    this.psr0.sort(([one], [other]) => other.length - one.length);
  }

  /** The longest prefix first, as composer's own loader looks; PSR-0 after PSR-4. */
  candidates(name: string): readonly Candidate[] {
    const found: Candidate[] = [];
    for (let end = name.lastIndexOf('\\'); ; end = name.lastIndexOf('\\', end - 1)) {
      const prefix = name.slice(0, end + 1);
      const rest = name.slice(prefix.length).replaceAll('\\', '/');
      for (const folder of this.psr4.get(prefix) ?? []) found.push({ prefix, stem: below(folder, rest) });
      if (end <= 0) break;
    }
    const slash = name.lastIndexOf('\\');
    const path = name.slice(0, slash + 1).replaceAll('\\', '/') + name.slice(slash + 1).replaceAll('_', '/');
    for (const [prefix, folder] of this.psr0)
      if (name.startsWith(prefix)) found.push({ prefix, stem: below(folder, path) });
    return found;
  }
}

/** The projects of a tree made quick to ask. */
export class ProjectIndex {
  private readonly byFolder = new Map<string, Project>();
  private readonly byName = new Map<string, Project>();
  private readonly vendors: readonly string[];
  private readonly views = new Map<string, readonly [seen: View, others: View]>();
  private readonly all: View;

  constructor(private readonly context: { readonly projects: readonly Project[] }) {
    for (const project of context.projects) {
      if (!this.byFolder.has(project.folder)) this.byFolder.set(project.folder, project);
      if (project.name !== undefined && !this.byName.has(project.name))
        this.byName.set(project.name, project);
    }
    this.vendors = context.projects.map(({ folder, vendor }) => vendor ?? below(folder, 'vendor'));
    this.all = new View(context.projects);
  }

  /** What lies in a `vendor` folder, by its path there; `null`: it lies in none. */
  vendored(path: string): string | null {
    for (const vendor of this.vendors) {
      const rest = relativeTo(vendor, path);
      if (rest !== null) return rest;
    }
    return null;
  }

  /** The nearest project above a file. */
  projectOf(path: string): Project | null {
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      const project = this.byFolder.get(folder);
      if (project !== undefined) return project;
      if (folder === '') return null;
    }
  }

  /**
   * Mappings that count for a file: those of the projects around it and of what they require; and, apart, those
   * of other projects with a name (one without is an application, or a test's, which nobody else sees).
   */
  viewsOf(path: string): readonly [seen: View, others: View] {
    const own = this.projectOf(path);
    const key = own?.folder ?? '';
    let views = this.views.get(key);
    if (views === undefined) {
      const seen = this.seenFrom(key);
      const others = this.context.projects.filter(one => one.name !== undefined && !seen.has(one));
      views = [new View([...seen]), new View(others)];
      this.views.set(key, views);
    }
    return views;
  }

  private seenFrom(folder: string): ReadonlySet<Project> {
    const seen = new Set<Project>();
    for (let at = folder; ; at = folderOf(at)) {
      for (const project of this.context.projects) if (project.folder === at) seen.add(project);
      if (at === '') break;
    }
    // A set goes on to what is added while it is gone through.
    for (const project of seen)
      for (const name of project.packages ?? []) {
        const required = this.byName.get(name);
        if (required !== undefined) seen.add(required);
      }
    return seen;
  }

  /** Does a mapping lead from what is declared to the file that declares it? */
  isPlaced(path: string, declared: string): boolean {
    if (declared.endsWith('()') || declared.startsWith('const ')) return false;
    return this.all.candidates(declared).some(({ stem }) => `${stem}.php` === path);
  }
}
