import type { GateContext } from '../gates/types.js';
import { GitError, type Repository } from '../git/repository.js';
import type { Oid, RepoPath } from '../model/brand.js';
import type { Json } from '../model/canonical.js';
import { DEFAULT_LIMITS } from '../model/decision.js';
import type { Finding, Verdict } from '../model/verdict.js';
import { cutFrame, type Frame } from '../report/frame.js';
import { inReadingOrder } from '../report/text.js';
import type { Store } from '../store/store.js';

export type FrameSource = (finding: Finding, verdict: Verdict) => Promise<Frame | null>;

/** Reads the head side of the judged change: the index, or the tree of a commit. Never the disk. */
export function headFrames(repository: Repository): FrameSource {
  const texts = new Map<string, Promise<string | null>>();
  let index: Promise<ReadonlyMap<RepoPath, Oid>> | null = null;

  async function blobOf(path: RepoPath, head: Oid | null): Promise<Oid | null> {
    if (head === null) {
      index ??= repository
        .listIndex()
        .then(entries => new Map(entries.filter(isText).map(entry => [entry.path, entry.oid])));
      return (await index).get(path) ?? null;
    }
    const commit = await repository.peelToCommit(head);
    const tree = commit === null ? head : (await repository.commit(commit)).tree;
    const entry = await repository.treeEntry(tree, path);
    return entry !== null && isText(entry) ? entry.oid : null;
  }

  async function read(path: RepoPath, head: Oid | null): Promise<string | null> {
    const blob = await blobOf(path, head);
    if (blob === null) return null;
    try {
      return new TextDecoder().decode(await repository.readBlob(blob, DEFAULT_LIMITS.fileBytes));
    } catch (error) {
      // The verdict names what can't be read; here it only means that there is no text to show.
      if (error instanceof GitError && (error.code === 'oversized' || error.code === 'missing-object'))
        return null;
      throw error;
    }
  }

  return async ({ path, line, column }, { change: { head } }) => {
    if (line === null) return null;
    const key = JSON.stringify([path, head]);
    const text = texts.get(key) ?? read(path, head);
    texts.set(key, text);
    const content = await text;
    return content === null ? null : cutFrame(content, line, column);
  };
}

function isText({ mode }: { readonly mode: string }): boolean {
  return mode !== '160000' && mode !== '040000';
}

/** Frames kept for `explain`: after a refused `commit -a` or `commit -- path` the judged index is gone. */
const KEPT = 200;
const DOCUMENT = 'frames';

export async function keepFrames(
  { store }: GateContext,
  verdicts: readonly Verdict[],
  frames: FrameSource,
): Promise<void> {
  const kept: Record<string, Json> = {};
  for (const verdict of verdicts)
    for (const finding of inReadingOrder(verdict.findings).slice(0, KEPT - Object.keys(kept).length)) {
      const frame = await frames(finding, verdict);
      if (frame !== null)
        kept[finding.fingerprint] = { ...frame, lines: frame.lines.map(line => ({ ...line })) };
    }
  store.saveDocument(DOCUMENT, kept);
}

function isFrame(value: unknown): value is Frame {
  return typeof value === 'object' && value !== null && 'lines' in value && Array.isArray(value.lines);
}

/** The frames kept with the last verdicts; for what was not kept, there is none. */
export function keptFrames(store: Store): FrameSource {
  const document = store.document(DOCUMENT);
  const frames = new Map<string, unknown>(
    typeof document === 'object' && document !== null ? Object.entries(document) : [],
  );
  return async ({ fingerprint }) => {
    const frame = frames.get(fingerprint);
    return isFrame(frame) ? frame : null;
  };
}
