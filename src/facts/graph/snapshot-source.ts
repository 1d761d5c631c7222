import type { RepoPath } from '../../model/brand.js';
import { throughLinks } from '../links.js';
import { familyOf, membersOf, type ResolverContext } from '../resolve/index.js';
import type { Snapshot } from '../snapshot.js';
import type { GraphSource } from './tree-graph.js';

/** Files whose imports are held at once. */
const CHUNK = 1024;
/** Files that are resolved before others get their turn: what comes from git and from workers. */
const BREATH = 32;

/** A tree's graph is read through its snapshot, which keeps nothing of it. */
export async function graphSource(snapshot: Snapshot, context: ResolverContext): Promise<GraphSource> {
  const links = await snapshot.prepareLinks();
  const listing = throughLinks(snapshot.listing, links);
  return {
    listing: snapshot.listing,
    links,
    context,
    async read(paths, visit, progress) {
      let fresh: readonly RepoPath[] = [];
      const prepare = (start: number): Promise<void> => {
        const chunk = paths.slice(start, start + CHUNK);
        fresh = chunk.filter(path => !snapshot.hasImports(path));
        return snapshot.prepareImports(chunk, done => progress?.(start + done, paths.length));
      };
      let ready = prepare(0);
      for (let start = 0; start < paths.length; start += CHUNK) {
        await ready;
        const used = fresh;
        // The next ones are read while these are resolved.
        ready = prepare(start + CHUNK);
        const facts = snapshot.facts(context);
        for (const [at, path] of paths.slice(start, start + CHUNK).entries()) {
          if (at % BREATH === 0) await new Promise(resolve => setImmediate(resolve));
          const sites = snapshot.sitesOf(path);
          const edges = facts.imports(path);
          visit({ path, from: links.real(path), edges, sites: sites?.ok ? sites.value : [] });
        }
        if (paths.length > CHUNK) snapshot.forgetImports(used);
      }
      await ready;
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
