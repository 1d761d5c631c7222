import { below } from '../paths.js';

/**
 * A folder whose subfolders are named like the namespaces in them: `src/main/java` with the prefix `''`, or
 * `src/Shop.Data` with the prefix `Shop.Data`. `names`: the namespaces that it holds, in dots, without the prefix,
 * separated by spaces; `.` is the prefix itself.
 */
export type SourceRoot = readonly [folder: string, prefix: string, names: string];

/** A namespace and a folder that holds a file of it. */
export type Home = readonly [namespace: string, folder: string];

/** No name has more; each of its beginnings is looked up. */
export const MOST_SEGMENTS = 200;

export function joinNames(prefix: string, name: string): string {
  return prefix === '' ? name : name === '' ? prefix : `${prefix}.${name}`;
}

/**
 * Where namespaces lie, told from what files declare. What a namespace and its folder have in common at their ends
 * is the convention; what is left of both is the root. A file outside of any convention makes a root of its own.
 */
export function sourceRoots(homes: Iterable<Home>): readonly SourceRoot[] {
  const roots = new Map<string, { folder: string; prefix: string; names: Set<string> }>();
  for (const [namespace, folder] of homes) {
    const names = namespace.split('.');
    const segments = folder === '' ? [] : folder.split('/');
    let common = 0;
    while (
      common < names.length &&
      common < segments.length &&
      names.at(-1 - common) === segments.at(-1 - common)
    )
      common++;
    const prefix = names.slice(0, names.length - common).join('.');
    const root = segments.slice(0, segments.length - common).join('/');
    const key = `${root}\n${prefix}`;
    const known = roots.get(key) ?? { folder: root, prefix, names: new Set<string>() };
    roots.set(key, known);
    known.names.add(names.slice(names.length - common).join('.') || '.');
  }
  return [...roots]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { folder, prefix, names }]) => [folder, prefix, [...names].sort().join(' ')] as const);
}

/** Tops of the domain name system and of company-less code: what stands alone below them is nobody's own. */
const TOPS: ReadonlySet<string> = new Set(
  'com org net io edu gov dev app me co de uk fr it nl eu us ru cn jp ch at be ai java javax jakarta kotlin kotlinx android androidx scala groovy System Microsoft Windows'.split(
    ' ',
  ),
);

/** Look-ups in a list of roots. */
export class RootIndex {
  /** Folders of each namespace. */
  private readonly homes = new Map<string, string[]>();
  /** Namespaces and all that they lie in. */
  private readonly prefixes = new Set<string>();
  /** The longest common beginning of each family of namespaces in a root → the roots that hold one. */
  private readonly own = new Map<string, SourceRoot[]>();
  private readonly ownNames = new Set<string>();

  /** @param isOwn false for a root whose files were dropped into a library's namespace */
  constructor(
    readonly roots: readonly SourceRoot[],
    isOwn: (root: SourceRoot) => boolean = () => true,
  ) {
    for (const root of roots) this.add(root, isOwn(root));
  }

  private add(root: SourceRoot, isOwn: boolean): void {
    const [folder, prefix, list] = root;
    const families = new Map<string, string>();
    for (const item of list.split(' ')) {
      const name = item === '.' ? '' : item;
      const full = joinNames(prefix, name);
      const known = this.homes.get(full) ?? [];
      this.homes.set(full, known);
      known.push(below(folder, name.replaceAll('.', '/')));
      this.addPrefixes(full);
      if (isOwn) this.ownNames.add(full);
      const family = full.split('.', 2).join('.');
      const common = families.get(family);
      families.set(family, common === undefined ? full : commonName(common, full));
    }
    for (const common of isOwn ? families.values() : []) {
      if (TOPS.has(common)) continue;
      this.own.set(common, [...(this.own.get(common) ?? []), root]);
    }
  }

  private addPrefixes(name: string): void {
    for (let prefix = name; !this.prefixes.has(prefix); ) {
      this.prefixes.add(prefix);
      const dot = prefix.lastIndexOf('.');
      if (dot === -1) return;
      prefix = prefix.slice(0, dot);
    }
  }

  has(namespace: string): boolean {
    return this.homes.has(namespace);
  }

  /** Is it a namespace of the tree, and no library's that a file was dropped into? */
  isOwn(namespace: string): boolean {
    return this.ownNames.has(namespace);
  }

  /** Is it a namespace, or does one lie in it? */
  isPrefix(name: string): boolean {
    return this.prefixes.has(name);
  }

  /** A namespace's folders, the nearest to a file first. */
  foldersOf(namespace: string, from: string): readonly string[] {
    const folders = this.homes.get(namespace) ?? [];
    return folders.length < 2 ? folders : byNearness(folders, from, folder => folder);
  }

  /**
   * Folders where a namespace would lie that begins like the tree's own ones but is none of them; at most eight.
   * Empty: the name is not the tree's own.
   */
  lexicalFolders(namespace: string, from: string): readonly string[] {
    for (let prefix = namespace; ; ) {
      const roots = this.own.get(prefix);
      if (roots !== undefined) {
        const folders = roots.flatMap(([folder, rootPrefix]) => placeIn(folder, rootPrefix, namespace) ?? []);
        return byNearness([...new Set(folders)], from, folder => folder).slice(0, 8);
      }
      const dot = prefix.lastIndexOf('.');
      if (dot === -1) return [];
      prefix = prefix.slice(0, dot);
    }
  }
}

function placeIn(folder: string, prefix: string, namespace: string): string | null {
  if (prefix === '') return below(folder, namespace.replaceAll('.', '/'));
  if (namespace === prefix) return folder;
  if (!namespace.startsWith(`${prefix}.`)) return null;
  return below(folder, namespace.slice(prefix.length + 1).replaceAll('.', '/'));
}

function commonName(a: string, b: string): string {
  const left = a.split('.');
  const right = b.split('.');
  let common = 0;
  while (common < left.length && left[common] === right[common]) common++;
  return left.slice(0, common).join('.');
}

/** How many leading folders two paths share. */
function shared(a: string, b: string): number {
  let count = 0;
  for (let at = 0; at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at); at++)
    if (a.charAt(at) === '/') count++;
  return count;
}

const TEST = /tests?\//i;

/** Does a folder hold tests, by its name or that of one around it? Java's source sets end in it: `src/jvmTest`. */
export function isTestFolder(folder: string): boolean {
  return TEST.test(`${folder}/`);
}

/** The nearest to a file first; at one distance tests last, then in order of names. */
export function byNearness<T>(items: readonly T[], from: string, pathOf: (item: T) => string): readonly T[] {
  return items
    .map(item => {
      const path = `${pathOf(item)}/`;
      return { item, path, near: shared(path, from), isTest: isTestFolder(pathOf(item)) };
    })
    .sort((a, b) => b.near - a.near || Number(a.isTest) - Number(b.isTest) || (a.path < b.path ? -1 : 1))
    .map(({ item }) => item);
}
