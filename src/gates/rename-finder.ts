import type { Base } from '../change/change.js';
import { findRenames, type Renames } from '../change/renames.js';
import type { Repository } from '../git/repository.js';
import type { Violation } from '../invariants/kind.js';
import type { Oid, RepoPath } from '../model/brand.js';

/** Files larger than this are paired by equal blobs only. */
const RENAME_BYTES = 4 * 1024 * 1024;

/** Renames against each base, looked up only where an added path has a candidate finding, as its place or its target. */
export class RenameFinder {
  private readonly found: Renames[];
  private readonly wanted: Set<RepoPath>[];

  constructor(
    private readonly repository: Repository,
    private readonly bases: readonly Base[],
  ) {
    this.found = bases.map(() => new Map());
    this.wanted = bases.map(() => new Set());
  }

  async of(index: number, head: readonly Violation[]): Promise<Renames> {
    const base = this.bases[index];
    const wanted = this.wanted[index];
    if (base === undefined || wanted === undefined) throw new Error('no such base');
    const added = new Set(base.changes.filter(change => change.status === 'add').map(change => change.path));
    const before = wanted.size;
    for (const violation of head) {
      if (added.has(violation.path)) wanted.add(violation.path);
      if (violation.subjectPath !== undefined && added.has(violation.subjectPath))
        wanted.add(violation.subjectPath);
    }
    if (wanted.size > before) {
      this.found[index] = await findRenames(base.changes, wanted, oid => this.read(oid));
    }
    return this.found[index] ?? new Map();
  }

  private async read(oid: Oid): Promise<Buffer | null> {
    const [size] = await this.repository.blobSizes([oid]);
    // Without likeness a rename is judged as new: stricter, never looser.
    return size == null || size > RENAME_BYTES ? null : this.repository.readBlob(oid, RENAME_BYTES);
  }
}
