import type { ContextSources } from '../language-resolver.js';
import { type Home, type SourceRoot, sourceRoots } from '../namespaces/source-roots.js';
import { baseName, below, folderOf } from '../paths.js';

/** Kotlin's declarations that don't bear their file's name: a file's path, its package and the names, with spaces. */
type Declared = readonly [path: string, packageName: string, names: string];

export interface JvmContext {
  readonly roots: readonly SourceRoot[];
  readonly declared: readonly Declared[];
  /** Java's modules of the tree → their `module-info.java`. */
  readonly modules: Readonly<Record<string, string>>;
  /** Folders with a build file: a module of Maven, Gradle… */
  readonly builds: readonly string[];
  /** `resolve.roots` */
  readonly extra: readonly string[];
}

const BUILD_FILES: ReadonlySet<string> = new Set([
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'build.xml',
  'build.sbt',
  'BUILD',
  'BUILD.bazel',
]);

export function isBuildFile(path: string): boolean {
  return BUILD_FILES.has(baseName(path));
}

export async function readJvmContext(sources: ContextSources): Promise<JvmContext> {
  const homes: Home[] = [];
  const declared: Declared[] = [];
  const modules: [string, string][] = [];
  const roots = new Set<string>();
  for (const [path, declares] of await sources.declarations()) {
    let packageName = '';
    for (const item of declares) {
      if (item.startsWith('package ')) packageName = item.slice('package '.length);
      else if (item.startsWith('module ')) modules.push([item.slice('module '.length), path]);
    }
    if (packageName !== '') {
      homes.push([packageName, folderOf(path)]);
      roots.add(folderOf(path));
    }
    const names = declares
      .filter(item => !item.includes(' '))
      .map(item => (packageName === '' ? item : item.slice(packageName.length + 1)));
    if (names.length > 0) declared.push([path, packageName, names.join(' ')]);
  }
  return {
    roots: sourceRoots(homes),
    declared: declared.sort(([a], [b]) => (a < b ? -1 : 1)),
    modules: Object.fromEntries(
      modules.sort(([a, x], [b, y]) => (a === b ? (x < y ? 1 : -1) : a < b ? -1 : 1)),
    ),
    builds: buildFolders(sources, roots),
    extra: (sources.settings.roots ?? []).map(root => root.replace(/^\.?\/|\/$/g, '')),
  };
}

/** The folders above Java and Kotlin files that hold a build file. */
function buildFolders(sources: ContextSources, folders: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  for (const start of folders) {
    for (let folder = start; !seen.has(folder); folder = folderOf(folder)) {
      seen.add(folder);
      for (const name of BUILD_FILES) if (sources.listing.has(below(folder, name))) found.add(folder);
    }
  }
  return [...found].sort();
}
