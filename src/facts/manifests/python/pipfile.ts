import {
  canonicalPackage,
  type DependencyFile,
  type DependencyScope,
  type DependencySource,
} from '../../../model/dependency.js';
import type { ManifestFormat } from '../format.js';
import { groupScope } from './groups.js';
import { pinnedVersion } from './pep440.js';
import { Project } from './project.js';
import { addressSource, gitSource, pathSource, REGISTRY } from './sources.js';
import { isTable, stringIn, TomlDocument, type TomlTable } from './toml.js';

/** Tables that hold no packages: every other one is a category of them. */
const RESERVED = new Set([
  'source',
  'requires',
  'scripts',
  'pipenv',
  'pipfile',
  'build-system',
  'project',
  'tool',
]);

export const pipfile: ManifestFormat = {
  parse(path, text): DependencyFile {
    const document = new TomlDocument(text);
    const project = new Project(path, document);
    const indexes = readSources(project);
    for (const category of Object.keys(document.table)) {
      if (RESERVED.has(category)) continue;
      for (const [name, written] of Object.entries(document.tableAt([category]) ?? {}))
        readPackage(project, indexes, category, name, written);
    }
    return {
      path,
      format: 'pipfile',
      ecosystem: 'pypi',
      role: 'manifest',
      project: { name: null, version: null, license: null },
      entries: project.entries.entries,
      roots: {},
      includes: [],
    };
  },
};

/** `packages`, `dev-packages`, and categories of one's own; in the lock file `default` and `develop`. */
export function categoryScope(category: string): DependencyScope {
  if (category === 'packages' || category === 'default') return 'production';
  return groupScope(category);
}

/** Name of a source → its index. The first is asked for all packages, others for those that name them. */
function readSources(project: Project): ReadonlyMap<string, string> {
  const indexes = new Map<string, string>();
  for (const [index, source] of project.document.tablesAt(['source']).entries()) {
    const url = stringIn(source, 'url');
    if (url === null) project.document.refuse(['source', index], 'a source with a url');
    const name = stringIn(source, 'name') ?? String(index);
    indexes.set(name, url);
    project.index(`source/${name}`, url, project.document.line(['source', index]));
  }
  return indexes;
}

function readPackage(
  project: Project,
  indexes: ReadonlyMap<string, string>,
  category: string,
  name: string,
  written: unknown,
): void {
  const at = [category, name];
  if (typeof written !== 'string' && !isTable(written)) project.document.refuse(at, 'a version or a table');
  const table: TomlTable = typeof written === 'string' ? { version: written } : written;
  const range = stringIn(table, 'version');
  project.add({
    id: `${category}/${canonicalPackage('pypi', name)}`,
    name,
    line: project.document.line(at),
    scope: categoryScope(category),
    range,
    version: range === null ? null : pinnedVersion(range),
    source: pipenvSource(project.path, project.folder, indexes, table),
  });
}

/** Where a package of a Pipfile or of its lock file comes from. */
export function pipenvSource(
  path: string,
  folder: string,
  indexes: ReadonlyMap<string, string>,
  table: TomlTable,
): DependencySource {
  for (const system of ['git', 'hg', 'svn', 'bzr']) {
    const url = stringIn(table, system);
    if (url !== null) return gitSource(system === 'git' ? url : `${system}+${url}`, stringIn(table, 'ref'));
  }
  const file = stringIn(table, 'file') ?? stringIn(table, 'uri');
  if (file !== null) return addressSource(path, file);
  const local = stringIn(table, 'path');
  if (local !== null) return pathSource(folder, local);
  const index = stringIn(table, 'index');
  if (index === null) return REGISTRY;
  return { type: 'registry', url: indexes.get(index) ?? (index.includes('://') ? index : null) };
}
