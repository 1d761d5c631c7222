import type { Json } from '../../model/canonical.js';
import type { Manifest, Rename } from './context.js';
import { folderOf, join } from './paths.js';
import { renameOf } from './renames.js';

/** What package.json says that only reading the context needs. */
export interface ReadManifest {
  readonly manifest: Manifest;
  /** `workspaces`, npm's array or yarn's `{ packages }`. */
  readonly workspaces: readonly string[];
  /** Names of all dependencies that come from a registry. */
  readonly registry: readonly string[];
}

/** Taken where nothing else is found: what only some bundlers read. A map of replacements is no entry. */
const BUNDLERS = ['svelte', 'browser', 'react-native', 'jsnext:main', 'esnext'] as const;
const ENTRY_FIELDS = ['types', 'typings', 'module', 'main', 'source', ...BUNDLERS] as const;
const DEPENDENCY_FIELDS = [
  'dependencies',
  'devDependencies',
  'peerDependencies',
  'optionalDependencies',
] as const;
const TO_FOLDER = /^(?:file|link|portal):(.*)$/s;

type Members = Readonly<Record<string, unknown>>;

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}

/** Takes what resolution needs out of a package.json. Fields of a wrong type are as if absent, as for npm. */
export function readManifest(folder: string, members: Members): ReadManifest {
  const entries = ENTRY_FIELDS.flatMap(field => {
    const entry = members[field];
    return typeof entry === 'string' && entry !== '' ? [entry] : [];
  });
  const links: [string, string][] = [];
  const registry: string[] = [];
  const renames: Rename[] = [];
  for (const field of DEPENDENCY_FIELDS) {
    const dependencies = members[field];
    if (!isMembers(dependencies)) continue;
    for (const [name, version] of Object.entries(dependencies)) {
      const path = typeof version === 'string' ? TO_FOLDER.exec(version)?.[1] : undefined;
      const target = path === undefined || path.startsWith('/') ? null : join(folder, path);
      if (target !== null && !/\.t(?:ar\.)?gz$/.test(target)) links.push([name, target]);
      else if (typeof version === 'string') {
        const rename = renameOf(name, version);
        if (rename !== null) renames.push(rename);
        if (!version.startsWith('workspace:')) registry.push(name);
      }
    }
  }
  const { name, exports, imports, workspaces } = members;
  return {
    manifest: {
      folder,
      ...(typeof name === 'string' && name !== '' && { name }),
      ...(entries.length > 0 && { entries: [...new Set(entries)] }),
      ...(exports !== undefined && exports !== null && { exports: exports as Json }),
      ...(isMembers(imports) && { imports: imports as Json }),
      ...(links.length > 0 && { links }),
      ...(renames.length > 0 && { renames }),
    },
    workspaces: strings(isMembers(workspaces) ? workspaces.packages : workspaces),
    registry,
  };
}

/** What is installed for a folder is seen from those below it: a manifest inherits renamings of the ones above. */
export function inheritRenames(manifests: readonly ReadManifest[]): readonly ReadManifest[] {
  if (manifests.every(({ manifest }) => manifest.renames === undefined)) return manifests;
  const byFolder = new Map(manifests.map(one => [one.manifest.folder, one]));
  return manifests.map(one => {
    const known = new Map<string, Rename>();
    const plain = new Set<string>();
    for (let folder = one.manifest.folder; ; folder = folderOf(folder)) {
      const above = byFolder.get(folder);
      for (const rename of above?.manifest.renames ?? [])
        if (!known.has(rename[0]) && !plain.has(rename[0])) known.set(rename[0], rename);
      for (const name of above?.registry ?? []) if (!known.has(name)) plain.add(name);
      if (folder === '') break;
    }
    return known.size === 0 ? one : { ...one, manifest: { ...one.manifest, renames: [...known.values()] } };
  });
}
