import type { DependencyFile, DependencySource } from '../../../model/dependency.js';
import { folderOf, join } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { indexSource } from './artifacts.js';
import { groupScope } from './groups.js';
import { LOCK_AGAIN, type LockedPackage, LockedPackages, lockedEntry, lockFile } from './lock.js';
import { addressSource, gitSource, pathSource } from './sources.js';
import { isTable, stringIn, TomlDocument, type TomlTable } from './toml.js';
import { UvGraph } from './uv-graph.js';

/** uv.lock, version 1 with any revision: revisions stay readable by definition. */
export const uvLock: ManifestFormat = {
  parse(path, text): DependencyFile {
    const document = new TomlDocument(text);
    const version = document.table['version'];
    if (version !== 1)
      throw new ManifestError(
        version === undefined
          ? 'it has no version: it is not whole'
          : `version ${String(version)} is unknown`,
        document.line(['version']),
        'lintel reads version 1: lock with a version of uv that writes it',
      );
    const packages = new LockedPackages(document, 'package');
    const members = new Set(document.stringsAt(['manifest', 'members']) ?? []);
    const folder = folderOf(path);
    const projects = new Map<LockedPackage, string>();
    for (const one of packages.all) {
      const place = projectFolder(folder, one, members);
      if (place !== null) projects.set(one, place);
    }
    const graph = new UvGraph(packages, projects);
    const loose = scriptWants(document);
    const scopes = graph.scopes(groupScope, loose);
    const direct = graph.direct(loose);
    const roots: Record<string, readonly string[]> = Object.create(null);
    for (const [one, place] of projects) roots[place] = graph.wanted(one);
    if (projects.size === 0) roots[folder] = [...direct];
    const entries = packages.all
      .filter(one => projects.get(one) !== folder || direct.has(one.id) || graph.isRequired(one))
      .map(one =>
        lockedEntry(one, {
          scope: scopes.get(one.id) ?? 'production',
          direct: direct.has(one.id),
          source: sourceOf(path, one, projects.get(one)),
          integrity: hashesOf(one),
          requires: graph.requires(one),
        }),
      );
    return lockFile(path, 'uv-lock', entries, roots);
  },
};

/** What a script (`script.py.lock`) or a workspace without a project asks for itself. */
function scriptWants(document: TomlDocument): readonly TomlTable[] {
  const groups = document.tableAt(['manifest', 'dependency-groups']) ?? {};
  return [
    ...document.tablesAt(['manifest', 'requirements']),
    ...Object.keys(groups).flatMap(group => document.tablesAt(['manifest', 'dependency-groups', group])),
  ];
}

/** Folder of a project that is locked here; `null`: the package is none of them. */
function projectFolder(
  folder: string,
  { name, table }: LockedPackage,
  members: ReadonlySet<string>,
): string | null {
  const source = table['source'];
  if (!isTable(source)) return null;
  const place = stringIn(source, 'virtual') ?? stringIn(source, 'editable') ?? stringIn(source, 'directory');
  if (place === null || (place !== '.' && !members.has(name))) return null;
  return join(folder, place);
}

function sourceOf(path: string, one: LockedPackage, project: string | undefined): DependencySource {
  if (project !== undefined) return { type: 'workspace', path: project };
  const { table, line, name } = one;
  const source = table['source'];
  if (!isTable(source)) throw new ManifestError(`${name} has no source`, line, LOCK_AGAIN);
  const git = stringIn(source, 'git');
  if (git !== null) return lockedGit(git);
  const url = stringIn(source, 'url');
  if (url !== null) return addressSource(path, url);
  for (const key of ['path', 'directory', 'editable', 'virtual']) {
    const local = stringIn(source, key);
    if (local !== null) return pathSource(folderOf(path), local);
  }
  const index = stringIn(source, 'registry');
  if (index === null) throw new ManifestError(`the source of ${name} is unknown`, line, LOCK_AGAIN);
  const archives = archivesOf(one).flatMap(archive => stringIn(archive, 'url') ?? []);
  return indexSource(index, archives, name);
}

/** `https://host/path?rev=main#commit`. */
function lockedGit(written: string): DependencySource {
  const [address = '', commit] = written.split('#', 2);
  const query = address.indexOf('?');
  const url = query === -1 ? address : address.slice(0, query);
  return gitSource(url, commit ?? (query === -1 ? '' : address.slice(query + 1)));
}

function archivesOf({ table, line }: LockedPackage): readonly TomlTable[] {
  const { sdist, wheels } = table;
  const all: readonly unknown[] = [
    ...(sdist === undefined ? [] : [sdist]),
    ...(Array.isArray(wheels) ? wheels : wheels === undefined ? [] : [wheels]),
  ];
  return all.map(archive => {
    if (isTable(archive)) return archive;
    throw new ManifestError('an archive of a package is no table', line, LOCK_AGAIN);
  });
}

function hashesOf(one: LockedPackage): readonly string[] {
  return archivesOf(one).flatMap(archive => stringIn(archive, 'hash') ?? []);
}
