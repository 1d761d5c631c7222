import type { DependencyEntry, DependencyFile } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { type DependencyFiles, ManifestError } from '../format.js';

/** The manifest at the root of the workspace that a manifest belongs to: its own, one it names, or one above. */
export function workspaceOf(file: DependencyFile, files: DependencyFiles): DependencyFile | null {
  if (file.members !== undefined) return file;
  const [named] = file.includes;
  if (named !== undefined) return rootAt(named, files);
  const own = folderOf(file.path);
  for (let folder = own; folder !== ''; ) {
    folder = folderOf(folder);
    const root = rootAt(folder === '' ? 'Cargo.toml' : `${folder}/Cargo.toml`, files);
    if (root === null) continue;
    // Cargo asks no further: what a workspace leaves out belongs to none.
    return isLeftOut(own, root.members ?? []) ? null : root;
  }
  return null;
}

function rootAt(path: string, files: DependencyFiles): DependencyFile | null {
  const file = files.file(path);
  return file?.format === 'cargo-toml' && file.members !== undefined ? file : null;
}

function isLeftOut(folder: string, members: readonly string[]): boolean {
  const holds = (path: string): boolean => folder === path || folder.startsWith(`${path}/`);
  const isListed = members.some(member => !member.startsWith('!') && holds(member));
  return !isListed && members.some(member => member.startsWith('!') && holds(member.slice(1)));
}

/** What `workspace = true` stands for. @throws ManifestError where the workspace has no such thing */
export function linkManifest(file: DependencyFile, files: DependencyFiles): DependencyFile {
  const needs =
    file.exports?.['inherits.version'] !== undefined ||
    file.exports?.['inherits.license'] !== undefined ||
    file.entries.some(({ inherits }) => inherits !== undefined);
  if (!needs) return file;
  const root = workspaceOf(file, files);
  const definitions = new Map(
    (root?.entries ?? []).filter(({ role }) => role === 'definition').map(entry => [entry.id, entry]),
  );
  return {
    ...file,
    project: { ...file.project, ...inheritedProject(file, root) },
    entries: file.entries.map(entry =>
      entry.inherits === undefined ? entry : inherited(entry, root, definitions),
    ),
  };
}

/** Version and licence of a package, from its workspace where it says so. `null`: none is to be had. */
export function inheritedProject(
  { project, exports }: DependencyFile,
  root: DependencyFile | null,
): Pick<DependencyFile['project'], 'version' | 'license'> {
  const from = (key: 'version' | 'license'): string | null =>
    exports?.[`inherits.${key}`] === undefined
      ? project[key]
      : (root?.exports?.[`workspace.package.${key}`] ?? null);
  return { version: from('version'), license: from('license') };
}

function inherited(
  entry: DependencyEntry,
  root: DependencyFile | null,
  definitions: ReadonlyMap<string, DependencyEntry>,
): DependencyEntry {
  const key = entry.id.slice(entry.id.lastIndexOf('/') + 1);
  const definition = definitions.get(`workspace/dependencies/${key}`);
  if (definition === undefined)
    throw new ManifestError(
      root === null
        ? `${key} is the workspace’s, and no workspace holds this package`
        : `${key} is not among the workspace’s dependencies (${root.path})`,
      entry.line,
      'add it to [workspace.dependencies]',
    );
  const { name, alias, version, range, source } = definition;
  return { ...entry, name, ...(alias === undefined ? {} : { alias }), version, range, source };
}
