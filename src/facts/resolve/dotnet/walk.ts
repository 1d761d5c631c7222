import type { ImportSite } from '../../../model/edges.js';
import type { Probe, Terminal } from '../language-resolver.js';
import { joinNames, MOST_SEGMENTS } from '../namespaces/source-roots.js';
import { below } from '../paths.js';
import type { DotnetIndex } from './dotnet-index.js';

const NOTHING: Terminal = { type: 'nothing' };
const UNRESOLVED: Terminal = { type: 'unresolved' };

/** One name of a C# file, from the most wanted place on. */
export class DotnetWalk {
  private readonly form: string;
  /** The namespace around it. */
  private readonly around: string;

  constructor(
    private readonly index: DotnetIndex,
    private readonly from: string,
    site: ImportSite,
    private readonly written: string,
    private readonly probe: Probe,
  ) {
    const [form = '', around = ''] = (site.form ?? 'using').split('@', 2);
    this.form = form;
    this.around = around;
  }

  run(): Terminal | null {
    if (this.form === 'extern') return NOTHING;
    if (this.written.split('.').length > MOST_SEGMENTS) return UNRESOLVED;
    if (this.form === 'assembly') return this.assembly();
    const name = this.bound();
    return name === null ? this.external(this.written) : this.inTree(name);
  }

  private get isGuess(): boolean {
    return this.form === 'qualified';
  }

  /** A name is looked up in each namespace around it, the innermost first, by its first segment. */
  private bound(): string | null {
    const [first = ''] = this.written.split('.', 1);
    for (let around = this.around; ; around = parentOf(around)) {
      if (this.index.roots.isPrefix(joinNames(around, first))) return joinNames(around, this.written);
      if (around === '') return null;
    }
  }

  private inTree(name: string): Terminal | null {
    const { roots } = this.index;
    if (roots.has(name)) {
      if (this.isGuess) return NOTHING;
      return { type: 'folders', paths: roots.foldersOf(name, this.from) };
    }
    if (this.form === 'using') return roots.isPrefix(name) ? NOTHING : this.missing(name);
    for (let namespace = parentOf(name); namespace !== ''; namespace = parentOf(namespace))
      if (roots.has(namespace)) return this.type(namespace, name);
    return this.missing(name);
  }

  /** A type by the name of its file; else anything in its namespace. */
  private type(namespace: string, name: string): Terminal | null {
    const folders = this.index.roots.foldersOf(namespace, this.from);
    const [type = ''] = name.slice(namespace.length + 1).split('.', 1);
    for (const folder of folders) if (this.probe(`${below(folder, type)}.cs`)) return null;
    // `Entities.Count` may read a property that is called like a namespace.
    const writtenNamespace =
      namespace.split('.').length - (name.split('.').length - this.written.split('.').length);
    if (this.isGuess && writtenNamespace < 2) return NOTHING;
    return { type: 'folders', paths: folders };
  }

  /** Begins like a namespace of the tree, and is none. */
  private missing(name: string): Terminal | null {
    if (this.isGuess) return this.external(this.written);
    const { roots } = this.index;
    const isNamespace = this.form === 'using';
    const folders = roots.lexicalFolders(isNamespace ? name : parentOf(name), this.from);
    for (const folder of folders) {
      const place = isNamespace ? `${folder}/` : `${below(folder, name.slice(name.lastIndexOf('.') + 1))}.cs`;
      if (this.probe(place)) return null;
    }
    return folders.length > 0 ? UNRESOLVED : this.external(this.written);
  }

  private external(name: string): Terminal {
    const owner = this.index.packageOf(name);
    const isSystem = name === 'System' || name.startsWith('System.');
    if (this.isGuess) {
      // Two segments may as well be a type and its member.
      if (owner === null && !(isSystem && name.split('.').length > 2)) return NOTHING;
    }
    const isType = this.form === 'static' || this.form === 'type-name' || this.isGuess;
    const namespace = isType && parentOf(name) !== '' ? parentOf(name) : name;
    const subpath = name.slice(namespace.length + 1);
    if (isSystem && (owner === null || !owner.startsWith('System')))
      return {
        type: 'builtin',
        ecosystem: 'dotnet',
        name: subpath === '' ? namespace : `${namespace}/${subpath}`,
      };
    return {
      type: 'package',
      ecosystem: 'nuget',
      name: namespace,
      ...(subpath === '' ? {} : { subpath }),
      ...(owner === null || owner === namespace ? {} : { aliases: [owner] }),
    };
  }

  private assembly(): Terminal {
    const name = this.written.replace(/^.*[\\/]/s, '').replace(/\.dll$/i, '');
    if (this.index.roots.has(name))
      return { type: 'folders', paths: this.index.roots.foldersOf(name, this.from) };
    const folder = this.index.context.projects[name];
    if (folder !== undefined) return { type: 'folders', paths: [folder] };
    return name === 'System' || name.startsWith('System.')
      ? { type: 'builtin', ecosystem: 'dotnet', name }
      : { type: 'package', ecosystem: 'nuget', name };
  }
}

/** `A.B.C` → `A.B`; `A` → `''`. */
function parentOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot === -1 ? '' : name.slice(0, dot);
}
