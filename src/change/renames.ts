import type { Oid, RepoPath } from '../model/brand.js';
import type { FileChange } from '../model/tree.js';

/** Share of the larger file's bytes that must stand in both (git's own measure and default is 50 %). */
const LIKENESS = 0.6;
/** Past this many pairs only equal blobs are matched: each further pair would be read and compared. */
export const MAX_PAIRS = 1000;

/** New path → the path it had in the base. */
export type Renames = ReadonlyMap<RepoPath, RepoPath>;

/**
 * Pairs deleted with added files: equal blobs first, then the likest above 60 %.
 * @param wanted added paths worth pairing (those with a candidate finding)
 * @param read content of a blob, `null` when it can't be read (then it is paired by blob only)
 */
export async function findRenames(
  changes: readonly FileChange[],
  wanted: ReadonlySet<RepoPath>,
  read: (oid: Oid) => Promise<Buffer | null>,
): Promise<Renames> {
  const added = changes.filter(change => change.status === 'add' && wanted.has(change.path));
  const deleted = changes.filter(change => change.status === 'delete');
  const renames = new Map<RepoPath, RepoPath>();
  const taken = new Set<RepoPath>();
  // By blob, each list in the diff's order: a folder of 100,000 files may have been moved.
  const byBlob = new Map<Oid | undefined, RepoPath[]>();
  for (const { path, before } of deleted.toReversed()) {
    const paths = byBlob.get(before?.oid);
    if (paths === undefined) byBlob.set(before?.oid, [path]);
    else paths.push(path);
  }
  for (const addition of added) {
    const same = byBlob.get(addition.after?.oid)?.pop();
    if (same === undefined) continue;
    renames.set(addition.path, same);
    taken.add(same);
  }
  const unpaired = added.filter(addition => !renames.has(addition.path));
  const left = deleted.filter(deletion => !taken.has(deletion.path));
  // Without a deletion nothing is read: not one of 100,000 added files.
  if (left.length === 0 || unpaired.length * left.length > MAX_PAIRS) return renames;

  const spansOf = async (oid: Oid | undefined): Promise<Spans | null> => {
    const content = oid === undefined ? null : await read(oid);
    return content === null ? null : spans(content);
  };
  const candidates: { from: RepoPath; to: RepoPath; likeness: number }[] = [];
  const before = await Promise.all(
    left.map(async change => ({ change, spans: await spansOf(change.before?.oid) })),
  );
  for (const addition of unpaired) {
    const after = await spansOf(addition.after?.oid);
    if (after === null) continue;
    for (const deletion of before) {
      if (deletion.spans === null) continue;
      const score = likeness(deletion.spans, after);
      if (score >= LIKENESS)
        candidates.push({ from: deletion.change.path, to: addition.path, likeness: score });
    }
  }
  candidates.sort(
    (a, b) => b.likeness - a.likeness || (a.to < b.to ? -1 : a.to > b.to ? 1 : a.from < b.from ? -1 : 1),
  );
  for (const { from, to } of candidates) {
    if (taken.has(from) || renames.has(to)) continue;
    renames.set(to, from);
    taken.add(from);
  }
  return renames;
}

interface Spans {
  readonly bytes: number;
  /** Line → bytes that it takes up in the file, over all its occurrences. */
  readonly lines: ReadonlyMap<string, number>;
}

function spans(content: Buffer): Spans {
  const lines = new Map<string, number>();
  for (const line of content.toString('latin1').split('\n')) {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    lines.set(text, (lines.get(text) ?? 0) + line.length + 1);
  }
  return { bytes: content.length + 1, lines };
}

function likeness(a: Spans, b: Spans): number {
  let common = 0;
  for (const [line, bytes] of a.lines) common += Math.min(bytes, b.lines.get(line) ?? 0);
  return common / Math.max(a.bytes, b.bytes);
}
