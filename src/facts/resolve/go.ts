import type { RepoPath } from '../../model/brand.js';
import type { Json } from '../../model/canonical.js';
import type { ImportSite } from '../../model/edges.js';
import { type GoContext, isDotted, isGoConfig, readGoContext } from './go/context.js';
import { indexOf } from './go/modules.js';
import type { LanguageResolver, Probe, Terminal } from './language-resolver.js';
import { below, folderOf, join, relativeTo } from './paths.js';

const UNRESOLVED: Terminal = { type: 'unresolved' };

/** Go: an import names a package, which is a folder of the tree or a path of another module. */
export const goResolver: LanguageResolver = {
  family: 'go',
  isConfig: isGoConfig,
  // A test belongs to its package, and nobody can import it.
  isMember: path => !path.endsWith('_test.go'),
  readContext: async sources => (await readGoContext(sources)) as unknown as Json,
  walk: (context, from, site, probe) => walk(context as unknown as GoContext, from, site, probe),
};

function walk(context: GoContext, from: RepoPath, site: ImportSite, probe: Probe): Terminal | null {
  const path = site.specifier;
  if (path === null) return { type: 'computed' };
  if (path === 'C') return builtin(path);
  if (path === '.' || path === '..' || /^\.\.?\//.test(path)) {
    const folder = join(folderOf(from), path);
    return folder !== null && probe(`${folder}/`) ? null : UNRESOLVED;
  }
  const index = indexOf(context);
  let isOurs = false;
  const asked = new Set<string>();
  const ask = (folder: string): boolean => {
    if (asked.has(folder)) return false;
    asked.add(folder);
    return probe(`${folder}/`);
  };
  for (const [prefix, kind, by] of index.matches(from, path)) {
    const rest = path.slice(prefix.length + 1);
    if (kind === 'folder') {
      isOurs = true;
      if (ask(below(by, rest))) return null;
    } else if (!isOurs) {
      const name = kind === 'outside' || rest === '' ? by : `${by}/${rest}`;
      return external(kind === 'outside' ? path : name, path);
    }
  }
  for (const [prefix, folder] of context.provides) {
    const rest = relativeTo(prefix, path);
    if (rest === null) continue;
    isOurs = true;
    if (ask(below(folder, rest))) return null;
  }
  for (const root of [...context.roots, ...index.sourceRoots(from)]) if (ask(below(root, path))) return null;
  if (isOurs) return UNRESOLVED;
  if (isDotted(path) || index.vendored.has(path)) return external(path, path);
  for (const library of index.libraries) if (ask(below(library, path))) return null;
  return builtin(path);
}

function builtin(name: string): Terminal {
  return { type: 'builtin', ecosystem: 'go', name };
}

function external(name: string, written: string): Terminal {
  const target = { type: 'package', ecosystem: 'go', name } as const;
  return name === written ? target : { ...target, aliases: [written] };
}
