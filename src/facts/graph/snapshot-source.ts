import type { RepoPath } from '../../model/brand.js';
import type { ImportReading } from '../import-reading.js';
import { throughLinks } from '../links.js';
import { familyOf, membersOf, type ResolverContext } from '../resolve/index.js';
import type { Snapshot } from '../snapshot.js';
import type { GraphSource } from './tree-graph.js';

/** Files that are read together. */
const CHUNK = 512;
/** Chunks that workers read while one is resolved. */
const AHEAD = 2;
/** Of a tree of more files the imports are forgotten again when they are in its graph. */
const KEPT = 8192;
/** Files that are resolved before others get their turn: what comes from git and from workers. */
const BREATH = 32;

interface Chunk {
  /** Those that were not visited so far. */
  paths: readonly RepoPath[];
  /** Those whose imports nobody held before. */
  readonly fresh: ReadonlySet<RepoPath>;
  readonly reading: ImportReading;
  readonly copies: readonly RepoPath[];
}

/** A tree's graph is read through its snapshot, which keeps nothing of it. */
export async function graphSource(snapshot: Snapshot, context: ResolverContext): Promise<GraphSource> {
  const links = await snapshot.prepareLinks();
  const listing = throughLinks(snapshot.listing, links);
  return {
    listing: snapshot.listing,
    links,
    context,
    async read(paths, visit, progress) {
      let read = 0;
      const begin = (chunk: readonly RepoPath[]): Chunk => {
        const fresh = new Set(chunk.filter(path => !snapshot.hasImports(path)));
        let before = 0;
        const report = (done: number): void => {
          read += done - before;
          before = done;
          progress?.(read, paths.length);
        };
        // Workers take their time to start: what is wanted first is read here.
        const begun = snapshot.readImports(chunk, report, next > 0);
        return { paths: chunk, fresh, ...begun };
      };
      const visitRead = async (chunk: Chunk): Promise<void> => {
        const unread: RepoPath[] = [];
        const facts = snapshot.facts(context);
        for (const [at, path] of chunk.paths.entries()) {
          if (at % BREATH === 0) await new Promise(resolve => setImmediate(resolve));
          if (!snapshot.hasImports(path)) {
            unread.push(path);
            continue;
          }
          const sites = snapshot.sitesOf(path);
          const edges = facts.imports(path);
          visit({ path, from: links.real(path), edges, sites: sites?.ok ? sites.value : [] });
          if (paths.length > KEPT && chunk.fresh.has(path)) snapshot.forgetImports([path]);
        }
        chunk.paths = unread;
      };
      const chunks: Chunk[] = [];
      const late: Chunk[] = [];
      let next = 0;
      for (;;) {
        for (; next < paths.length && chunks.length <= AHEAD; next += CHUNK)
          chunks.push(begin(paths.slice(next, next + CHUNK)));
        const chunk = chunks.shift();
        if (chunk === undefined) break;
        await chunk.reading.helpOut();
        if (chunk.reading.isDone) await snapshot.prepareImports(chunk.copies);
        await visitRead(chunk);
        // One file can take a worker seconds; nobody waits for it while there is other work.
        if (chunk.paths.length > 0) late.push(chunk);
      }
      for (const chunk of late) {
        await chunk.reading.finish();
        await snapshot.prepareImports(chunk.copies);
        await visitRead(chunk);
        if (chunk.paths.length > 0) throw new Error(`${chunk.paths[0]} was not read`);
      }
    },
    members(folder, names) {
      const families = new Set(names.map(familyOf));
      const members = new Set<RepoPath>();
      for (const family of families)
        for (const path of membersOf(listing, family, folder)) members.add(links.real(path));
      return [...members];
    },
  };
}
