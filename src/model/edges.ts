import type { RepoPath } from './brand.js';
import { type Bindings, matchPaths, NO_BINDINGS, type PathSet } from './path-set.js';

/** `test`: only in test builds (Rust's `#[cfg(test)]`). */
export const EDGE_KINDS = [
  'value',
  'type',
  'dynamic',
  'require',
  're-export',
  'side-effect',
  'test',
] as const;
export type EdgeKind = (typeof EDGE_KINDS)[number];

/** A place where a file imports something, as written. Lines and columns are 1-based; columns count UTF-16 units. */
export interface ImportSite {
  /** The specifier after escapes are decoded; `null` when it is computed. */
  readonly specifier: string | null;
  readonly kind: EdgeKind;
  /** `export type … from`, `import type`, `import { type A, type B }`: erased by the compiler. */
  readonly typeOnly: boolean;
  /**
   * How it is written, where that matters for where it is looked up: `reference-path`, `declare-module`, Rust's
   * `mod`, a qualified name in code. Each language's resolver knows its own.
   */
  readonly form?: string;
  readonly line: number;
  readonly column: number;
  /** Imported names where the syntax shows them; `*` for a namespace, `default` for the default export. */
  readonly names?: readonly string[];
}

/**
 * A site with just the fields that are there. Written out, not spread: objects of few shapes are quick to make and
 * to read, and there are tens of thousands of them.
 */
export function importSite(
  {
    specifier,
    kind,
    typeOnly,
    names,
    form,
  }: Pick<ImportSite, 'specifier' | 'kind' | 'typeOnly'> & {
    readonly names?: ImportSite['names'] | undefined;
    readonly form?: string | undefined;
  },
  line: number,
  column: number,
): ImportSite {
  if (names === undefined)
    return form === undefined
      ? { specifier, kind, typeOnly, line, column }
      : { specifier, kind, typeOnly, line, column, form };
  return form === undefined
    ? { specifier, kind, typeOnly, line, column, names }
    : { specifier, kind, typeOnly, line, column, names, form };
}

/** What one file imports, in source order. */
export interface FileImports {
  readonly sites: readonly ImportSite[];
  /** What the file declares, as far as its family's resolver needs to know: packages, namespaces. Sorted. */
  readonly declares?: readonly string[];
}

/** What an import ends as in the judged tree. */
export type Target =
  | { readonly type: 'file'; readonly path: RepoPath }
  /** A file of the tree that is not code lintel reads: a style sheet, an image, JSON. */
  | { readonly type: 'asset'; readonly path: RepoPath }
  /**
   * Every importable file directly in a folder: a Go package, a Java wildcard, a C# namespace. No trailing slash.
   * `names`: the paths by which rules see it, an imaginary file of each extension, for a folder is imported whole:
   * a ref names it if it would hold an ordinary file that lies directly in it.
   */
  | { readonly type: 'folder'; readonly path: RepoPath; readonly names: readonly RepoPath[] }
  /**
   * An external package by its canonical name. `subpath` is what follows the name, without the slash; `aliases`
   * are other names that it is known by: that of an npm alias, a Python module's.
   */
  | {
      readonly type: 'package';
      readonly ecosystem: string;
      readonly name: string;
      readonly subpath?: string;
      readonly aliases?: readonly string[];
    }
  /** Of the language's own library. */
  | { readonly type: 'builtin'; readonly ecosystem: string; readonly name: string }
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

/** Every name that a rule may call the package by, each with the subpath. */
function packageNames(target: Extract<Target, { type: 'package' | 'builtin' }>): readonly string[] {
  if (target.type === 'builtin') return [target.name];
  const { name, aliases = [], subpath } = target;
  const names = aliases.length === 0 ? [name] : [name, ...aliases];
  return subpath === undefined ? names : names.map(one => `${one}/${subpath}`);
}

/** Which spellings of a target a rule may match: one path, the package's name, or every lexical candidate. */
export function targetPaths(target: Target): readonly RepoPath[] {
  switch (target.type) {
    case 'file':
    case 'asset':
      return [target.path];
    case 'folder':
      return target.names;
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
    const names = packageNames(target);
    return (set.packages ?? []).some(pattern =>
      names.some(name => matchesPackage(pattern, target.ecosystem, name)),
    );
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
    case 'folder':
      return `${target.path}/`;
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
