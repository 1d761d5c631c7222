import type { RepoPath } from '../../../model/brand.js';
import type { DependencyEntry, DependencyFile } from '../../../model/dependency.js';
import { type DependencyFiles, ManifestError, type ManifestFormat } from '../format.js';
import { isObject, type JsonObject, keyLines, lineOf, memberLines, readJsonObject } from './json-text.js';
import { namedByFolder } from './link-manifest.js';
import { checkPackages } from './lock-check.js';
import { type LegacyTree, legacyLines, legacyTree } from './lock-legacy.js';
import { type LockedTree, lockedPackages } from './lock-packages.js';
import { type LockNode, type ReadLock, readLock } from './lock-reader.js';
import { folderOf } from './paths.js';

const VERSIONS = new Set<unknown>([1, 2, 3, undefined]);

/** package-lock.json and npm-shrinkwrap.json, versions 1 to 3. */
export const packageLock: ManifestFormat = { parse, link };

function parse(path: RepoPath, text: string): DependencyFile {
  const read = readLock(text, { canonical: false }) ?? readAnyLock(text);
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
    const tree = legacyTree(rest, folder, legacyLines(text));
    return lockFile(path, read, { entries: tree.entries, roots: Object.create(null) });
  }
  const tree = lockedPackages(read, nodes, folder);
  const old = rest.dependencies === undefined ? [] : differing(legacyTree(rest, folder, null), tree, nodes);
  if (old.length === 0) return lockFile(path, read, tree);
  const again = legacyTree(rest, folder, legacyLines(text));
  const ids = new Set(old.map(entry => entry.id));
  const more = again.entries.filter(entry => ids.has(entry.id));
  const entries = [...tree.entries, ...more.map(entry => ({ ...entry, id: `dependencies:${entry.id}` }))];
  return lockFile(path, read, { ...tree, entries });
}

/** By JSON.parse, which knows what is wrong, and what counts of what is there twice. */
function readAnyLock(text: string): ReadLock {
  const lock = readJsonObject(text);
  const { packages } = lock;
  const lines = isObject(packages) ? packageLines(text, packages) : [];
  if (isObject(packages)) checkPackages(packages, lines);
  else if (packages !== undefined) throw new ManifestError('"packages" of the lock file is not an object', 1);
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

/** Version 2 says everything twice. What its old half (read by npm 6) says otherwise is there, too. */
function differing(old: LegacyTree, tree: LockedTree, nodes: readonly LockNode[]): DependencyEntry[] {
  const keys = new Set(nodes.map(node => node.key));
  const known = new Map(tree.entries.map(entry => [entry.id, entry]));
  return old.entries.filter(entry => {
    const twin = known.get(entry.id);
    // The folder of a project: no entry of its own.
    if (twin === undefined) return !keys.has(entry.id);
    if (twin.source.type === 'path' || twin.source.type === 'workspace')
      return twin.source.type !== entry.source.type && entry.source.type !== 'path';
    if (twin.name !== entry.name) return true;
    if (twin.version !== entry.version && entry.version !== null && twin.version !== null) return true;
    const { source } = entry;
    if (source.type !== 'registry' || twin.source.type !== 'registry') return false;
    return source.url !== twin.source.url && source.url !== null;
  });
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
