import { oncePer } from '../../../model/once.js';
import { byNearness, isTestFolder, joinNames, RootIndex } from '../namespaces/source-roots.js';
import { folderOf } from '../paths.js';
import type { JvmContext } from './context.js';

/** Look-ups in a context. */
export class JvmIndex {
  readonly roots: RootIndex;
  private readonly declared = new Map<string, string[]>();
  private readonly builds: ReadonlySet<string>;

  constructor(readonly context: JvmContext) {
    // `package org.gradle.kotlin.dsl` in a file of `src/main/kotlin`: dropped into a library's package.
    this.roots = new RootIndex(context.roots, ([, prefix, names]) => prefix === '' || names.includes(' '));
    this.builds = new Set(context.builds);
    for (const [path, packageName, names] of context.declared) {
      for (const name of names.split(' ')) {
        const full = joinNames(packageName, name);
        const paths = this.declared.get(full);
        if (paths === undefined) this.declared.set(full, [path]);
        else paths.push(path);
      }
    }
  }

  /** Files that declare a name that is not their own, the nearest first. */
  filesOf(name: string, from: string): readonly string[] {
    const paths = this.declared.get(name) ?? [];
    return paths.length < 2 ? paths : byNearness(paths, from, folderOf);
  }

  /**
   * The folders of a package that a wildcard means: those of the file's own module where its main code has the
   * package, for services that copy one another's package names would all depend on one another else.
   */
  packageFolders(name: string, from: string): readonly string[] {
    const all = this.visibleFolders(name, from);
    const module = this.moduleOf(folderOf(from));
    if (all.length < 2 || module === null) return all;
    const own = all.filter(folder => this.moduleOf(folder) === module);
    return own.some(folder => !isTestFolder(folder)) ? own : all;
  }

  /** A package's folders, the nearest first; without tests for a file that is none, if the package lies elsewhere too. */
  private visibleFolders(name: string, from: string): readonly string[] {
    const all = this.roots.foldersOf(name, from);
    const main = isTestFolder(folderOf(from)) ? [] : this.mainFolders(name, from);
    return main.length > 0 ? main : all;
  }

  /** A package's folders that hold no tests, the nearest first. */
  mainFolders(name: string, from: string): readonly string[] {
    return this.roots.foldersOf(name, from).filter(folder => !isTestFolder(folder));
  }

  /** The nearest folder with a build file. */
  private moduleOf(folder: string): string | null {
    for (let at = folder; ; at = folderOf(at)) {
      if (this.builds.has(at)) return at;
      if (at === '') return null;
    }
  }
}

export const indexOf = oncePer((context: JvmContext) => new JvmIndex(context));
