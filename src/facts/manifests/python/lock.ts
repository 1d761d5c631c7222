import {
  canonicalPackage,
  type DependencyEntry,
  type DependencyFile,
  type DependencyScope,
  type DependencySource,
} from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { type DependencyFiles, ManifestError } from '../format.js';
import { EntryList } from './entries.js';
import { isTable, stringIn, type TomlDocument, type TomlTable } from './toml.js';

/** One package of a lock file, while the file is read. */
export interface LockedPackage {
  readonly id: string;
  readonly name: string;
  readonly version: string | null;
  readonly line: number;
  readonly table: TomlTable;
}

/** The packages of a lock file, by name: what requirements between them are resolved with. */
export class LockedPackages {
  readonly all: readonly LockedPackage[];
  private readonly byName = new Map<string, LockedPackage[]>();

  /** @param array name of the array of tables: `package` or `packages` */
  constructor(
    readonly document: TomlDocument,
    array: string,
  ) {
    const tables = document.tablesAt([array]);
    const lines = document.headerLines(array, tables.length);
    const ids = new EntryIds();
    this.all = tables.map((table, index) => {
      const line = lines[index] ?? 1;
      const written = stringIn(table, 'name');
      if (written === null) throw new ManifestError(`a [[${array}]] has no name`, line, LOCK_AGAIN);
      const name = canonicalPackage('pypi', written);
      const version = stringIn(table, 'version');
      const one = {
        id: ids.unique(version === null ? name : `${name}@${version}`),
        name,
        version,
        line,
        table,
      };
      const twins = this.byName.get(name);
      if (twins === undefined) this.byName.set(name, [one]);
      else twins.push(one);
      return one;
    });
  }

  named(name: string): readonly LockedPackage[] {
    // Tools write canonical names nearly always.
    return this.byName.get(name) ?? this.byName.get(canonicalPackage('pypi', name)) ?? [];
  }
}

/** What a person does about a lock file that is broken. */
export const LOCK_AGAIN = 'let its package manager write the lock file anew';

class EntryIds {
  private readonly counts = new Map<string, number>();

  unique(id: string): string {
    const count = (this.counts.get(id) ?? 0) + 1;
    this.counts.set(id, count);
    return count === 1 ? id : this.unique(`${id}#${count}`);
  }
}

/** What a format tells of a locked package, besides its name and version. */
export interface LockedFacts {
  readonly scope: DependencyScope;
  readonly direct: boolean | null;
  readonly source: DependencySource;
  readonly integrity: readonly string[];
  readonly requires?: readonly string[];
}

export function lockedEntry(one: LockedPackage, facts: LockedFacts): DependencyEntry {
  const { id, name, version, line } = one;
  return new EntryList().add({ id, name, version, line, ...facts });
}

export function lockFile(
  path: DependencyFile['path'],
  format: string,
  entries: readonly DependencyEntry[],
  roots: Readonly<Record<string, readonly string[]>> = {},
): DependencyFile {
  return {
    path,
    format,
    ecosystem: 'pypi',
    role: 'lock',
    project: { name: null, version: null, license: null },
    entries,
    roots,
    includes: [],
  };
}

/** `hash` of files in a list; what is no list of tables is refused. */
export function fileHashes(line: number, files: unknown): readonly string[] {
  if (files === undefined) return [];
  if (!Array.isArray(files)) throw new ManifestError('the files of a package are no list', line, LOCK_AGAIN);
  return files.flatMap((file: unknown) => {
    if (!isTable(file)) throw new ManifestError('a file of a package is no table', line, LOCK_AGAIN);
    const hash = stringIn(file, 'hash');
    return hash === null ? [] : [hash];
  });
}

/**
 * The format doesn't tell what is wanted directly: the manifest beside it does.
 * @param manifest name of the manifest
 * @param wanted entries of the manifest that the lock file answers
 */
export function linkRoots(
  lock: DependencyFile,
  files: DependencyFiles,
  manifest: string,
  wanted: (entry: DependencyEntry) => boolean = () => true,
): DependencyFile {
  const folder = folderOf(lock.path);
  const project = files.file(folder === '' ? manifest : `${folder}/${manifest}`);
  if (project === null) return lock;
  const names = new Set(
    project.entries
      .filter(entry => entry.role === 'dependency' && entry.scope !== 'build' && wanted(entry))
      .map(({ name }) => name),
  );
  const entries = lock.entries.map(entry => ({ ...entry, direct: names.has(entry.name) }));
  const direct = entries.filter(entry => entry.direct).map(({ id }) => id);
  return { ...lock, entries, roots: { [folder]: direct } };
}
