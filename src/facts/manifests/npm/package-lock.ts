import type { RepoPath } from '../../../model/brand.js';
import type { DependencyFile } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { type DependencyFiles, ManifestError, type ManifestFormat } from '../format.js';
import { gitSource, isGitSpecifier } from './git-url.js';
import { isObject, type JsonObject, keyLines, lineOf, memberLines, readJsonObject } from './json-text.js';
import { namedByFolder } from './link-manifest.js';
import { changedLock, type KnownLock } from './lock-change.js';
import { checkPackages } from './lock-check.js';
import { type LegacyPlace, legacyEntries, legacyPlaces } from './lock-legacy.js';
import { type LockedTree, lockedPackages } from './lock-packages.js';
import { type LockNode, type ReadLock, readLock } from './lock-reader.js';
import { TextIds } from './text-ids.js';

const VERSIONS = new Set<unknown>([1, 2, 3, undefined]);

/** package-lock.json and npm-shrinkwrap.json, versions 1 to 3. */
export const packageLock: ManifestFormat = { parse, parseNear, link };

/** What the quick reader read whole. */
const known = new WeakMap<DependencyFile, KnownLock>();

function parseNear(path: RepoPath, text: string, near: DependencyFile): DependencyFile | null {
  const lock = known.get(near);
  return lock === undefined ? null : changedLock(text, lock, folderOf(path));
}

function parse(path: RepoPath, text: string): DependencyFile {
  // Version 1 has no use for the quick reader.
  const quick = text.includes('"packages"') ? readLock(text, { canonical: false }) : null;
  const read = quick ?? readAnyLock(text);
  const { rest, nodes } = read;
  if (!VERSIONS.has(rest.lockfileVersion)) {
    const line = lineOf(
      keyLines(text, at => at.length === 0),
      'lockfileVersion',
    );
    const version = JSON.stringify(rest.lockfileVersion);
    throw new ManifestError(`Lock file version ${version} is not known`, line, 'Known are 1, 2 and 3.');
  }
  const folder = folderOf(path);
  // As npm: the old tree counts where the new one is missing.
  if (nodes === null) {
    if (rest.dependencies === undefined && Number(rest.lockfileVersion ?? 1) > 1)
      throw new ManifestError('The lock file has no "packages"', 1, 'Write it anew with `npm install`.');
    return lockFile(path, read, { entries: legacyEntries(rest, folder, text), roots: Object.create(null) });
  }
  const tree = lockedPackages(read, nodes, folder);
  if (rest.dependencies === undefined) {
    const file = lockFile(path, read, tree);
    if (quick !== null) known.set(file, { file, text, nodes });
    return file;
  }
  const ids = differing(rest, nodes);
  if (ids.size === 0) return lockFile(path, read, tree);
  const more = legacyEntries(rest, folder, text).filter(entry => ids.has(entry.id));
  const entries = [...tree.entries, ...more.map(entry => ({ ...entry, id: `dependencies:${entry.id}` }))];
  return lockFile(path, read, { ...tree, entries });
}

/** By JSON.parse, which knows what is wrong, and what counts of what is there twice. */
function readAnyLock(text: string): ReadLock {
  const lock = readJsonObject(text);
  const { packages } = lock;
  if (packages === undefined) return { rest: lock, nodes: null, wants: [], ids: new TextIds('') };
  if (!isObject(packages)) throw new ManifestError('"packages" of the lock file is not an object', 1);
  const lines = packageLines(text, packages);
  checkPackages(packages, lines);
  const read = readLock(JSON.stringify(lock), { canonical: true });
  if (read === null) throw new ManifestError('The lock file is nested too deeply', 1);
  return { ...read, nodes: read.nodes?.map((node, index) => ({ ...node, line: lines[index] ?? 1 })) ?? null };
}

/** The lines of the keys of `packages`, in the order in which the parsed object has them. */
function packageLines(text: string, packages: JsonObject): number[] {
  const lines = memberLines(text, 'packages');
  const keys = Object.keys(packages);
  // Objects keep the order of the text, but for doubled keys and for numbers.
  if (lines.length === keys.length && !keys.some(key => /^\d+$/.test(key))) return lines;
  const known = keyLines(text, at => at.length === 0 || (at.length === 1 && at[0] === 'packages'));
  return keys.map(key => lineOf(known, 'packages', key));
}

/**
 * Version 2 says everything twice. What its old half (which npm 6 reads) has alone, or with another package, version
 * or address, by its place.
 */
function differing(lock: JsonObject, nodes: readonly LockNode[]): ReadonlySet<string> {
  const known = new Map(nodes.map(node => [node.key, node]));
  const found = new Set<string>();
  for (const place of legacyPlaces(lock)) {
    const twin = known.get(place.id);
    if (twin === undefined || !agree(place, twin)) found.add(place.id);
  }
  return found;
}

function agree({ node, name }: LegacyPlace, twin: LockNode): boolean {
  const { version, resolved, integrity } = node;
  if (typeof resolved === 'string' && resolved !== twin.resolved) return false;
  if (typeof integrity === 'string' && integrity !== twin.integrity.join(' ')) return false;
  if (typeof version !== 'string' || version === twin.version || version === twin.resolved) return true;
  if (version.startsWith('npm:')) return version === `npm:${twin.name ?? name}@${twin.version}`;
  if (version.startsWith('file:')) return twin.link && version.slice('file:'.length) === twin.resolved;
  if (!version.includes(':')) return twin.version === null;
  if (twin.resolved === null || !isGitSpecifier(version)) return false;
  // A repository is written in several ways.
  const [old, now] = [gitSource(version), gitSource(twin.resolved)];
  return old.url === now.url && old.revision === now.revision;
}

function lockFile(path: RepoPath, { rest, nodes }: ReadLock, tree: LockedTree): DependencyFile {
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  const root = nodes?.find(node => node.key === '');
  const folder = folderOf(path);
  return {
    path,
    format: 'package-lock',
    ecosystem: 'npm',
    role: 'lock',
    project: {
      name: root?.name ?? text(rest.name),
      version: root?.version ?? text(rest.version),
      license: root?.license ?? null,
    },
    entries: tree.entries,
    roots: tree.roots,
    includes: [folder === '' ? 'package.json' : `${folder}/package.json`],
  };
}

/**
 * What version 1 doesn't tell: what the project itself wants (the package.json beside it does), and what lies in the
 * folders that links lead to.
 */
function link(file: DependencyFile, files: DependencyFiles): DependencyFile {
  const linked = file.entries.some(entry => entry.source.type === 'path')
    ? { ...file, entries: file.entries.map(entry => namedByFolder(entry, files)) }
    : file;
  if (Object.keys(file.roots).length > 0 || file.entries.length === 0) return linked;
  const manifest = files.file(file.includes[0] ?? '');
  if (manifest === null) return linked;
  const wanted = new Set<string>();
  for (const entry of manifest.entries)
    if (entry.role === 'dependency') wanted.add(`node_modules/${entry.alias ?? entry.name}`);
  const direct = new Set(file.entries.flatMap(entry => (wanted.has(entry.id) ? entry.id : [])));
  const roots: Record<string, readonly string[]> = Object.create(null);
  roots[folderOf(file.path)] = [...direct];
  const entries = linked.entries.map(entry => ({ ...entry, direct: direct.has(entry.id) }));
  return { ...linked, entries, roots };
}
