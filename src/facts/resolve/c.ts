import type { RepoPath } from '../../model/brand.js';
import type { Json } from '../../model/canonical.js';
import type { ImportSite } from '../../model/edges.js';
import { type CContext, includeFolders, isCConfig, readCContext } from './c/context.js';
import { isSystemHeader, isSystemModule } from './c/headers.js';
import { rootsFor } from './c/roots.js';
import type { LanguageResolver, Probe, Terminal } from './language-resolver.js';
import { folderOf, join } from './paths.js';

const UNRESOLVED: Terminal = { type: 'unresolved' };
/** How compilers and build systems call a module's file. */
const MODULE_FILES = ['cppm', 'ixx', 'mpp', 'cc', 'cpp', 'cxx'];

/**
 * C and C++: what a build passes as include roots can't be known from its scripts, so roots are those that a
 * compilation database or the policy names, and what custom suggests (`roots.ts`).
 */
export const cResolver: LanguageResolver = {
  family: 'c',
  isConfig: isCConfig,
  isLandmark: path => includeFolders(path).length > 0,
  readContext: async sources => (await readCContext(sources)) as unknown as Json,
  walk: (context, from, site, probe) => walk(context as unknown as CContext, from, site, probe),
};

function walk(context: CContext, from: RepoPath, site: ImportSite, probe: Probe): Terminal | null {
  const { specifier } = site;
  if (specifier === null) return { type: 'computed' };
  const form = site.form ?? 'quote';
  const ask = (folder: string, path: string): boolean => {
    const joined = join(folder, path);
    // `#include_next` passes over the file itself, and no file includes itself on purpose.
    return joined !== null && joined !== '' && joined !== from && probe(joined);
  };
  const own = folderOf(from);
  const roots = rootsFor(context, own);
  if (form === 'module') return named(specifier, [own, ...roots], ask);
  const name = specifier.replaceAll('\\', '/').trim();
  if (name === '' || name.startsWith('/') || /^[A-Za-z]:/.test(name)) return UNRESOLVED;
  const isAngle = form.endsWith('angle');
  const isSystem = isSystemHeader(name);
  if (!isAngle && form !== 'next' && ask(own, name)) return null;
  // The system's own headers are looked for only where somebody says so: else one local `string.h` would catch all.
  for (const root of isSystem && isAngle ? context.roots : roots) if (ask(root, name)) return null;
  if (isSystem) return { type: 'builtin', ecosystem: 'c', name };
  if (!isAngle && form !== 'next') return UNRESOLVED;
  return external(name);
}

function external(path: string): Terminal {
  const clean = join('', path) ?? path;
  const slash = clean.indexOf('/');
  if (slash === -1) return { type: 'package', ecosystem: 'c', name: clean };
  return { type: 'package', ecosystem: 'c', name: clean.slice(0, slash), subpath: clean.slice(slash + 1) };
}

/** C++20 modules and partitions, by what their files are usually called; the tree itself does not say. */
function named(
  name: string,
  roots: readonly string[],
  ask: (folder: string, path: string) => boolean,
): Terminal | null {
  if (isSystemModule(name)) return { type: 'builtin', ecosystem: 'c', name };
  const stems = new Set([
    name.replace(':', '-'),
    name.replace(':', '.'),
    name.replace(/[.:]/g, '/'),
    name.slice(name.lastIndexOf(':') + 1),
  ]);
  for (const root of roots)
    for (const stem of stems)
      for (const extension of MODULE_FILES) if (ask(root, `${stem}.${extension}`)) return null;
  return name.includes(':') ? UNRESOLVED : { type: 'package', ecosystem: 'c', name };
}
