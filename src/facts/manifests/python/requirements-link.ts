import { canonicalPackage, type DependencyEntry, type DependencyFile } from '../../../model/dependency.js';
import type { DependencyFiles } from '../format.js';
import { unreadIncludes } from './includes.js';

/** `exports` of a file of requirements: the files that it takes for constraints. */
export const CONSTRAINT_PREFIX = 'constraint:';

/**
 * Fills in what other files decide: constraints that settle the versions of what has none, names of projects that
 * paths lead to, and whether this file is itself one of constraints.
 */
export function linkRequirements(file: DependencyFile, files: DependencyFiles): DependencyFile {
  const constraints = definitions(file, files);
  const isConstraints = onlyConstrains(file, files);
  const entries = file.entries.map(entry => {
    const named = nameOfPath(entry, files);
    if (isConstraints && named.role === 'dependency') return { ...named, role: 'definition' as const };
    return constrained(named, constraints.get(named.name));
  });
  return { ...file, entries: [...entries, ...unreadIncludes(file, files)] };
}

/** A version that a constraint settles is the one that comes. */
function constrained(entry: DependencyEntry, by: DependencyEntry | undefined): DependencyEntry {
  if (by === undefined || entry.role !== 'dependency' || entry.source.type !== 'registry') return entry;
  return {
    ...entry,
    range: entry.range ?? by.range,
    version: entry.version ?? by.version,
    source: by.source.type === 'registry' ? entry.source : by.source,
    integrity: entry.integrity.length === 0 ? by.integrity : entry.integrity,
  };
}

/** What the file's constraints, and those of the files that it includes, say of each name; the first of several. */
function definitions(file: DependencyFile, files: DependencyFiles): ReadonlyMap<string, DependencyEntry> {
  const found = new Map<string, DependencyEntry>();
  const seen = new Set<string>([file.path]);
  const open: { readonly file: DependencyFile; readonly constrains: boolean }[] = [
    { file, constrains: false },
  ];
  for (const { file: one, constrains } of open) {
    if (constrains)
      for (const entry of one.entries)
        if (entry.role !== 'redirect' && !found.has(entry.name)) found.set(entry.name, entry);
    for (const path of one.includes) {
      const next = files.file(path);
      if (next === null || next.format !== 'requirements' || seen.has(path)) continue;
      seen.add(path);
      open.push({ file: next, constrains: constrains || isConstraint(one, path) });
    }
  }
  return found;
}

function isConstraint(file: DependencyFile, path: string): boolean {
  return file.exports?.[`${CONSTRAINT_PREFIX}${path}`] !== undefined;
}

/** Is it included, and only ever with `-c`? */
function onlyConstrains(file: DependencyFile, files: DependencyFiles): boolean {
  let constrains = false;
  for (const other of files.all()) {
    if (other.path === file.path || !other.includes.includes(file.path)) continue;
    if (!isConstraint(other, file.path)) return false;
    constrains = true;
  }
  return constrains;
}

/** `-e ./packages/a` is the project that lies there, where its manifest tells its name. */
function nameOfPath(entry: DependencyEntry, files: DependencyFiles): DependencyEntry {
  const { name, source } = entry;
  if (!name.startsWith('?') || source.type !== 'path' || source.path === null) return entry;
  const folder = source.path === '' ? '' : `${source.path}/`;
  for (const manifest of ['pyproject.toml', 'setup.cfg', 'setup.py']) {
    const found = files.file(`${folder}${manifest}`)?.project.name ?? null;
    if (found !== null) return { ...entry, name: canonicalPackage('pypi', found) };
  }
  return entry;
}
