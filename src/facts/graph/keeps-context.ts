import type { FileChange } from '../../model/tree.js';
import { languageOf } from '../imports/index.js';
import { isLandmark, isResolverFile, type ResolverContext, resolverOf } from '../resolve/index.js';
import type { TreeGraph } from './tree-graph.js';

/**
 * Is the resolver context of a tree the one of the known graph's tree? Told from what changed between the two alone:
 * no is a guess, yes is certain.
 */
export function keepsContext(known: TreeGraph, changes: readonly FileChange[]): boolean {
  if (changes.length === 0) return true;
  const { context, links } = known;
  const files = new Set<string>(context.files);
  const hasLinks = links.length > 0;
  return changes.every(change => !concerns(change, context, files, hasLinks));
}

function concerns(
  { path, before, after }: FileChange,
  context: ResolverContext,
  files: ReadonlySet<string>,
  hasLinks: boolean,
): boolean {
  if (isResolverFile(path) || files.has(path)) return true;
  if (before?.mode === '120000' || after?.mode === '120000') return true;
  const isMoved = before === null || after === null || before.mode !== after.mode;
  // What is read through a link bears another name there.
  if (hasLinks && (isMoved || path.endsWith('.json') || path.endsWith('.yaml'))) return true;
  if (isMoved && isLandmark(context, path)) return true;
  const family = languageOf(path)?.family;
  const resolver = family === undefined ? null : resolverOf(family);
  if (resolver === null) return false;
  if (resolver.usesDeclarations === true) return true;
  // The first or the last file of its family, perhaps.
  return before === null ? context.languages[resolver.family] === undefined : after === null;
}
