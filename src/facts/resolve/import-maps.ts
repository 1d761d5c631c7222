import { type RepoPath, repoPath } from '../../model/brand.js';
import type { Json } from '../../model/canonical.js';
import type { ImportMap, MapEntries } from './context.js';
import type { ContextReader } from './context-reader.js';
import { isMembers, type ReadManifest, strings } from './manifests.js';
import { baseName, folderOf, join, relativeTo } from './paths.js';
import { packageName } from './specifier.js';

const DENO_FILE = /^(?:deno\.jsonc?|import_?map\.json)$/;

export function isDenoFile(name: string): boolean {
  return DENO_FILE.test(name);
}

/** Longest keys first: the most specific one counts. `null` blocks. */
function entriesOf(value: unknown): MapEntries {
  if (!isMembers(value)) return [];
  return Object.entries(value)
    .map(([key, target]) => [key, typeof target === 'string' ? target : null] as const)
    .sort(([one], [other]) => other.length - one.length || (one < other ? -1 : 1));
}

function mapOf(folder: string, base: string, members: Readonly<Record<string, unknown>>): ImportMap | null {
  const imports = entriesOf(members['imports']);
  const scopes = Object.entries(isMembers(members['scopes']) ? members['scopes'] : {})
    .flatMap(([prefix, entries]) => {
      const path = /^\.{0,2}\//.test(prefix) ? join(base, prefix) : null;
      return path === null ? [] : [[path, entriesOf(entries)] as const];
    })
    .sort(([one], [other]) => other.length - one.length);
  if (imports.length === 0 && scopes.length === 0) return null;
  return { folder, base, imports, ...(scopes.length > 0 && { scopes }) };
}

/** Deno's configurations of a tree: what their import maps say, and the packages that they declare. */
export interface DenoConfigs {
  readonly maps: readonly ImportMap[];
  readonly packages: readonly ReadManifest[];
}

export async function readDeno(reader: ContextReader, files: readonly RepoPath[]): Promise<DenoConfigs> {
  const maps: ImportMap[] = [];
  const packages: ReadManifest[] = [];
  const membersOf = async (path: RepoPath): Promise<Readonly<Record<string, unknown>>> => {
    const reading = await reader.json(path, 'comments');
    if (reading === null || isMembers(reading.value)) return isMembers(reading?.value) ? reading.value : {};
    reader.mistake(path, 'an object was expected', '');
    return {};
  };
  const add = (map: ImportMap | null): void => {
    if (map !== null) maps.push(map);
  };
  for (const path of files) {
    const folder = folderOf(path);
    const members = await membersOf(path);
    add(mapOf(folder, folder, members));
    if (!baseName(path).startsWith('deno.')) continue;
    const { importMap, name, exports, workspace } = members;
    const other =
      typeof importMap === 'string' && !/^[a-z]+:/i.test(importMap) ? join(folder, importMap) : null;
    if (other !== null && reader.exists(other) && !files.includes(repoPath(other)))
      add(mapOf(folder, folderOf(other), await membersOf(repoPath(other))));
    packages.push({
      manifest: {
        folder,
        ...(typeof name === 'string' && name !== '' && { name }),
        ...(exports !== undefined && exports !== null && { exports: exports as Json }),
      },
      workspaces: strings(isMembers(workspace) ? workspace['members'] : workspace),
      registry: [],
    });
  }
  return { maps, packages };
}

/** A package.json says more than a deno.json beside it; a folder with only the latter is a package if it is named. */
export function withDenoPackages(
  manifests: readonly ReadManifest[],
  packages: readonly ReadManifest[],
): readonly ReadManifest[] {
  const others = new Map(packages.map(one => [one.manifest.folder, one]));
  const merged = manifests.map(one => {
    const other = others.get(one.manifest.folder);
    if (other === undefined) return one;
    others.delete(one.manifest.folder);
    return {
      ...one,
      manifest: one.manifest.name === undefined ? { ...one.manifest, ...other.manifest } : one.manifest,
      workspaces: [...one.workspaces, ...other.workspaces],
    };
  });
  const own = [...others.values()].filter(
    ({ manifest, workspaces }) => manifest.name !== undefined || workspaces.length > 0,
  );
  return [...merged, ...own];
}

/** What an import map makes of a specifier. */
export interface Mapped {
  /** `null`: it is blocked. */
  readonly target: string | null;
  readonly base: string;
}

/** By the nearest configuration above the file that knows it. `null`: none does. */
export function mapped(maps: readonly ImportMap[], from: string, specifier: string): Mapped | null {
  const above = maps
    .filter(({ folder }) => relativeTo(folder, from) !== null)
    .sort((one, other) => other.folder.length - one.folder.length);
  for (const { base, imports, scopes } of above) {
    const inScope = (scopes ?? []).filter(([prefix]) => relativeTo(prefix, from) !== null);
    for (const entries of [...inScope.map(([, entries]) => entries), imports]) {
      const target = lookUp(entries, specifier);
      if (target !== undefined) return { target, base };
    }
  }
  return null;
}

function lookUp(entries: MapEntries, specifier: string): string | null | undefined {
  const parsed = packageName(specifier);
  for (const [key, target] of entries) {
    if (key === specifier) return target;
    if (key.endsWith('/') && specifier.startsWith(key))
      return target === null ? null : target + specifier.slice(key.length);
    // Deno takes what is below a registry's package for mapped, too.
    if (key === parsed?.name && target !== null && /^(?:npm|jsr):/.test(target))
      return `${target}/${parsed.subpath}`;
  }
  return undefined;
}
