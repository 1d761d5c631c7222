import { canonicalPackage } from '../../../model/dependency.js';
import { groupScope, strongest } from './groups.js';
import type { Project } from './project.js';
import { isTable, stringIn } from './toml.js';

/** The standards' tables: `[project]` (PEP 621), `[dependency-groups]` (PEP 735), `[build-system]` (PEP 518). */
export function readStandard(project: Project): void {
  project.requirements(['build-system', 'requires'], 'build');
  project.requirements(['project', 'dependencies'], 'production');
  const extras = ['project', 'optional-dependencies'];
  for (const extra of Object.keys(project.document.tableAt(extras) ?? {}))
    project.requirements([...extras, extra], 'optional');
  readGroups(project);
  readDynamic(project);
}

interface Group {
  readonly key: string;
  readonly includes: Set<string>;
}

function readGroups(project: Project): void {
  const { document } = project;
  const table = document.tableAt(['dependency-groups']) ?? {};
  const groups = new Map<string, Group>();
  for (const key of Object.keys(table)) {
    const name = canonicalPackage('pypi', key);
    if (groups.has(name)) document.refuse(['dependency-groups', key], 'a group under a name of its own');
    groups.set(name, { key, includes: new Set() });
  }
  const listed: (() => void)[] = [];
  for (const [name, { key, includes }] of groups) {
    const items = table[key];
    if (!Array.isArray(items)) project.document.refuse(['dependency-groups', key], 'a list');
    for (const [index, item] of items.entries()) {
      const at = ['dependency-groups', key, index];
      const included =
        isTable(item) && Object.keys(item).length === 1 ? stringIn(item, 'include-group') : null;
      if (typeof item === 'string')
        listed.push(() => project.requirement(at, item, scopes.get(name) ?? 'production'));
      else if (included === null) document.refuse(at, 'a requirement or { include-group = "name" }');
      else if (!groups.has(canonicalPackage('pypi', included))) document.refuse(at, 'a group of this file');
      else includes.add(canonicalPackage('pypi', included));
    }
  }
  const scopes = groupScopes(project, groups);
  for (const add of listed) add();
}

/** A group that a production group includes is needed there, too. */
function groupScopes(
  project: Project,
  groups: ReadonlyMap<string, Group>,
): ReadonlyMap<string, ReturnType<typeof groupScope>> {
  const scopes = new Map([...groups.keys()].map(name => [name, groupScope(name)]));
  for (const name of dependentsFirst(project, groups)) {
    const own = scopes.get(name) ?? 'production';
    for (const included of groups.get(name)?.includes ?? [])
      scopes.set(included, strongest([own, scopes.get(included) ?? 'production']));
  }
  return scopes;
}

/** Each group before those that it includes. A cycle is refused, as by every tool. */
function dependentsFirst(project: Project, groups: ReadonlyMap<string, Group>): readonly string[] {
  const waiting = new Map([...groups.keys()].map(name => [name, 0]));
  for (const { includes } of groups.values())
    for (const name of includes) waiting.set(name, (waiting.get(name) ?? 0) + 1);
  const ready = [...waiting].filter(([, count]) => count === 0).map(([name]) => name);
  for (const name of ready) {
    for (const included of groups.get(name)?.includes ?? []) {
      const left = (waiting.get(included) ?? 0) - 1;
      waiting.set(included, left);
      if (left === 0) ready.push(included);
    }
  }
  const stuck = [...groups].find(([name]) => (waiting.get(name) ?? 0) > 0);
  if (stuck !== undefined)
    project.document.refuse(['dependency-groups', stuck[1].key], 'free of groups that include each other');
  return ready;
}

/** What `[project]` leaves to the build's tool: files of requirements, or code, which can't be read. */
function readDynamic(project: Project): void {
  const { document } = project;
  const setuptools = ['tool', 'setuptools', 'dynamic'];
  const files = [
    ...filesOf(project, [...setuptools, 'dependencies']),
    ...Object.keys(document.tableAt([...setuptools, 'optional-dependencies']) ?? {}).flatMap(extra =>
      filesOf(project, [...setuptools, 'optional-dependencies', extra]),
    ),
    ...(document.stringsAt(['tool', 'hatch', 'metadata', 'hooks', 'requirements_txt', 'files']) ?? []),
  ];
  for (const file of files) project.include(file);
  const dynamic = document.stringsAt(['project', 'dynamic']) ?? [];
  if (files.length > 0 || isTable(document.tableAt(['tool', 'poetry']))) return;
  for (const [index, field] of dynamic.entries()) {
    if (field !== 'dependencies' && field !== 'optional-dependencies') continue;
    const line = document.line(['project', 'dynamic', index]);
    const scope = field === 'dependencies' ? 'production' : 'optional';
    project.add({ id: `project.dynamic/${field}`, name: `?dynamic ${field}`, line, scope });
  }
}

/** `{ file = "requirements.txt" }` or `{ file = ["a.txt", "b.txt"] }`. */
function filesOf({ document }: Project, at: readonly string[]): readonly string[] {
  const written = document.tableAt(at)?.['file'];
  if (written === undefined) return [];
  if (typeof written === 'string') return [written];
  return document.stringsAt([...at, 'file']) ?? [];
}
