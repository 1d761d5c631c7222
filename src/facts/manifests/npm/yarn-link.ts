import type {
  DependencyEntry,
  DependencyFile,
  DependencyScope,
  DependencySource,
} from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import type { DependencyFiles } from '../format.js';
import { rootsOf, type Want, withWants } from './lock-graph.js';
import { npmSpecifier } from './specifier.js';
import { isMember } from './workspaces.js';
import { type YarnFacts, yarnFacts } from './yarn-exports.js';

/**
 * A yarn.lock doesn't tell which of its packages are for development, and that of Yarn 1 not even who wants what: the
 * manifests of its projects do.
 */
export function linkYarn(file: DependencyFile, files: DependencyFiles): DependencyFile {
  const folder = folderOf(file.path);
  const facts = yarnFacts(file);
  const known = Object.keys(file.roots);
  const manifests = known.length > 0 ? projectsAt(known, files) : projectsOf(folder, files);
  if (manifests.length === 0) return file;
  const top = manifests.find(manifest => folderOf(manifest.path) === folder);
  const overrides = (top?.entries ?? []).filter(entry => entry.role === 'redirect');
  const finder = new Finder(facts, overrides);
  const wants: Want[] = [];
  const aliases = new Map<string, string>();
  for (const manifest of manifests)
    for (const entry of manifest.entries) {
      if (entry.role !== 'dependency' || entry.scope === 'peer') continue;
      for (const id of finder.idsOf(entry, folderOf(manifest.path))) {
        wants.push({ folder: folderOf(manifest.path), id, scope: entry.scope });
        if (entry.alias !== undefined) aliases.set(id, entry.alias);
      }
    }
  const all = known.length > 0 ? [...wants, ...unexplained(file, wants)] : wants;
  const folders = known.length > 0 ? known : manifests.map(manifest => folderOf(manifest.path));
  const entries = withWants(file.entries, all, facts.optional).map(entry => {
    const alias = entry.alias ?? aliases.get(entry.id);
    return alias === undefined || alias === entry.name ? entry : { ...entry, alias };
  });
  return { ...file, entries, roots: rootsOf(folders, all) };
}

/** What the lock file says that a project wants counts, whatever its manifest says. */
function unexplained(file: DependencyFile, wants: readonly Want[]): readonly Want[] {
  const explained = new Set(wants.map(want => `${want.folder}\n${want.id}`));
  return Object.entries(file.roots).flatMap(([folder, ids]) =>
    ids
      .filter(id => !explained.has(`${folder}\n${id}`))
      .map((id): Want => ({ folder, id, scope: 'production' as DependencyScope })),
  );
}

function projectsAt(folders: readonly string[], files: DependencyFiles): readonly DependencyFile[] {
  return folders.flatMap(folder => {
    const manifest = files.file(manifestIn(folder));
    return manifest === null ? [] : [manifest];
  });
}

/** The project beside the lock file, and the members of its workspace. */
function projectsOf(folder: string, files: DependencyFiles): readonly DependencyFile[] {
  const top = files.file(manifestIn(folder));
  if (top === null) return [];
  const { members } = top;
  if (members === undefined) return [top];
  const found = [top];
  for (const file of files.all())
    if (file.format === 'package-json' && file.role === 'manifest' && file.path !== top.path)
      if (isMember(members, folderOf(file.path))) found.push(file);
  return found;
}

function manifestIn(folder: string): string {
  return folder === '' ? 'package.json' : `${folder}/package.json`;
}

/** From a manifest's entry to the lock file's. */
class Finder {
  constructor(
    private readonly facts: YarnFacts,
    private readonly overrides: readonly DependencyEntry[],
  ) {}

  idsOf(entry: DependencyEntry, folder: string): readonly string[] {
    const called = entry.alias ?? entry.name;
    const ranges = this.facts.byName.get(called);
    if (ranges === undefined) return [];
    const exact = this.usual(entry, ranges) ?? like(entry, called, ranges, folder);
    if (exact !== undefined) return [exact];
    // Not locked as it is asked for: an override answers, or the lock file is out of date.
    const override = this.overrides.find(one => one.alias === called || one.alias?.endsWith(`/${called}`));
    const by = override === undefined ? undefined : this.usual(override, ranges);
    return by === undefined ? [...new Set(ranges.values())] : [by];
  }

  private usual({ range, alias, name, role }: DependencyEntry, ranges: ReadonlyMap<string, string>) {
    if (range === null) return undefined;
    const renamed = role === 'dependency' && alias !== undefined ? `npm:${name}@${range}` : range;
    return ranges.get(renamed) ?? ranges.get(`npm:${renamed}`) ?? ranges.get(`workspace:${range}`);
  }
}

/** Written in another way, perhaps, but saying the same. */
function like(
  entry: DependencyEntry,
  called: string,
  ranges: ReadonlyMap<string, string>,
  folder: string,
): string | undefined {
  for (const [range, id] of ranges) {
    const bound = range.indexOf('::');
    const written = bound === -1 ? range : range.slice(0, bound);
    const spec = npmSpecifier(called, written, { folder, bareNpm: 'tag' });
    if (spec.name === entry.name && spec.range === entry.range && sameSource(spec.source, entry.source))
      return id;
  }
  return undefined;
}

function sameSource(one: DependencySource, other: DependencySource): boolean {
  if (one.type !== other.type) return false;
  if (one.type === 'git' && other.type === 'git')
    return one.url === other.url && one.revision === other.revision;
  if (one.type === 'url' && other.type === 'url') return one.url === other.url;
  if (one.type === 'path' && other.type === 'path') return one.path === other.path;
  return true;
}
