import type { RepoPath } from './brand.js';
import { type Bindings, matchPaths, NO_BINDINGS, type PathSet } from './path-set.js';

export const EDGE_KINDS = ['value', 'type', 'dynamic', 'require', 're-export', 'side-effect'] as const;
export type EdgeKind = (typeof EDGE_KINDS)[number];

/** A place where a file imports something, as written. Lines and columns are 1-based; columns count UTF-16 units. */
export interface ImportSite {
  /** The specifier after escapes are decoded; `null` when it is computed. */
  readonly specifier: string | null;
  readonly kind: EdgeKind;
  /** `export type … from`, `import type`, `import { type A, type B }`: erased by the compiler. */
  readonly typeOnly: boolean;
  /** How it is looked up, where that differs from `import`: triple-slash references and `declare module`. */
  readonly form?: 'reference-path' | 'reference-types' | 'declare-module' | 'require-resolve';
  readonly line: number;
  readonly column: number;
  /** Imported names where the syntax shows them; `*` for a namespace, `default` for the default export. */
  readonly names?: readonly string[];
}

/** What an import ends as in the judged tree. */
export type Target =
  | { readonly type: 'file'; readonly path: RepoPath }
  /** A file of the tree that is not code lintel reads: a style sheet, an image, JSON. */
  | { readonly type: 'asset'; readonly path: RepoPath }
  /** An external package. `subpath` is what follows the name, without the slash. */
  | { readonly type: 'package'; readonly ecosystem: string; readonly name: string; readonly subpath?: string }
  | { readonly type: 'builtin'; readonly ecosystem: 'node'; readonly name: string }
  /** Should resolve inside the repository and does not. Rules see every lexical candidate. */
  | { readonly type: 'unresolved'; readonly specifier: string; readonly candidates: readonly RepoPath[] }
  | { readonly type: 'computed' };

export interface Edge {
  readonly target: Target;
  readonly site: ImportSite;
}

/** `npm:pg`, `npm:@prisma/*`, `npm:x/sub`, `node:fs`. */
export interface PackagePattern {
  /** As written, for messages. */
  readonly ref: string;
  readonly ecosystem: string;
  /** Anchored regular-expression source over `name` or `name/subpath`. */
  readonly source: string;
}

/** What the `to` side of an import rule names. */
export interface TargetSet {
  readonly paths?: PathSet;
  readonly packages?: readonly PackagePattern[];
}

const compiled = new WeakMap<PackagePattern, RegExp>();

function matchesPackage(pattern: PackagePattern, ecosystem: string, name: string): boolean {
  if (pattern.ecosystem !== ecosystem) return false;
  let regex = compiled.get(pattern);
  if (regex === undefined) {
    regex = new RegExp(pattern.source, 's');
    compiled.set(pattern, regex);
  }
  return regex.test(name);
}

/** Which spellings of a target a rule may match: one path, the package's name, or every lexical candidate. */
export function targetPaths(target: Target): readonly RepoPath[] {
  switch (target.type) {
    case 'file':
    case 'asset':
      return [target.path];
    case 'unresolved':
      return target.candidates;
    default:
      return [];
  }
}

/**
 * True when the set names the target. For an unresolved import any one of its candidates is enough.
 * `computed` is in no set.
 */
export function inTargets(set: TargetSet, target: Target, bindings: Bindings = NO_BINDINGS): boolean {
  if (target.type === 'package' || target.type === 'builtin') {
    const name =
      target.type === 'package' && target.subpath !== undefined
        ? `${target.name}/${target.subpath}`
        : target.name;
    return (set.packages ?? []).some(pattern => matchesPackage(pattern, target.ecosystem, name));
  }
  const { paths } = set;
  if (paths === undefined) return false;
  return targetPaths(target).some(path => matchPaths(paths, path, bindings) !== null);
}

/**
 * The canonical name of a target: the subject of an import finding's key, less the value/type mark.
 * `src/db/pool.ts`, `npm:pg/native`, `node:fs`, `computed`. An unresolved import is named by its first
 * candidate, the path as written.
 */
export function targetName(target: Target): string {
  switch (target.type) {
    case 'file':
    case 'asset':
      return target.path;
    case 'package':
      return `${target.ecosystem}:${target.name}${target.subpath === undefined ? '' : `/${target.subpath}`}`;
    case 'builtin':
      return `${target.ecosystem}:${target.name}`;
    case 'unresolved':
      return target.candidates[0] ?? target.specifier;
    case 'computed':
      return 'computed';
  }
}
