import type { CompiledPolicy, Problem } from '../model/decision.js';
import type { TreeListing } from '../model/tree.js';
import { problem, sorted } from './problems.js';

/** A warning for every glob of the policy that matches nothing in the tree: a rule that may guard nothing. */
export function unmatchedGlobs(policy: CompiledPolicy, listing: TreeListing): readonly Problem[] {
  let open = [...new Set(policy.globs.map(({ source }) => source))].map(source => ({
    source,
    regex: new RegExp(source, 's'),
  }));
  for (const { path } of listing.entries()) {
    if (open.length === 0) return [];
    // Most globs match early; only those that have not yet are tried on the rest.
    if (open.some(({ regex }) => regex.test(path))) open = open.filter(({ regex }) => !regex.test(path));
  }
  const unmatched = new Set(open.map(({ source }) => source));
  return sorted(
    policy.globs
      .filter(({ source }) => unmatched.has(source))
      .map(({ glob, at }) =>
        problem('warning', at, `the glob ${JSON.stringify(glob)} matches no file`, hint(glob, listing)),
      ),
  );
}

function hint(glob: string, listing: TreeListing): string {
  const folder = glob.replace(/^\.\//, '').replace(/\/$/, '');
  if (listing.hasFolder(folder)) return `${folder} is a folder: write ${folder}/ for all that is in it`;
  if (/[()[\]]/.test(glob)) return 'brackets are literal; leave the rule out if the files are gone';
  return 'correct it, or leave it out if the files are gone';
}
