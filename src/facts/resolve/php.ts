import type { RepoPath } from '../../model/brand.js';
import type { Json } from '../../model/canonical.js';
import type { ImportSite } from '../../model/edges.js';
import type { LanguageResolver, Probe, Terminal } from './language-resolver.js';
import { below, folderOf, join } from './paths.js';
import { isPhpConfig, type PhpContext, readPhpContext } from './php/context.js';
import { indexOf, type PhpIndex } from './php/index.js';
import { outside } from './php/outside.js';

const UNRESOLVED: Terminal = { type: 'unresolved' };

/**
 * PHP: a name is looked for where composer's mappings lead, the longest prefix first; a path is looked for as PHP
 * does. A namespace that no mapping knows belongs to a package.
 */
export const phpResolver: LanguageResolver = {
  family: 'php',
  isConfig: isPhpConfig,
  usesDeclarations: true,
  readContext: async sources => (await readPhpContext(sources)) as unknown as Json,
  walk: (context, from, site, probe) => walk(context as unknown as PhpContext, from, site, probe),
};

function walk(context: PhpContext, from: RepoPath, site: ImportSite, probe: Probe): Terminal | null {
  const { specifier, form } = site;
  if (specifier === null) return { type: 'computed' };
  const index = indexOf(context);
  if (form === 'include') return included(index, join(folderOf(from), specifier), probe);
  if (form === 'include-path') return onIncludePath(index, from, specifier, probe);
  if (form === 'function' || form === 'const') return member(index, from, specifier, form, probe);
  return named(index, from, site, specifier, probe);
}

function included(index: PhpIndex, path: string | null, probe: Probe): Terminal | null {
  if (path === null) return UNRESOLVED;
  const vendored = index.projects.vendored(path);
  if (vendored === 'autoload.php' || /(?:^|\/)vendor\/autoload\.php$/.test(path))
    return { type: 'builtin', ecosystem: 'composer', name: 'autoload' };
  const parts = vendored?.split('/') ?? [];
  if (parts.length > 2) {
    const name = parts.slice(0, 2).join('/');
    return { type: 'package', ecosystem: 'composer', name, subpath: parts.slice(2).join('/') };
  }
  return probe(path) ? null : UNRESOLVED;
}

/** The include path is known only where PHP runs: the file's folder, source roots, its project, the repository. */
function onIncludePath(index: PhpIndex, from: RepoPath, path: string, probe: Probe): Terminal | null {
  if (/^[a-z]:[\\/]|^\/|^[a-z][a-z\d+.-]*:\/\//i.test(path)) return UNRESOLVED;
  const project = index.projects.projectOf(from)?.folder ?? '';
  let end: Terminal | null = UNRESOLVED;
  for (const folder of new Set([folderOf(from), ...index.context.roots, project, ''])) {
    const place = join(folder, path);
    if (place === null || place === '') continue;
    const here = included(index, place, probe);
    if (here === null) return null;
    if (here.type !== 'unresolved') end = here;
  }
  return end;
}

function member(
  index: PhpIndex,
  from: RepoPath,
  name: string,
  form: 'function' | 'const',
  probe: Probe,
): Terminal | null {
  const declared = form === 'function' ? `${name}()` : `const ${name}`;
  if (index.placesOf(declared, from).some(probe)) return null;
  const slash = name.lastIndexOf('\\');
  if (slash === -1) return { type: 'builtin', ecosystem: 'php', name };
  // It lies in some file of its namespace; which one tells only its declaration.
  const namespace = name.slice(0, slash);
  const [seen, others] = index.projects.viewsOf(from);
  const ours = seen.candidates(`${namespace}\\x`);
  const theirs = ours.some(({ prefix }) => prefix !== '') ? [] : others.candidates(`${namespace}\\x`);
  return outside(index, name, [...ours, ...theirs]);
}

function named(
  index: PhpIndex,
  from: RepoPath,
  { form }: ImportSite,
  name: string,
  probe: Probe,
): Terminal | null {
  const [seen, others] = index.projects.viewsOf(from);
  const ours = seen.candidates(name);
  const isKnown = ours.some(({ prefix }) => prefix !== '') || index.installedOf(name) !== null;
  const candidates = isKnown ? ours : [...ours, ...others.candidates(name)];
  const stems = [...new Set(candidates.map(({ stem }) => stem))];
  const inRoots = index.context.roots.map(root => below(root, name.replaceAll('\\', '/')));
  for (const stem of [...stems, ...inRoots]) if (probe(`${stem}.php`)) return null;
  if (index.placesOf(name, from).some(probe)) return null;
  // A file's own namespace without any mapping: its neighbours are looked for, as many a project loads them.
  const isOwn = form === 'relative' && candidates.every(({ prefix }) => prefix === '');
  if (isOwn && probe(`${below(folderOf(from), name.slice(name.lastIndexOf('\\') + 1))}.php`)) return null;
  // `use App\Models;` for `Models\User`.
  if (form === 'use') for (const stem of [...stems, ...inRoots]) if (probe(`${stem}/`)) return null;
  return isOwn ? UNRESOLVED : outside(index, name, candidates);
}
