import type { ResolverContext } from './context.js';
import { indexOf } from './context-index.js';
import { folderOf } from './paths.js';
import { RESOLVERS } from './registry.js';

/** Where two contexts answer differently: whose imports may end elsewhere under the one than under the other. */
export interface ContextChanges {
  /** Families of which every import must be looked at again. */
  readonly families: ReadonlySet<string>;
  /** Folders whose own package.json says something else, is gone or is new. */
  readonly manifests: readonly string[];
  readonly workspaces: readonly string[];
  readonly externals: readonly string[];
  /** Do files of this folder belong to another package, or to a compiler configuration that says something else? */
  governs(folder: string): boolean;
}

/** Compared part by part below; `files` and `problems` say nothing about where an import ends. */
const IN_PARTS: ReadonlySet<string> = new Set([
  'files',
  'problems',
  'manifests',
  'workspaces',
  'aliases',
  'configs',
  'governing',
  'external',
  'languages',
]);

/** @returns `null`: every import ends where it did, in equal listings */
export function contextChanges(before: ResolverContext, after: ResolverContext): ContextChanges | null {
  if (before === after) return null;
  const families = changedFamilies(before, after);
  if (same(ecmascriptOf(before), ecmascriptOf(after))) {
    if (families.size === 0) return null;
    return { families, manifests: [], workspaces: [], externals: [], governs: () => false };
  }
  if (!same(globalsOf(before), globalsOf(after))) families.add('ecmascript');
  const manifests = changedKeys(
    before.manifests.map(one => [one.folder, one]),
    after.manifests.map(one => [one.folder, one]),
  );
  const configs = configAnswers(before);
  const newConfigs = configAnswers(after);
  const changed = new Set(manifests);
  return {
    families,
    manifests,
    workspaces: changedKeys(before.workspaces, after.workspaces),
    externals: changedKeys(
      before.external.map(name => [name, true]),
      after.external.map(name => [name, true]),
    ),
    governs(folder) {
      const file = folder === '' ? 'x' : `${folder}/x`;
      const owners = [before, after].map(context => indexOf(context).packageOf(file)?.folder);
      if (owners[0] !== owners[1] || owners.some(owner => owner !== undefined && changed.has(owner)))
        return true;
      return configs(folder) !== newConfigs(folder);
    },
  };
}

function changedFamilies(before: ResolverContext, after: ResolverContext): Set<string> {
  const families = new Set<string>();
  for (const { family } of RESOLVERS)
    if (!same(before.languages[family], after.languages[family])) families.add(family);
  return families;
}

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function ecmascriptOf({ files: _, problems: __, languages: ___, ...rest }: ResolverContext): object {
  return rest;
}

function globalsOf(context: ResolverContext): readonly unknown[] {
  return Object.entries(context).filter(([key]) => !IN_PARTS.has(key));
}

function changedKeys(
  before: readonly (readonly [string, unknown])[],
  after: readonly (readonly [string, unknown])[],
): readonly string[] {
  const known = new Map(before.map(([key, value]) => [key, JSON.stringify(value)]));
  const changed = new Set<string>();
  for (const [key, value] of after) {
    if (known.get(key) !== JSON.stringify(value)) changed.add(key);
    known.delete(key);
  }
  for (const key of known.keys()) changed.add(key);
  return [...changed];
}

/** For a folder: one text for all that its compiler configuration says, with those that it refers to. */
function configAnswers(context: ResolverContext): (folder: string) => string {
  const governing = new Map(context.governing);
  const texts = new Map<number, string>();
  const answers = new Map<string, string>();
  const textOf = (at: number): string => {
    let text = texts.get(at);
    if (text === undefined) {
      text = closure(context, at);
      texts.set(at, text);
    }
    return text;
  };
  const answer = (folder: string): string => {
    const known = answers.get(folder);
    if (known !== undefined) return known;
    const own = governing.get(folder);
    const text = own !== undefined ? textOf(own) : folder === '' ? '' : answer(folderOf(folder));
    answers.set(folder, text);
    return text;
  };
  return answer;
}

function closure(context: ResolverContext, first: number): string {
  const queue = [first];
  const parts: unknown[] = [];
  for (const at of queue) {
    const config = context.configs[at];
    if (config === undefined) continue;
    const references = config.references ?? [];
    for (const next of references) if (!queue.includes(next)) queue.push(next);
    const aliases = config.aliases === undefined ? null : context.aliases[config.aliases];
    parts.push({ ...config, aliases, references: references.map(next => context.configs[next]?.path) });
  }
  return JSON.stringify(parts);
}
