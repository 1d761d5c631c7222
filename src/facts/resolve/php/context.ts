import type { RepoPath } from '../../../model/brand.js';
import { readJson } from '../json-text.js';
import type { ContextSources } from '../language-resolver.js';
import { isMembers } from '../manifests.js';
import { baseName, join } from '../paths.js';
import { type Installed, type Project, readInstalled, readProject } from './composer.js';
import { ProjectIndex } from './projects.js';

export interface PhpContext {
  readonly projects: readonly Project[];
  readonly installed: readonly Installed[];
  /**
   * What no mapping leads to: classes that lie elsewhere than their names say, functions (`a\f()`) and constants
   * (`const a\C`) of a namespace. Sorted by name.
   */
  readonly places: readonly (readonly [name: string, path: RepoPath])[];
  readonly roots: readonly string[];
}

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

export function isPhpConfig(path: string): boolean {
  const name = baseName(path);
  if (name === 'installed.json') return /(?:^|\/)vendor\/composer\/installed\.json$/.test(path);
  return (name === 'composer.json' || name === 'composer.lock') && !/(?:^|\/)vendor\//.test(path);
}

export async function readPhpContext(sources: ContextSources): Promise<PhpContext> {
  const files: RepoPath[] = [];
  for (const { path, mode } of sources.listing.entries())
    if (isPhpConfig(path) && mode !== '160000' && mode !== '120000') files.push(path);
  files.sort(byText);
  const projects: Project[] = [];
  const installed = new Map<string, string>();
  const texts = await Promise.all(files.map(path => sources.text(path)));
  files.forEach((path, at) => {
    const text = texts[at] ?? null;
    if (text === null) return;
    const reading = readJson(text, 'strict');
    if (!reading.ok) {
      sources.mistake(path, `line ${reading.line}: ${reading.message}`, '');
    } else if (baseName(path) !== 'composer.json') {
      for (const [prefix, name] of readInstalled(reading.value))
        if (!installed.has(prefix)) installed.set(prefix, name);
    } else if (isMembers(reading.value)) projects.push(readProject(path, reading.value));
    else sources.mistake(path, 'an object was expected', '');
  });
  const ours = new Set(projects.map(({ name }) => name));
  const context = {
    projects: [...projects, ...provided(sources)],
    installed: [...installed]
      .filter(([, name]) => !ours.has(name))
      .sort(([one], [other]) => byText(one, other)),
    places: [],
    roots: (sources.settings.roots ?? []).flatMap(root => join('', root) ?? []),
  };
  return { ...context, places: placesOf(new ProjectIndex(context), await sources.declarations()) };
}

/** `resolve.provides`, which may be written with slashes, is one more project at the root. */
function provided(sources: ContextSources): readonly Project[] {
  const psr4 = Object.entries(sources.settings.provides ?? {}).flatMap(([prefix, written]) => {
    const folder = join('', written);
    const name = prefix.replace(/[\\/]+$/, '').replaceAll('/', '\\');
    return folder === null || name === '' ? [] : [[`${name}\\`, [folder]] as const];
  });
  return psr4.length === 0 ? [] : [{ folder: '', psr4 }];
}

function placesOf(
  index: ProjectIndex,
  declarations: ReadonlyMap<RepoPath, readonly string[]>,
): PhpContext['places'] {
  const places: (readonly [string, RepoPath])[] = [];
  for (const [path, names] of declarations) {
    if (index.vendored(path) !== null) continue;
    for (const name of names) if (!index.isPlaced(path, name)) places.push([name, path]);
  }
  return places.sort((one, other) => byText(one[0], other[0]) || byText(one[1], other[1]));
}
