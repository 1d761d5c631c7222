import type { DependencyScope, DependencySource } from '../../../model/dependency.js';
import { canonicalPackage } from '../../../model/dependency.js';
import { groupScope } from './groups.js';
import { pinnedVersion } from './pep440.js';
import type { Project } from './project.js';
import { addressSource, gitSource, pathSource, REGISTRY } from './sources.js';
import { isTable, stringIn, type TomlTable } from './toml.js';

const ROOT = ['tool', 'poetry'];

/** Poetry's own tables, 0.12 to 2.x. */
export function readPoetry(project: Project): void {
  const { document } = project;
  if (document.tableAt(ROOT) === null) return;
  const indexes = readSources(project);
  const read = (at: readonly string[], scope: DependencyScope): void =>
    readTable(project, indexes, at, scope);
  read([...ROOT, 'dependencies'], 'production');
  read([...ROOT, 'dev-dependencies'], 'development');
  for (const group of project.tables([...ROOT, 'group'])) {
    const named = groupScope(group);
    const optional = document.tableAt([...ROOT, 'group', group])?.['optional'] === true;
    read([...ROOT, 'group', group, 'dependencies'], named === 'production' && optional ? 'optional' : named);
  }
  read([...ROOT, 'requires-plugins'], 'build');
}

/** Name of a source → its index. */
function readSources(project: Project): ReadonlyMap<string, string> {
  const indexes = new Map<string, string>([['pypi', 'https://pypi.org/simple']]);
  for (const [index, source] of project.document.tablesAt([...ROOT, 'source']).entries()) {
    const [name, url, priority] = ['name', 'url', 'priority'].map(key => stringIn(source, key));
    if (name === null || name === undefined)
      project.document.refuse([...ROOT, 'source', index], 'a source with a name');
    if (url === null || url === undefined) continue; // PyPI, written to say when it is asked
    indexes.set(name.toLowerCase(), url);
    // An explicit one serves only packages that name it.
    if (priority !== 'explicit')
      project.index(`tool.poetry.source/${name}`, url, project.document.line([...ROOT, 'source', index]));
  }
  return indexes;
}

function readTable(
  project: Project,
  indexes: ReadonlyMap<string, string>,
  at: readonly string[],
  scope: DependencyScope,
): void {
  const { document } = project;
  for (const [name, written] of Object.entries(document.tableAt(at) ?? {})) {
    if (name.toLowerCase() === 'python') continue;
    const several = Array.isArray(written) ? written : [written];
    for (const [index, one] of several.entries()) {
      const place = Array.isArray(written) ? [...at, name, index] : [...at, name];
      if (typeof one !== 'string' && !isTable(one)) project.document.refuse(place, 'a version or a table');
      const table: TomlTable = typeof one === 'string' ? { version: one } : one;
      const range = stringIn(table, 'version');
      project.add({
        id: `${at.join('.')}/${canonicalPackage('pypi', name)}`,
        name,
        line: document.line(place),
        scope: table['optional'] === true && scope === 'production' ? 'optional' : scope,
        range,
        version: exactVersion(range),
        source: sourceOf(project, indexes, table),
      });
    }
  }
}

/** `1.2.3` means exactly that to Poetry, as `==1.2.3` does. */
export function exactVersion(range: string | null): string | null {
  if (range === null || range.includes('|')) return null;
  const pinned = pinnedVersion(range);
  if (pinned !== null) return pinned;
  return /^v?\d[\w.!+-]*$/.test(range.trim()) ? range.trim().replace(/^v/, '') : null;
}

function sourceOf(
  { path, folder }: Project,
  indexes: ReadonlyMap<string, string>,
  table: TomlTable,
): DependencySource {
  const git = stringIn(table, 'git');
  if (git !== null)
    return gitSource(git, stringIn(table, 'rev') ?? stringIn(table, 'tag') ?? stringIn(table, 'branch'));
  const url = stringIn(table, 'url');
  if (url !== null) return addressSource(path, url);
  const local = stringIn(table, 'path') ?? stringIn(table, 'file');
  if (local !== null) return pathSource(folder, local);
  const index = stringIn(table, 'source');
  return index === null ? REGISTRY : { type: 'registry', url: indexes.get(index.toLowerCase()) ?? null };
}
