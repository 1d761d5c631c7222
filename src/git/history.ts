import type { Oid, RepoPath } from '../model/brand.js';
import type { Commit, Repository } from './repository.js';

export interface FileVersion {
  /** A commit that changed the path. */
  readonly commit: Commit;
  /** The path's blob in that commit; `null`: the commit deleted it. */
  readonly oid: Oid | null;
  /**
   * The clone is shallow and ends here: the file may be older than this commit, which only seems to have
   * added it. Who changed it, and when, is unknown.
   */
  readonly atShallowBoundary: boolean;
}

/**
 * The commits reachable from `commit` that changed a path, newest first, at most `limit`. Merges that only
 * took the path over from one parent are not listed (git's usual history simplification).
 */
export async function fileHistory(
  repository: Repository,
  commit: Oid,
  path: RepoPath,
  limit: number,
): Promise<readonly FileVersion[]> {
  const shallow = await repository.isShallow();
  const ids = await repository.listCommits({ include: [commit], exclude: [], paths: [path], limit });
  return Promise.all(
    ids.map(async id => {
      const found = await repository.commit(id);
      const entry = await repository.treeEntry(found.tree, path);
      return {
        commit: found,
        oid: entry?.oid ?? null,
        atShallowBoundary: shallow && (await isCutOff(repository, found)),
      };
    }),
  );
}

/** The commit names a parent, but walking to it leads nowhere: `^1` obeys the boundary, the object does not. */
async function isCutOff(repository: Repository, commit: Commit): Promise<boolean> {
  return commit.parents.length > 0 && (await repository.resolveCommit(`${commit.oid}^1`)) === null;
}
