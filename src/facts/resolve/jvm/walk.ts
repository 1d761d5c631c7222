import type { ImportSite } from '../../../model/edges.js';
import { isUpper } from '../../imports/tokens/characters.js';
import type { Probe, Terminal } from '../language-resolver.js';
import { isTestFolder, MOST_SEGMENTS } from '../namespaces/source-roots.js';
import { below, folderOf } from '../paths.js';
import type { JvmIndex } from './jvm-index.js';
import { external, isBuiltin, isPackageName } from './libraries.js';

const NOTHING: Terminal = { type: 'nothing' };
const UNRESOLVED: Terminal = { type: 'unresolved' };
const NAME = /^[\p{L}\p{N}_$.\- ]+$/u;

/** One import of Java or Kotlin, from the most wanted place on. */
export class JvmWalk {
  private readonly segments: readonly string[];
  private readonly isWildcard: boolean;

  constructor(
    private readonly index: JvmIndex,
    private readonly from: string,
    private readonly site: ImportSite,
    private readonly name: string,
    private readonly probe: Probe,
  ) {
    this.segments = name.split('.');
    this.isWildcard = site.names?.[0] === '*' && site.form !== 'static';
  }

  run(): Terminal | null {
    const { site, name } = this;
    if (this.segments.length > MOST_SEGMENTS) return UNRESOLVED;
    if (site.form === 'module') return this.module();
    if (site.form === 'class-name' && (!name.includes('.') || !NAME.test(name))) return NOTHING;
    if (this.isWildcard && this.index.roots.has(name) && !isBuiltin(name))
      return { type: 'folders', paths: this.index.packageFolders(name, this.from) };
    if (this.file()) return null;
    if (isBuiltin(name)) return external(this.segments, this.isWildcard);
    return this.missing();
  }

  private module(): Terminal | null {
    const { name } = this;
    const path = this.index.context.modules[name];
    if (path !== undefined) return this.probe(path) ? null : UNRESOLVED;
    const isJava = /^(?:java|jdk)\./.test(name);
    return isJava
      ? { type: 'builtin', ecosystem: 'java', name }
      : { type: 'package', ecosystem: 'maven', name };
  }

  /** A file of any package that the name begins with, of the longest first. */
  private file(): boolean {
    const { segments, index, from } = this;
    for (let length = segments.length - 1; length > 0; length--) {
      const packageName = segments.slice(0, length).join('.');
      if (!index.roots.has(packageName)) continue;
      const type = segments[length] ?? '';
      for (const folder of index.roots.foldersOf(packageName, from))
        if (this.inFolder(folder, type)) return true;
      for (const path of index.filesOf(`${packageName}.${type}`, from)) if (this.probe(path)) return true;
    }
    if (segments.length === 1)
      for (const path of index.filesOf(this.name, from)) if (this.probe(path)) return true;
    return false;
  }

  private inFolder(folder: string, type: string): boolean {
    for (const name of fileNames(type)) {
      const path = below(folder, name);
      if (this.probe(`${path}.java`) || this.probe(`${path}.kt`)) return true;
    }
    return false;
  }

  /** No file bears its name. */
  private missing(): Terminal | null {
    const { segments, index, from, name, isWildcard } = this;
    const home = this.homePackage();
    if (home !== null && this.inPackage(home)) return null;
    const last = segments.at(-1) ?? '';
    for (const root of index.context.extra)
      if (this.inFolder(below(root, segments.slice(0, -1).join('/')), last)) return null;
    const isGuess = this.site.form === 'qualified' || this.site.form === 'class-name';
    if (segments.length === 1 && !isWildcard) return isGuess ? NOTHING : UNRESOLVED;
    const packageName = isWildcard ? name : segments.slice(0, -1).join('.');
    const folders = isGuess ? [] : index.roots.lexicalFolders(packageName, from);
    for (const folder of folders)
      if (isWildcard ? this.probe(`${folder}/`) : this.inFolder(folder, last)) return null;
    if (folders.length > 0 || home !== null) return UNRESOLVED;
    if (this.site.form === 'qualified' && !isPackageName(segments)) return NOTHING;
    return external(segments, isWildcard);
  }

  /**
   * The package of the tree in which the class should lie: it is in a file of another name, or a build generates it.
   * What goes on in lower case is rather a package that is not there.
   */
  private homePackage(): string | null {
    const { segments, index } = this;
    for (let length = segments.length - 1; length > 0; length--) {
      const packageName = segments.slice(0, length).join('.');
      if (!index.roots.isOwn(packageName)) continue;
      const isMember = length === segments.length - 1 && !this.isWildcard;
      return isMember || isUpper(segments[length] ?? '') ? packageName : null;
    }
    return null;
  }

  /** No class of main code lies among tests. */
  private inPackage(packageName: string): boolean {
    const { index, from } = this;
    const folders = isTestFolder(folderOf(from))
      ? index.roots.foldersOf(packageName, from)
      : index.mainFolders(packageName, from);
    return folders.some(folder => this.probe(`${folder}/`));
  }
}

/** `C$D` lies in `C`; Java calls the functions of `strings.kt` `StringsKt`. */
function fileNames(type: string): readonly string[] {
  const names = [type];
  const dollar = type.indexOf('$', 1);
  if (dollar !== -1) names.push(type.slice(0, dollar));
  if (type.endsWith('Kt') && type.length > 2) {
    const stem = type.slice(0, -2);
    names.push(stem, stem.charAt(0).toLowerCase() + stem.slice(1));
  }
  return names;
}
