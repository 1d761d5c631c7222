import {
  canonicalPackage,
  type DependencyEntry,
  type DependencySource,
  type PackageEcosystem,
} from '../../../model/dependency.js';

export const FROM_REGISTRY: DependencySource = { type: 'registry', url: null };

type Given = 'id' | 'name' | 'line';

/** Entries of one file: ids stay apart where the file says a thing twice, and what isn't said has its usual value. */
export class EntryList {
  readonly entries: DependencyEntry[] = [];
  private readonly ids = new Map<string, number>();

  constructor(private readonly ecosystem: PackageEcosystem) {}

  /** @param entry `name` as written, not yet canonical */
  add(entry: Pick<DependencyEntry, Given> & Partial<Omit<DependencyEntry, Given>>): DependencyEntry {
    const added: DependencyEntry = {
      role: 'dependency',
      version: null,
      range: null,
      scope: 'production',
      direct: true,
      source: FROM_REGISTRY,
      integrity: [],
      ecosystem: this.ecosystem,
      ...entry,
      id: this.unique(entry.id),
      name: entry.name.startsWith('?')
        ? entry.name
        : canonicalPackage(entry.ecosystem ?? this.ecosystem, entry.name),
    };
    this.entries.push(added);
    return added;
  }

  private unique(id: string): string {
    const before = this.ids.get(id) ?? 0;
    this.ids.set(id, before + 1);
    return before === 0 ? id : this.unique(`${id}#${before + 1}`);
  }
}

/** Folder of a path; `''`: the repository's root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The folder and those above it, down to `''`. */
export function* foldersUp(folder: string): Generator<string> {
  for (let at = folder; ; at = folderOf(at)) {
    yield at;
    if (at === '') return;
  }
}

export function within(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** A path as written in a file of `folder`, from the repository's root; `null`: it leads out of the repository. */
export function pathFrom(folder: string, written: string): string | null {
  const plain = written.replaceAll('\\', '/');
  if (plain.startsWith('/') || plain.startsWith('~') || /^[A-Za-z]:/.test(plain)) return null;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of plain.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
