import type { DependencyEntry, DependencyScope, DependencySource } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import { gitSource } from './git-url.js';
import { archiveSource, digests, REGISTRY } from './lock-entry.js';
import { pathSource, within } from './paths.js';
import type { DepPath } from './pnpm-dep-path.js';
import { mapping, type PnpmDocument } from './pnpm-document.js';
import { YamlMap } from './yaml-tree.js';

/** A package of the lock file as it stands there. */
export interface PnpmPackage {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly path: DepPath | null;
  readonly line: number;
  /** Holds `dependencies` and `optionalDependencies`. */
  readonly holder: YamlMap;
  /** Holds the rest. */
  readonly facts: YamlMap;
}

/** Packages by key. From format 9 on, what the registry says of one stands apart from its resolved variants. */
export function pnpmPackages(document: PnpmDocument): ReadonlyMap<string, PnpmPackage> {
  const { content, major, paths, lines } = document;
  const found = new Map<string, PnpmPackage>();
  const packages = mapping(content.get('packages'), 'packages');
  if (major < 9) {
    for (const pair of packages.pairs) {
      const holder = mapping(pair.value, pair.key);
      found.set(pair.key, read(document, pair.key, holder, holder, lines.lineAt(pair.at)));
    }
    return found;
  }
  const facts = new Map<string, { map: YamlMap; line: number }>();
  for (const { key, at, value } of packages.pairs)
    facts.set(key, { map: mapping(value, key), line: lines.lineAt(at) });
  for (const { key, at, value } of mapping(content.get('snapshots'), 'snapshots').pairs) {
    const about = facts.get(paths.base(key));
    const line = about?.line ?? lines.lineAt(at);
    found.set(key, read(document, key, mapping(value, key), about?.map ?? NOTHING, line));
  }
  return found;
}

const NOTHING = new YamlMap();

function read(
  document: PnpmDocument,
  key: string,
  holder: YamlMap,
  facts: YamlMap,
  line: number,
): PnpmPackage {
  const path = document.paths.read(key);
  const name = (document.major < 9 ? facts.text('name') : null) ?? path?.name ?? facts.text('name');
  if (name === null)
    throw new ManifestError(`${key}: whose package this is can't be told`, line, 'Write the lock file anew.');
  return { key, id: document.prefix + key, name, path, line, holder, facts };
}

/** What only the other entries tell. */
export type Placed = Pick<DependencyEntry, 'scope' | 'direct'> & {
  readonly requires: readonly string[];
  readonly alias: string | undefined;
};

export function packageEntry(document: PnpmDocument, found: PnpmPackage, placed: Placed): DependencyEntry {
  const { facts, path } = found;
  const runs = facts.text('requiresBuild') === 'true' || facts.text('prepare') === 'true';
  const written = facts.get('resolution');
  const resolution = written instanceof YamlMap ? written : null;
  return {
    id: found.id,
    role: 'dependency',
    ecosystem: 'npm',
    name: found.name,
    ...(placed.alias === undefined ? {} : { alias: placed.alias }),
    version: facts.text('version') ?? path?.version ?? null,
    range: null,
    scope: scopeOf(found, placed.scope),
    direct: placed.direct,
    source: sourceOf(document, found, resolution),
    integrity: resolution === null ? [] : integrityOf(resolution),
    ...(runs ? { installScript: true as const } : {}),
    line: found.line,
    ...(placed.requires.length === 0 ? {} : { requires: placed.requires }),
  };
}

/** The lock file's own word on it goes before what the graph tells. */
function scopeOf({ holder }: PnpmPackage, reached: DependencyScope): DependencyScope {
  if (holder.text('dev') === 'true') return 'development';
  if (reached !== 'production' && reached !== 'optional' && holder.text('dev') === null) return reached;
  return holder.text('optional') === 'true' ? 'optional' : 'production';
}

function sourceOf(
  document: PnpmDocument,
  { key, path, line }: PnpmPackage,
  resolution: YamlMap | null,
): DependencySource {
  const reference = path?.reference ?? key;
  const directory = resolution?.text('directory') ?? null;
  if (directory !== null) return folderSource(document, directory, reference);
  const type = resolution?.text('type') ?? null;
  if (type === 'git')
    return gitSource(`${resolution?.text('repo') ?? ''}#${resolution?.text('commit') ?? ''}`);
  if (type !== null && resolution !== null) return { type: 'url', url: anyAddress(resolution) ?? type };
  const tarball = resolution?.text('tarball') ?? null;
  if (tarball?.startsWith('file:')) return pathSource(document.base, tarball.slice(5), tarball);
  if (tarball !== null) return isRegistry(path) ? { type: 'registry', url: tarball } : archiveSource(tarball);
  // A folder's resolution may be left out by tools that prune lock files: pnpm reads it off the key.
  if (reference.startsWith('file:')) return folderSource(document, reference.slice(5), reference);
  if (resolution === null)
    throw new ManifestError(`${key} has no resolution`, line, 'Write the lock file anew.');
  if (isRegistry(path)) return REGISTRY;
  return archiveSource(reference);
}

/** Is its version one that a registry has given? */
function isRegistry(path: DepPath | null): boolean {
  return path !== null && path.version !== null;
}

function folderSource(document: PnpmDocument, place: string, written: string): DependencySource {
  const path = within(document.base, place);
  if (path !== null && document.importers.has(path)) return { type: 'workspace', path };
  return pathSource(document.base, place, written);
}

/** Programs (`node@runtime:22`) have an archive for each platform. */
function resolutions(resolution: YamlMap): readonly YamlMap[] {
  const variants = resolution.get('variants');
  if (!Array.isArray(variants)) return [resolution];
  const all = variants.map(variant => (variant instanceof YamlMap ? variant.get('resolution') : null));
  return [resolution, ...all.filter(one => one instanceof YamlMap)];
}

function integrityOf(resolution: YamlMap): readonly string[] {
  return resolutions(resolution).flatMap(one => digests(one.text('integrity')));
}

function anyAddress(resolution: YamlMap): string | null {
  for (const one of resolutions(resolution))
    for (const { value } of one.pairs)
      if (typeof value === 'string' && /^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return value;
  return null;
}
