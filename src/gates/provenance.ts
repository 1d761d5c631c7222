import { type FileVersion, fileHistory } from '../git/history.js';
import { GitError, type Repository } from '../git/repository.js';
import type { Oid, RepoPath } from '../model/brand.js';

export interface InForceSince {
  readonly commit: Oid | null;
  readonly by: string | null;
}

const UNKNOWN: InForceSince = { commit: null, by: null };
/** Changes of one decision file that are looked through; past them the oldest one seen is not claimed. */
const MAX_REVISIONS = 200;

/**
 * Since which commit a decision's invariant has been in force, and who made that commit: the oldest of
 * the newest unbroken run of revisions in which the file is accepted and names the invariant.
 * `null` where it can't be known: not committed yet, or cut off by a shallow boundary.
 */
export class Provenance {
  private readonly known = new Map<string, Promise<InForceSince>>();
  /** Walking the history is what costs; a decision's invariants share one walk. */
  private readonly histories = new Map<RepoPath, Promise<readonly FileVersion[]>>();

  constructor(
    private readonly repository: Repository,
    /** P, or null when nothing is trusted yet. */
    private readonly commit: Oid | null,
  ) {}

  inForceSince(path: RepoPath, invariant: string): Promise<InForceSince> {
    const name = `${path}\0${invariant}`;
    let since = this.known.get(name);
    if (since === undefined) {
      since = this.find(path, invariant);
      this.known.set(name, since);
    }
    return since;
  }

  private async find(path: RepoPath, invariant: string): Promise<InForceSince> {
    if (this.commit === null) return UNKNOWN;
    // At a shallow boundary the oldest commit at hand only looks like the one that added the file.
    if (await this.repository.isShallow()) return UNKNOWN;
    let history = this.histories.get(path);
    if (history === undefined) {
      history = fileHistory(this.repository, this.commit, path, MAX_REVISIONS);
      this.histories.set(path, history);
    }
    const revisions = await history;
    let since: InForceSince = UNKNOWN;
    for (const [index, revision] of revisions.entries()) {
      if (revision.oid === null) return since;
      if (!(await this.holds(revision.oid, invariant))) return since;
      since = { commit: revision.commit.oid, by: personOf(revision.commit.author) };
      if (index === MAX_REVISIONS - 1) return UNKNOWN;
    }
    return since;
  }

  private async holds(blob: Oid, invariant: string): Promise<boolean> {
    try {
      const text = (await this.repository.readBlob(blob, 1024 * 1024)).toString('utf8');
      return /\baccepted\b/i.test(text) && text.includes(invariant);
    } catch (error) {
      if (error instanceof GitError && (error.code === 'missing-object' || error.code === 'oversized'))
        return false;
      throw error;
    }
  }
}

export function personOf(person: { readonly name: string; readonly email: string }): string {
  return person.email === '' ? person.name : `${person.name} <${person.email}>`;
}
