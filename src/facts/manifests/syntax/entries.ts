import {
  canonicalPackage,
  type DependencyEntry,
  type DependencySource,
  type PackageEcosystem,
} from '../../../model/dependency.js';
import { folderOf, join } from '../../resolve/paths.js';

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

/** The folder and those above it, down to `''`. */
export function* foldersUp(folder: string): Generator<string> {
  for (let at = folder; ; at = folderOf(at)) {
    yield at;
    if (at === '') return;
  }
}

/** A path as written in a file of `folder`, from the repository's root; `null`: it leads out of the repository. */
export function pathFrom(folder: string, written: string): string | null {
  const plain = written.replaceAll('\\', '/');
  if (plain.startsWith('/') || plain.startsWith('~') || /^[A-Za-z]:/.test(plain)) return null;
  return join(folder, plain);
}
