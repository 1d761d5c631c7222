import type { DependencyFacts } from '../facts/manifests/dependency-facts.js';
import { manifestFormat } from '../facts/manifests/names.js';
import { folderOf } from '../facts/resolve/paths.js';
import type { RepoPath } from '../model/brand.js';
import type { Json } from '../model/canonical.js';
import {
  canonicalPackage,
  DEPENDENCY_SCOPES,
  type DependencyEntry,
  type DependencyFile,
  type DependencyScope,
  PACKAGE_ECOSYSTEMS,
} from '../model/dependency.js';
import { inTargets, type TargetSet } from '../model/edges.js';
import type { JsonSchema, RuleCompiler } from './kind.js';
import { compilePaths, inAny, type PathSets } from './path-sets.js';
import type { Plain } from './plain.js';

/** Which entries of which files a rule about dependencies speaks of: what all of those kinds share. */
export type Selection = {
  /** Absent: the whole repository. */
  readonly in?: PathSets;
  /** Absent: all. */
  readonly scope?: readonly DependencyScope[];
  readonly depth: Depth;
};
export type Depth = 'direct' | 'transitive' | 'any';

export type SelectionOptions = {
  readonly in?: Json;
  readonly scope?: readonly DependencyScope[];
  readonly depth?: Depth;
};

export const SELECTION_SCHEMA: { readonly [key: string]: JsonSchema } = {
  in: {
    $ref: '#/$defs/refs',
    description: 'Folders of the projects (their manifests) that the rule is about. Default: all.',
  },
  scope: {
    description: 'Only dependencies of these scopes. Default: all.',
    type: 'array',
    items: { enum: [...DEPENDENCY_SCOPES] },
    minItems: 1,
    uniqueItems: true,
  },
};

export function depthSchema(otherwise: Depth): JsonSchema {
  return {
    description: `Dependencies that a project asks for itself (direct), those that others bring in (transitive), or both (any). Default: ${otherwise}.`,
    enum: ['direct', 'transitive', 'any'],
  };
}

export function compileSelection(
  { in: paths, scope, depth }: SelectionOptions,
  otherwise: Depth,
  compiler: RuleCompiler,
): Selection {
  return {
    ...(paths === undefined ? {} : { in: compilePaths(paths, 'in', compiler) }),
    ...(scope === undefined ? {} : { scope }),
    depth: depth ?? otherwise,
  };
}

/** Packages alone: a path among them is a mistake. */
export function compilePackages(refs: Json, key: string, compiler: RuleCompiler): Plain<TargetSet> {
  const set = compiler.targets(Array.isArray(refs) ? refs.map(canonicalRef) : canonicalRef(refs), key);
  if (set.paths !== undefined)
    compiler.fail('only packages can be named here', key, 'write npm:name, pypi:name, go:module …');
  return set;
}

/** A package, a list of them, or an object with them under `packages` and more beside. */
export function listedPackages<More extends object>(
  options: Json,
  compiler: RuleCompiler,
): { readonly packages: Plain<TargetSet>; readonly more: Partial<More> } {
  if (typeof options === 'string' || Array.isArray(options))
    return { packages: compilePackages(options, '', compiler), more: {} };
  const { packages, ...more } = options as More & { readonly packages: Json };
  return { packages: compilePackages(packages, 'packages', compiler), more: more as Partial<More> };
}

/** `pypi:Typing_Extensions` is `pypi:typing-extensions`. */
function canonicalRef(ref: Json): Json {
  const colon = typeof ref === 'string' ? ref.indexOf(':') : -1;
  if (typeof ref !== 'string' || colon === -1) return ref;
  const ecosystem = PACKAGE_ECOSYSTEMS.find(name => name === ref.slice(0, colon));
  return ecosystem === undefined ? ref : `${ecosystem}:${canonicalPackage(ecosystem, ref.slice(colon + 1))}`;
}

/** A manifest or lock file that the rule may speak of: a lock file anywhere may settle what a governed project wants. */
export function governsManifest(selection: Selection, path: RepoPath): boolean {
  if (manifestFormat(path) === null) return false;
  return selection.in === undefined || inAny(selection.in, path) || isLockName(path);
}

function isLockName(path: string): boolean {
  return /lock|shrinkwrap|go\.sum$/i.test(path.slice(path.lastIndexOf('/') + 1));
}

export interface Selected {
  readonly file: DependencyFile;
  readonly entry: DependencyEntry;
}

/** Entries that the rule speaks of, file by file. Definitions want nothing by themselves and are none. */
export function* selected(facts: DependencyFacts, selection: Selection): IterableIterator<Selected> {
  for (const file of facts.files) {
    const covers = coverage(facts, selection, file);
    if (covers === null) continue;
    for (const entry of file.entries) {
      if (entry.role === 'definition' || !covers(entry)) continue;
      if (selection.scope !== undefined && !selection.scope.includes(entry.scope)) continue;
      if (isDeep(selection.depth, entry)) yield { file, entry };
    }
  }
}

/** Which entries of a file belong to governed projects; `null`: none does. */
function coverage(
  facts: DependencyFacts,
  selection: Selection,
  file: DependencyFile,
): ((entry: DependencyEntry) => boolean) | null {
  const { in: paths } = selection;
  if (paths === undefined || inAny(paths, file.path)) return () => true;
  if (file.role !== 'lock') return null;
  const folders = new Set(
    facts
      .manifestsOf(file)
      .filter(({ path }) => inAny(paths, path))
      .map(({ path }) => folderOf(path)),
  );
  if (folders.size === 0) return null;
  // A lock file that doesn't tell its projects apart settles everything for each.
  if (Object.keys(file.roots).length === 0) return () => true;
  const reached = facts.reachable(file, folders);
  return ({ id }) => reached.has(id);
}

function isDeep(depth: Depth, { direct }: DependencyEntry): boolean {
  return depth === 'any' || direct === null || direct === (depth === 'direct');
}

/** Does the rule name this package, by any name that it goes by? */
export function isNamed(packages: TargetSet, { ecosystem, name }: DependencyEntry): boolean {
  const aliases = [...(ecosystem === 'maven' ? [name.slice(0, name.indexOf(':'))] : []), ...twins(name)];
  return inTargets(packages, { type: 'package', ecosystem, name, aliases });
}

/** Letters of other scripts that look like Latin ones, as far as they have been used for package names. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ј: 'j',
  ԁ: 'd',
  һ: 'h',
  ӏ: 'l',
  ո: 'n',
  ս: 'u',
  ց: 'g',
  ο: 'o',
  α: 'a',
  ν: 'v',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  κ: 'k',
  ı: 'i',
  ɡ: 'g',
};

const PLAIN = /^[a-z0-9@/._:+~-]*$/;

/** A name that a person, or a registry that folds case, takes for another one: that other one. */
export function twins(name: string): readonly string[] {
  if (PLAIN.test(name)) return [];
  const folded = [...name.normalize('NFKC').toLowerCase()]
    .map(letter => LOOKALIKES[letter] ?? letter)
    .join('')
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '');
  return folded === name ? [] : [folded];
}

/** `npm:pg` */
export function packageRef({ ecosystem, name }: DependencyEntry): string {
  return `${ecosystem}:${name}`;
}

/** `8.11.0`, `^8`, or nothing. */
export function versionText({ version, range }: DependencyEntry): string {
  const text = version ?? range;
  return text === null || text === '' ? '' : ` ${text}`;
}
