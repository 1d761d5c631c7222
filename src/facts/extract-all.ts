import type { Oid, RepoPath } from '../model/brand.js';
import type { FileImports } from '../model/edges.js';
import { type Extractor, provedImportsIn, type RawFile } from './extraction.js';
import type { Fact } from './tree-facts.js';

/** A file whose imports are in no cache. */
export interface Unread {
  readonly path: RepoPath;
  readonly oid: Oid;
  readonly cacheName: string;
}

interface Sent {
  readonly file: Unread;
  readonly raw: RawFile;
}

/** Files read and sent at once: enough to keep git and the workers busy, few enough to bound memory. */
const BATCH = 64;

/** While the workers read some batches, others are read here as far as that takes no native parser. */
export async function extractAll(
  files: readonly Unread[],
  extractor: Extractor,
  read: (file: Unread) => Promise<Fact<Buffer>>,
  settle: (file: Unread, fact: Fact<FileImports>) => void,
): Promise<void> {
  let next = 0;
  const take = async (): Promise<readonly Sent[]> => {
    const batch = files.slice(next, next + BATCH);
    next += batch.length;
    const taken: Sent[] = [];
    await Promise.all(
      batch.map(async file => {
        const content = await read(file);
        if (content.ok) taken.push({ file, raw: { path: file.path, bytes: content.value } });
        else settle(file, content);
      }),
    );
    return taken;
  };
  const send = async (sent: readonly Sent[]): Promise<void> => {
    if (sent.length === 0) return;
    const facts = await extractor.extract(sent.map(({ raw }) => raw));
    sent.forEach(({ file }, at) => {
      const fact = facts[at];
      if (fact === undefined) throw new Error(`no answer about the imports of ${file.path}`);
      settle(file, fact);
    });
  };
  const there = async (): Promise<void> => {
    while (next < files.length) await send(await take());
  };
  const here = async (): Promise<void> => {
    const answers: Promise<void>[] = [];
    let left: Sent[] = [];
    while (next < files.length) {
      for (const sent of await take()) {
        const fact = provedImportsIn(sent.raw);
        if (fact === null) left.push(sent);
        else settle(sent.file, fact);
      }
      if (left.length < BATCH) continue;
      answers.push(send(left));
      left = [];
    }
    answers.push(send(left));
    await Promise.all(answers);
  };
  await Promise.all([here(), ...Array.from({ length: extractor.batches }, there)]);
}
