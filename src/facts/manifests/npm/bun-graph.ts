import type { DependencyEntry, DependencyScope } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import { type BunPackage, bunPackage, keyNames, REMEDY } from './bun-packages.js';
import type { JsoncMap } from './jsonc-tree.js';
import { calledBy, lockEntry } from './lock-entry.js';
import { type Want, withWants } from './lock-graph.js';
import { projectFolder } from './lock-places.js';

interface Section {
  readonly field: string;
  readonly scope: DependencyScope;
  /** What may be absent: not for this machine, or left to whoever takes the package. */
  readonly absent: boolean;
}

const SECTIONS: readonly Section[] = [
  { field: 'dependencies', scope: 'production', absent: false },
  { field: 'optionalDependencies', scope: 'optional', absent: true },
  { field: 'peerDependencies', scope: 'peer', absent: true },
];
const DEVELOPMENT: Section = { field: 'devDependencies', scope: 'development', absent: false };

interface Project {
  readonly folder: string;
  readonly name: string | null;
  readonly content: JsoncMap;
}

/** What a bun.lock has in `packages`, and for whom. @throws ManifestError where something is asked for and not there */
export class BunGraph {
  private readonly packages = new Map<string, BunPackage>();
  private readonly optional = new Map<string, ReadonlySet<string>>();
  private readonly projects: readonly Project[];
  private readonly trusted: ReadonlySet<string>;

  constructor(document: JsoncMap, folder: string) {
    for (const pair of document.map('packages').pairs) {
      if (this.packages.has(pair.key))
        throw new ManifestError(`packages: ${pair.key} is there twice`, pair.line, REMEDY);
      this.packages.set(pair.key, bunPackage(pair, folder));
    }
    this.projects = document
      .map('workspaces')
      .last()
      .map(({ key }) => {
        const content = document.map('workspaces').map(key);
        return { folder: projectFolder(folder, key), name: content.text('name'), content };
      });
    const trusted = document.get('trustedDependencies');
    this.trusted = new Set(
      Array.isArray(trusted) ? trusted.filter((name): name is string => typeof name === 'string') : [],
    );
  }

  get folders(): readonly string[] {
    return this.projects.map(project => project.folder);
  }

  wants(): readonly Want[] {
    const wants: Want[] = [];
    for (const project of this.projects)
      for (const section of [...SECTIONS, DEVELOPMENT])
        for (const id of this.idsOf(project.content, section, project.name ?? ''))
          wants.push({ folder: project.folder, id, scope: section.scope });
    return wants;
  }

  entries(wants: readonly Want[]): readonly DependencyEntry[] {
    const entries = Array.from(this.packages.values(), found => this.entry(found));
    return withWants(entries, wants, this.optional);
  }

  private entry(found: BunPackage): DependencyEntry {
    const { key, name, info, source } = found;
    // What a member wants is written among the projects.
    const member =
      source.type === 'workspace' ? this.projects.find(project => project.folder === source.path) : undefined;
    const content = member?.content ?? info;
    const needed: string[] = [];
    const edges: string[] = [];
    for (const section of SECTIONS)
      (section.scope === 'optional' ? edges : needed).push(...this.idsOf(content, section, key));
    const free = edges.filter(id => !needed.includes(id));
    if (free.length > 0) this.optional.set(key, new Set(free));
    const requires = [...new Set([...needed, ...edges])];
    return lockEntry({
      id: key,
      name,
      ...calledBy(name, keyNames(key).at(-1)),
      version: found.version ?? member?.content.text('version') ?? null,
      source,
      integrity: found.integrity,
      line: found.line,
      ...(this.trusted.has(keyNames(key).at(-1) ?? name) ? { installScript: true as const } : {}),
      ...(info.get('bundled') === true ? { bundled: true as const } : {}),
      ...(requires.length === 0 ? {} : { requires }),
    });
  }

  private idsOf(content: JsoncMap, section: Section, from: string): string[] {
    const ids: string[] = [];
    // An optional peer is used if it is there for others: it is nobody's reason to be there.
    const optional = section.scope === 'peer' ? content.get('optionalPeers') : null;
    for (const { key: called, line } of content.map(section.field).last()) {
      if (Array.isArray(optional) && optional.includes(called)) continue;
      const id = this.lookUp(from, called);
      if (id !== null) ids.push(id);
      else if (!section.absent)
        throw new ManifestError(
          `${from === '' ? 'a project' : from} asks for ${called}, which the lock file does not have`,
          line,
          REMEDY,
        );
    }
    return ids;
  }

  /** As Node looks it up: below the package itself, then below each one above, then at the top. */
  private lookUp(from: string, called: string): string | null {
    const names = from === '' ? [] : keyNames(from);
    for (let length = names.length; length >= 0; length--) {
      const key = [...names.slice(0, length), called].join('/');
      if (this.packages.has(key)) return key;
    }
    return null;
  }
}
