import type { RepoPath } from '../../model/brand.js';
import type { ImportSite } from '../../model/edges.js';
import type { ResolverContext } from './context.js';
import { indexOf } from './context-index.js';
import { type Questions, recording } from './recording.js';
import { resolverOf } from './registry.js';
import { familyOf } from './resolve.js';
import { Walk } from './walk.js';

/** All that the end of an import depends on. */
export interface PlaceSink extends Questions {
  /** A place where it may end; a folder with a slash at its end, `/` alone for the root. */
  place(path: string): void;
}

/** Names every place where an import may end, whatever the tree holds, and what is asked of the context on the way. */
export function walkPlaces(
  context: ResolverContext,
  from: RepoPath,
  site: ImportSite,
  sink: PlaceSink,
): void {
  const probe = (path: string): boolean => {
    sink.place(path);
    return false;
  };
  const resolver = resolverOf(familyOf(from));
  if (resolver === null) {
    new Walk(recording(indexOf(context), sink), from, site, probe).run();
    return;
  }
  const known = context.languages[resolver.family];
  if (known === undefined)
    throw new Error(`no resolver context of ${resolver.family} was prepared for ${from}`);
  const terminal = resolver.walk(known, from, site, probe);
  if (terminal?.type === 'folders')
    for (const path of terminal.paths) sink.place(path === '' || path === '.' ? '/' : `${path}/`);
}
