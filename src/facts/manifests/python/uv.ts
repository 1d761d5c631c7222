import { canonicalPackage, type DependencyEntry, type DependencySource } from '../../../model/dependency.js';
import { below } from '../../resolve/paths.js';
import type { NewEntry } from './entries.js';
import type { Project } from './project.js';
import { addressSource, gitSource, pathSource, REGISTRY } from './sources.js';
import { isTable, stringIn, type TomlTable } from './toml.js';

const ROOT = ['tool', 'uv'];
const SOURCES = [...ROOT, 'sources'];
/** Ids of entries that say where a package comes from. */
export const SOURCE_IDS = `${SOURCES.join('.')}/`;
/** `inherits` of an entry whose index another file of the workspace names. */
export const INDEX_PREFIX = 'index:';

/** uv's own tables. @returns all entries of the project, each from where uv says */
export function readUv(project: Project): readonly DependencyEntry[] {
  const { document } = project;
  if (document.tableAt(ROOT) === null) return project.entries.entries;
  project.requirements([...ROOT, 'dev-dependencies'], 'development');
  project.requirements([...ROOT, 'override-dependencies'], 'production', 'redirect');
  project.requirements([...ROOT, 'constraint-dependencies'], 'production', 'definition');
  project.requirements([...ROOT, 'build-constraint-dependencies'], 'build', 'definition');
  const extra = [...ROOT, 'extra-build-dependencies'];
  for (const name of Object.keys(document.tableAt(extra) ?? {})) readExtraBuild(project, [...extra, name]);
  readMetadata(project);
  readWorkspace(project);
  const indexes = readIndexes(project);
  const sources = document.tableAt(SOURCES) ?? {};
  const before = [...project.entries.entries];
  for (const [name, written] of Object.entries(sources)) readSource(project, indexes, name, written);
  const redirects = project.entries.entries.slice(before.length);
  return [...fromSources(before, redirects), ...redirects];
}

/** Requirements, or tables with the requirement as `requirement`. */
function readExtraBuild(project: Project, at: readonly string[]): void {
  const items = project.document.tableAt(at.slice(0, -1))?.[at.at(-1) ?? ''];
  if (!Array.isArray(items)) project.document.refuse(at, 'a list of requirements');
  for (const [index, item] of items.entries()) {
    const text: unknown = isTable(item) ? item['requirement'] : item;
    if (typeof text !== 'string') project.document.refuse([...at, index], 'a requirement');
    project.requirement([...at, index], text, 'build');
  }
}

/** `[[tool.uv.dependency-metadata]]`: what a package is said to require, whatever it says itself. */
function readMetadata(project: Project): void {
  const at = [...ROOT, 'dependency-metadata'];
  for (const [index, table] of project.document.tablesAt(at).entries()) {
    const required = table['requires-dist'] ?? [];
    if (!Array.isArray(required)) project.document.refuse([...at, index, 'requires-dist'], 'a list');
    for (const [place, text] of required.entries()) {
      const where = [...at, index, 'requires-dist', place];
      if (typeof text !== 'string') project.document.refuse(where, 'a requirement');
      project.requirement(where, text, 'production', 'definition');
    }
  }
}

function readWorkspace(project: Project): void {
  const at = [...ROOT, 'workspace'];
  const { document, folder, members } = project;
  const glob = (written: string): string => below(folder, written.replace(/^\.\//, '').replace(/\/+$/, ''));
  members.push(...(document.stringsAt([...at, 'members']) ?? []).map(glob));
  members.push(...(document.stringsAt([...at, 'exclude']) ?? []).map(written => `!${glob(written)}`));
}

/** Name of an index → its address. */
function readIndexes(project: Project): ReadonlyMap<string, string> {
  const { document } = project;
  const indexes = new Map<string, string>();
  for (const [position, table] of document.tablesAt([...ROOT, 'index']).entries()) {
    const url = stringIn(table, 'url');
    if (url === null) project.document.refuse([...ROOT, 'index', position], 'an index with a url');
    const name = stringIn(table, 'name');
    if (name !== null) {
      indexes.set(name, url);
      project.exports.set(`${INDEX_PREFIX}${name}`, url);
    }
    // An explicit one serves only packages that name it.
    if (table['explicit'] !== true)
      project.index(`tool.uv.index/${name ?? position}`, url, document.line([...ROOT, 'index', position]));
  }
  for (const parent of [ROOT, [...ROOT, 'pip']]) {
    const single = [...parent, 'index-url'];
    const url = document.stringAt(single);
    if (url !== null) project.index(single.join('.'), url, document.line(single));
    for (const key of ['extra-index-url', 'find-links']) {
      const at = [...parent, key];
      for (const [position, extra] of (document.stringsAt(at) ?? []).entries())
        project.index(`${at.join('.')}/${position}`, extra, document.line([...at, position]));
    }
  }
  return indexes;
}

function readSource(
  project: Project,
  indexes: ReadonlyMap<string, string>,
  name: string,
  written: unknown,
): void {
  const several: readonly unknown[] = Array.isArray(written) ? written : [written];
  for (const [index, table] of several.entries()) {
    const at = Array.isArray(written) ? [...SOURCES, name, index] : [...SOURCES, name];
    if (!isTable(table)) project.document.refuse(at, 'a table');
    project.add({
      id: `${SOURCE_IDS}${canonicalPackage('pypi', name)}`,
      role: 'redirect',
      name,
      alias: name,
      line: project.document.line(at),
      scope: 'production',
      ...placeOf(project, indexes, table),
    });
  }
}

function placeOf(
  { path, folder }: Project,
  indexes: ReadonlyMap<string, string>,
  table: TomlTable,
): Pick<NewEntry, 'source' | 'inherits'> {
  if (table['workspace'] === true)
    return { source: { type: 'workspace', path: null }, inherits: 'workspace' };
  const git = stringIn(table, 'git');
  if (git !== null)
    return {
      source: gitSource(git, stringIn(table, 'rev') ?? stringIn(table, 'tag') ?? stringIn(table, 'branch')),
    };
  const url = stringIn(table, 'url');
  if (url !== null) return { source: addressSource(path, url) };
  const local = stringIn(table, 'path');
  if (local !== null) return { source: pathSource(folder, local) };
  const index = stringIn(table, 'index');
  if (index === null) return { source: REGISTRY };
  const source: DependencySource = { type: 'registry', url: indexes.get(index) ?? null };
  return source.url === null ? { source, inherits: `${INDEX_PREFIX}${index}` } : { source };
}

/** Packages that are asked for by name come from where the first of their sources says. */
export function fromSources(
  entries: readonly DependencyEntry[],
  redirects: readonly DependencyEntry[],
): readonly DependencyEntry[] {
  const places = new Map<string, DependencyEntry>();
  for (const redirect of redirects)
    if (redirect.id.startsWith(SOURCE_IDS) && !places.has(redirect.name)) places.set(redirect.name, redirect);
  return entries.map(entry => {
    const place = places.get(entry.name);
    const plain =
      entry.role === 'dependency' && entry.source.type === 'registry' && entry.source.url === null;
    if (place === undefined || !plain) return entry;
    const { source, inherits } = place;
    return { ...entry, source, ...(inherits === undefined ? {} : { inherits }) };
  });
}
