import type { RepoPath } from '../../../model/brand.js';
import type { ContextSources } from '../language-resolver.js';
import { baseName, folderOf, join } from '../paths.js';
import { isFolder, type ModFile, readModFile, vendoredPackages } from './mod-file.js';

/** A module path or prefix, and what stands for it: a folder of the tree, or another module's path. */
export type Mapping = readonly [prefix: string, kind: 'folder' | 'module' | 'outside', by: string];

export interface GoModule {
  readonly path: string;
  readonly folder: string;
  /** Seen by the files below this folder only: the module lies in `testdata`, `vendor`, `_x` or `.x`. */
  readonly within?: string;
  readonly replaces?: readonly Mapping[];
}

/** A go.work file: the folders of its modules, and its own replacements. */
interface GoWork {
  readonly folder: string;
  readonly uses: readonly string[];
  readonly replaces: readonly Mapping[];
}

export interface GoContext {
  readonly modules: readonly GoModule[];
  readonly works: readonly GoWork[];
  /** Vendored packages whose names look like the standard library's. */
  readonly vendored: readonly string[];
  readonly roots: readonly string[];
  readonly provides: readonly (readonly [prefix: string, folder: string])[];
}

/** The first folder of a path that the go tool passes over, with the path to it; `null`: there is none. */
export function hiddenFolder(folder: string): string | null {
  let end = 0;
  for (const segment of folder === '' ? [] : folder.split('/')) {
    end += segment.length;
    if (segment === 'testdata' || segment === 'vendor' || /^[._]/.test(segment)) return folder.slice(0, end);
    end += 1;
  }
  return null;
}

function mappings(folder: string, file: ModFile): readonly Mapping[] {
  return file.replacements.map(({ old, by }): Mapping => {
    if (!isFolder(by)) return [old, 'module', by];
    const path = by.startsWith('/') ? null : join(folder, by);
    // Outside of the repository lies a package like any other.
    return path === null ? [old, 'outside', old] : [old, 'folder', path];
  });
}

export function isGoConfig(path: string): boolean {
  const name = baseName(path);
  return (
    name === 'go.mod' ||
    name === 'go.work' ||
    path === 'vendor/modules.txt' ||
    path.endsWith('/vendor/modules.txt')
  );
}

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

export async function readGoContext(sources: ContextSources): Promise<GoContext> {
  const files: RepoPath[] = [];
  for (const { path, mode } of sources.listing.entries())
    if (isGoConfig(path) && mode !== '160000' && mode !== '120000') files.push(path);
  files.sort(byText);
  const modules: GoModule[] = [];
  const works: GoWork[] = [];
  const vendored = new Set<string>();
  const texts = await Promise.all(files.map(path => sources.text(path)));
  files.forEach((path, at) => {
    const text = texts[at] ?? null;
    if (text === null) return;
    const folder = folderOf(path);
    if (baseName(path) === 'modules.txt') {
      for (const name of vendoredPackages(text)) if (!isDotted(name)) vendored.add(name);
      return;
    }
    const file = readModFile(text);
    const replaces = mappings(folder, file);
    if (baseName(path) === 'go.work') {
      works.push({ folder, uses: file.uses.flatMap(use => join(folder, use) ?? []), replaces });
    } else if (file.module === null) {
      sources.mistake(path, 'no line says which module this is', '');
    } else {
      const within = hiddenFolder(folder);
      modules.push({
        path: file.module,
        folder,
        ...(within === null ? {} : { within }),
        ...(replaces.length === 0 ? {} : { replaces }),
      });
    }
  });
  return {
    modules,
    works,
    vendored: [...vendored].sort(byText),
    roots: (sources.settings.roots ?? []).flatMap(root => join('', root) ?? []),
    provides: Object.entries(sources.settings.provides ?? {})
      .flatMap(([prefix, folder]) => {
        const path = join('', folder);
        return path === null ? [] : [[prefix.replace(/\/$/, ''), path] as const];
      })
      .sort(([one], [other]) => other.length - one.length || byText(one, other)),
  };
}

/** Everything but the standard library has a dot in the first element of its path. */
export function isDotted(path: string): boolean {
  const slash = path.indexOf('/');
  return (slash === -1 ? path : path.slice(0, slash)).includes('.');
}
