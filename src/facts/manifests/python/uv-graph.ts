import type { DependencyScope } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import { LOCK_AGAIN, type LockedPackage, type LockedPackages } from './lock.js';
import { isTable, stringIn, type TomlTable } from './toml.js';

/** A package with some of its extras asked for; `''` stands for the package by itself. */
interface Need {
  readonly one: LockedPackage;
  readonly extra: string;
}

/** Which locked packages need which, extras apart, as uv.lock writes it. */
export class UvGraph {
  private readonly required = new Set<string>();
  private readonly requirements = new Map<LockedPackage, readonly string[]>();

  constructor(
    private readonly packages: LockedPackages,
    /** Projects that are locked here, and their folders. */
    private readonly projects: ReadonlyMap<LockedPackage, string>,
  ) {
    for (const one of packages.all) {
      const lists = [this.plain(one), ...this.extras(one).values(), ...this.groups(one).values()];
      const ids = this.ids(lists.flat(), one);
      this.requirements.set(one, ids);
      for (const id of ids) this.required.add(id);
    }
  }

  isRequired({ id }: LockedPackage): boolean {
    return this.required.has(id);
  }

  /** Ids of what a package needs, with all its extras and groups that are locked. */
  requires(one: LockedPackage): readonly string[] {
    return this.requirements.get(one) ?? [];
  }

  /** Ids of what a project wants itself. */
  wanted(project: LockedPackage): readonly string[] {
    const lists = [
      [...this.tables(project, 'dependencies')],
      ...this.extras(project).values(),
      ...this.groups(project).values(),
    ];
    return this.ids(lists.flat(), project);
  }

  /** Ids of what any project, or the file itself, wants. */
  direct(loose: readonly TomlTable[]): ReadonlySet<string> {
    const ids = new Set([...this.projects.keys()].flatMap(project => this.wanted(project)));
    for (const table of loose) for (const { id } of this.answers(table)) ids.add(id);
    return ids;
  }

  /** What each package is for: what production needs is production's, then optional's, then development's. */
  scopes(
    groupScope: (group: string) => DependencyScope,
    loose: readonly TomlTable[],
  ): ReadonlyMap<string, DependencyScope> {
    const starts: Record<'production' | 'optional' | 'development', TomlTable[]> = {
      production: [...loose],
      optional: [],
      development: [],
    };
    for (const project of this.projects.keys()) {
      starts.production.push(...this.tables(project, 'dependencies'));
      for (const tables of this.extras(project).values()) starts.optional.push(...tables);
      for (const [group, tables] of this.groups(project))
        starts[groupScope(group) === 'production' ? 'production' : 'development'].push(...tables);
    }
    const scopes = new Map<string, DependencyScope>();
    const seen = new Set<string>();
    for (const scope of ['production', 'optional', 'development'] as const)
      for (const { one } of this.walk(starts[scope], seen))
        if (!scopes.has(one.id)) scopes.set(one.id, scope);
    return scopes;
  }

  private *walk(starts: readonly TomlTable[], seen: Set<string>): IterableIterator<Need> {
    const open = starts.flatMap(table => this.needs(table));
    for (const need of open) {
      const key = `${need.one.id} ${need.extra}`;
      if (seen.has(key)) continue;
      seen.add(key);
      yield need;
      const tables = need.extra === '' ? this.plain(need.one) : (this.extras(need.one).get(need.extra) ?? []);
      for (const table of tables) open.push(...this.needs(table));
    }
  }

  private needs(table: TomlTable): readonly Need[] {
    const written = table['extra'] ?? table['extras'];
    const extras = Array.isArray(written) ? written.map(String) : [];
    return this.answers(table).flatMap(one => ['', ...extras].map(extra => ({ one, extra })));
  }

  /** The packages that an entry of a list of dependencies means: by name, and by version and source where it says so. */
  private answers(table: TomlTable): readonly LockedPackage[] {
    const name = stringIn(table, 'name') ?? '';
    const version = stringIn(table, 'version');
    const source = isTable(table['source']) ? JSON.stringify(table['source']) : null;
    const named = this.packages.named(name);
    const exact = named.filter(
      one =>
        (version === null || one.version === version) &&
        (source === null || JSON.stringify(one.table['source']) === source),
    );
    return exact.length > 0 ? exact : named;
  }

  private ids(tables: readonly TomlTable[], self: LockedPackage): readonly string[] {
    const ids = new Set(tables.flatMap(table => this.answers(table).map(({ id }) => id)));
    ids.delete(self.id);
    return [...ids];
  }

  private plain(one: LockedPackage): readonly TomlTable[] {
    return this.tables(one, 'dependencies');
  }

  private extras(one: LockedPackage): ReadonlyMap<string, readonly TomlTable[]> {
    return this.lists(one, 'optional-dependencies');
  }

  private groups(one: LockedPackage): ReadonlyMap<string, readonly TomlTable[]> {
    // Since 0.4.27 `dev-dependencies`; `dev-dependencies.dev` alone before.
    return this.lists(one, 'dev-dependencies');
  }

  private lists(one: LockedPackage, key: string): ReadonlyMap<string, readonly TomlTable[]> {
    const table = one.table[key];
    if (table === undefined) return new Map();
    if (!isTable(table)) throw new ManifestError(`${key} of ${one.name} is no table`, one.line, LOCK_AGAIN);
    return new Map(Object.keys(table).map(name => [name, listOf(table, name, one)]));
  }

  private tables(one: LockedPackage, key: string): readonly TomlTable[] {
    return listOf(one.table, key, one);
  }
}

function listOf(table: TomlTable, key: string, { name, line }: LockedPackage): readonly TomlTable[] {
  const list = table[key];
  if (list === undefined) return [];
  if (!Array.isArray(list) || !list.every(item => isTable(item) && stringIn(item, 'name') !== null))
    throw new ManifestError(`${key} of ${name} is no list of packages`, line, LOCK_AGAIN);
  return list;
}
