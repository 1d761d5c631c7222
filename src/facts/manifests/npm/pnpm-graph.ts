import type { DependencyEntry, DependencyScope } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import { lockEntry } from './lock-entry.js';
import { placedBy, type Want } from './lock-graph.js';
import { within } from './paths.js';
import { type PnpmDocument, type Reference, references } from './pnpm-document.js';
import { type PnpmPackage, packageEntry, pnpmPackages } from './pnpm-packages.js';
import type { YamlMap } from './yaml-tree.js';

const FIELDS: readonly (readonly [string, DependencyScope])[] = [
  ['dependencies', 'production'],
  ['optionalDependencies', 'optional'],
  ['devDependencies', 'development'],
  // Plugins of pnpm, and pnpm itself: they run before anything is installed.
  ['configDependencies', 'build'],
  ['packageManagerDependencies', 'build'],
];
const OWN = ['dependencies', 'optionalDependencies'];

export interface PnpmGraph {
  readonly entries: readonly DependencyEntry[];
  readonly wants: readonly Want[];
}

/** What a document locks, and for whom. @throws ManifestError where it asks for what it does not lock */
export function pnpmGraph(document: PnpmDocument): PnpmGraph {
  return new Grapher(document).graph();
}

class Grapher {
  private readonly packages: ReadonlyMap<string, PnpmPackage>;
  /** Folders linked to, by id. */
  private readonly links = new Map<string, DependencyEntry>();
  /** What projects call a package, and what packages do: by key. */
  private readonly aliases = new Map<string, string>();
  private readonly indirect = new Map<string, string>();
  private readonly plain = new Set<string>();

  constructor(private readonly document: PnpmDocument) {
    this.packages = pnpmPackages(document);
  }

  graph(): PnpmGraph {
    const wants: Want[] = [];
    for (const [folder, project] of this.document.importers)
      for (const [field, scope] of FIELDS)
        for (const reference of references(project, field))
          wants.push({ folder, scope, id: this.resolve(folder, reference, this.aliases) });
    const requires = new Map<string, readonly string[]>();
    for (const { id, holder } of this.packages.values()) requires.set(id, this.requires(holder));
    for (const { id, source } of this.links.values())
      if (source.type === 'workspace') requires.set(id, this.projectRequires(source.path ?? ''));
    return { entries: this.entries(wants, requires), wants };
  }

  private entries(
    wants: readonly Want[],
    requires: ReadonlyMap<string, readonly string[]>,
  ): readonly DependencyEntry[] {
    const by = placedBy(requires, wants, new Map());
    const placed = (id: string) => ({ ...by(id), requires: requires.get(id) ?? [] });
    const links = Array.from(this.links.values(), entry => {
      const ids = requires.get(entry.id) ?? [];
      return { ...entry, ...by(entry.id), ...(ids.length === 0 ? {} : { requires: ids }) };
    });
    const packages = Array.from(this.packages.values(), found =>
      packageEntry(this.document, found, { ...placed(found.id), alias: this.alias(found.key) }),
    );
    return [...links, ...packages];
  }

  /** What a project calls it; else what packages do, if all of them call it something else. */
  private alias(key: string): string | undefined {
    return this.aliases.get(key) ?? (this.plain.has(key) ? undefined : this.indirect.get(key));
  }

  /** Of a package: paths in its links start where the lock file's do. */
  private requires(holder: YamlMap): readonly string[] {
    const ids: string[] = [];
    for (const field of OWN)
      for (const reference of references(holder, field))
        ids.push(this.resolve(this.document.base, reference, this.indirect));
    return ids.length < 2 ? ids : [...new Set(ids)];
  }

  /** Of a project, for whoever links to it: not what it needs for its own development. */
  private projectRequires(folder: string): readonly string[] {
    const project = this.document.importers.get(folder);
    if (project === undefined) return [];
    const ids = OWN.flatMap(field =>
      references(project, field).map(reference => this.resolve(folder, reference, this.aliases)),
    );
    return [...new Set(ids)];
  }

  private resolve(folder: string, reference: Reference, aliases: Map<string, string>): string {
    const { called, written, at } = reference;
    if (written.startsWith('link:')) return this.linked(folder, reference);
    const key = this.document.paths.key(called, written);
    const found = this.packages.get(key);
    if (found === undefined)
      throw new ManifestError(
        `${called} is asked for as ${written}, but there is no entry ${key}`,
        this.document.lines.lineAt(at),
        'The lock file is broken: write it anew.',
      );
    if (found.name === called) this.plain.add(key);
    else if (!aliases.has(key)) aliases.set(key, called);
    return found.id;
  }

  private linked(folder: string, { called, written, at }: Reference): string {
    const path = within(folder, written.slice(5));
    const id = `${this.document.prefix}${called}@link:${path ?? written.slice(5)}`;
    if (!this.links.has(id)) {
      const member = path !== null && this.document.importers.has(path);
      this.links.set(
        id,
        lockEntry({
          id,
          name: called,
          source: member ? { type: 'workspace', path } : { type: 'path', path, written },
          line: this.document.lines.lineAt(at),
        }),
      );
    }
    return id;
  }
}
