import type { DependencyEntry, DependencyFile } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import type { DependencyFiles } from '../format.js';

/** The gemspec that `gemspec` names is the only one in its folder. */
export function linkGemfile(file: DependencyFile, files: DependencyFiles): DependencyFile {
  const open = file.entries.filter(({ id }) => id.startsWith('gemspec'));
  if (open.length === 0) return file;
  const includes = new Set(file.includes);
  const found = new Map<string, DependencyFile>();
  for (const entry of open) {
    const { source } = entry;
    if (source.type !== 'path' || source.path === null) continue;
    const specs = [...files.all()].filter(
      ({ format, path }) => format === 'gemspec' && folderOf(path) === source.path,
    );
    const spec =
      specs.find(({ project }) => project.name === entry.name) ?? (specs.length === 1 ? specs[0] : undefined);
    if (spec === undefined) continue;
    includes.add(spec.path);
    found.set(entry.id, spec);
  }
  const entries = file.entries.map((entry): DependencyEntry => {
    const name = found.get(entry.id)?.project.name ?? null;
    return name === null ? entry : { ...entry, name };
  });
  return { ...file, entries, includes: [...includes] };
}
