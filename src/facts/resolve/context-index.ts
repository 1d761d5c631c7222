import { oncePer } from '../../model/once.js';
import type { CompilerConfig, Manifest, ResolverContext } from './context.js';
import { folderOf, relativeTo } from './paths.js';

/** A context made quick to ask. */
export interface ContextIndex {
  readonly context: ResolverContext;
  /** The folder of a workspace package. */
  workspaceFolder(name: string): string | undefined;
  /** Does a manifest name it as a dependency from a registry? */
  isExternal(name: string): boolean;
  manifestIn(folder: string): Manifest | undefined;
  /** The package that a file belongs to. */
  packageOf(path: string): Manifest | undefined;
  /** The configuration that the compiler would read a file under. */
  configOf(path: string): CompilerConfig | undefined;
}

export const indexOf: (context: ResolverContext) => ContextIndex = oncePer(build);

/** Looks in the folder and then in those above it; remembers the answer for each. */
function nearest<T>(known: ReadonlyMap<string, T>): (folder: string) => T | undefined {
  const answers = new Map<string, T | undefined>();
  const look = (folder: string): T | undefined => {
    if (answers.has(folder)) return answers.get(folder);
    const answer = known.get(folder) ?? (folder === '' ? undefined : look(folderOf(folder)));
    answers.set(folder, answer);
    return answer;
  };
  return look;
}

function build(context: ResolverContext): ContextIndex {
  const manifests = new Map(context.manifests.map(manifest => [manifest.folder, manifest]));
  const workspaces = new Map(context.workspaces);
  const external = new Set(context.external);
  const nearestManifest = nearest(manifests);
  const nearestConfig = nearest(new Map(context.governing));
  return {
    context,
    workspaceFolder: name => workspaces.get(name),
    isExternal: name => external.has(name),
    manifestIn: folder => manifests.get(folder),
    packageOf: path => nearestManifest(folderOf(path)),
    configOf: path => {
      const at = nearestConfig(folderOf(path));
      return at === undefined ? undefined : governing(context, at, path);
    },
  };
}

/**
 * A solution-style tsconfig.json (`files: []` and `references`) governs nothing itself: the first project it
 * refers to that includes the file does.
 */
function governing(context: ResolverContext, at: number, path: string): CompilerConfig | undefined {
  const nearest = context.configs[at];
  if (nearest?.references === undefined || covers(nearest, path)) return nearest;
  const queue = [...nearest.references];
  for (const one of queue) {
    const config = context.configs[one];
    if (config === undefined) continue;
    if (covers(config, path)) return config;
    for (const next of config.references ?? []) if (!queue.includes(next)) queue.push(next);
  }
  return nearest;
}

const regexes = new Map<string, RegExp>();

function matches(sources: readonly string[] | undefined, path: string): boolean {
  return (sources ?? []).some(source => {
    let regex = regexes.get(source);
    if (regex === undefined) {
      regex = new RegExp(source, 's');
      regexes.set(source, regex);
    }
    return regex.test(path);
  });
}

function covers(config: CompilerConfig, path: string): boolean {
  if (config.files?.includes(path) === true) return true;
  if (config.include === undefined)
    return config.files === undefined && relativeTo(folderOf(config.path), path) !== null;
  return matches(config.include, path) && !matches(config.exclude, path);
}
