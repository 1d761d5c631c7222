import type { DependencyEntry, DependencyFile } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import type { DependencyFiles } from '../format.js';
import { within } from './paths.js';

/** Rush keeps pnpm's lock file apart from the place where pnpm works, which the paths in it start from. */
const RUSH = /(?:^|\/)common\/config\/(?:rush|subspaces\/([^/]+))\/pnpm-lock\.yaml$/;

/** Folder that the paths in a lock file of pnpm start from, from the repository's root. */
export function pnpmFolder(path: string): string {
  const found = RUSH.exec(path);
  if (found === null) return folderOf(path);
  const top = path.slice(0, path.lastIndexOf('common/config/'));
  return found[1] === undefined ? `${top}common/temp` : `${top}common/temp/${found[1]}`;
}

/** A project's folder, from the repository's root; one that lies outside of it stays as it is written. */
export function projectFolder(base: string, written: string): string {
  return within(base, written) ?? written;
}

/**
 * For `link`: a folder that is linked or copied is called what its project calls it; its real name (and version)
 * stands in its own manifest.
 */
export function namedByManifests(file: DependencyFile, files: DependencyFiles): DependencyFile {
  return { ...file, entries: file.entries.map(entry => named(entry, files)) };
}

function named(entry: DependencyEntry, files: DependencyFiles): DependencyEntry {
  const { source } = entry;
  if (source.type !== 'workspace' && source.type !== 'path') return entry;
  if (source.path === null || entry.role !== 'dependency') return entry;
  const project = files.file(source.path === '' ? 'package.json' : `${source.path}/package.json`)?.project;
  if (project?.name === undefined || project.name === null) return entry;
  const version = entry.version ?? project.version;
  return project.name === entry.name
    ? { ...entry, version }
    : { ...entry, name: project.name, alias: entry.alias ?? entry.name, version };
}
