import type { ImportSite } from '../../../model/edges.js';
import { underscore } from '../../imports/ruby/names.js';
import type { Probe, Terminal } from '../language-resolver.js';
import { below, folderOf, join, relativeTo } from '../paths.js';
import type { AutoloadRoot, RubyContext } from './context.js';
import { gemOf } from './gems.js';
import { isStandardLibrary } from './standard.js';

const UNRESOLVED: Terminal = { type: 'unresolved' };

/** What is looked up again and again, by context. */
class Index {
  readonly owned: ReadonlySet<string>;
  readonly locked: ReadonlySet<string>;
  private readonly inflections: ReadonlyMap<string, string>;
  private readonly acronyms: RegExp | null;
  private readonly loads = new Map<string, readonly string[]>();
  private readonly autoloads = new Map<string, readonly AutoloadRoot[]>();
  private readonly names = new Map<string, string>();

  constructor(private readonly context: RubyContext) {
    this.owned = new Set(context.owned);
    this.locked = new Set(context.locked);
    this.inflections = new Map(context.inflections);
    const { acronyms } = context;
    // As Active Support's `acronyms_underscore_regex`.
    this.acronyms =
      acronyms.length === 0
        ? null
        : new RegExp(`(?:(?<=([A-Za-z\\d]))|\\b)(${acronyms.join('|')})(?=\\b|[^a-z])`, 'g');
  }

  /** Folders of `$LOAD_PATH` for the files of a folder: its own gem's first. */
  loadsFrom(folder: string): readonly string[] {
    const known = this.loads.get(folder);
    if (known !== undefined) return known;
    const own = this.context.loads.filter(root => relativeTo(root.owner, folder) !== null);
    own.sort((a, b) => b.owner.length - a.owner.length);
    const others = this.context.loads.filter(root => root.isShared && !own.includes(root));
    const found = [...new Set([...own, ...others].map(root => root.path))];
    this.loads.set(folder, found);
    return found;
  }

  autoloadsFrom(folder: string): readonly AutoloadRoot[] {
    const known = this.autoloads.get(folder);
    if (known !== undefined) return known;
    const seen = this.context.autoloads.filter(root => relativeTo(root.scope, folder) !== null);
    const own = seen.filter(root => relativeTo(root.owner, folder) !== null);
    own.sort((a, b) => b.owner.length - a.owner.length);
    const found = [...own, ...seen.filter(root => !own.includes(root))];
    this.autoloads.set(folder, found);
    return found;
  }

  /** The file name of one constant. */
  nameOf(constant: string): string {
    const known = this.names.get(constant);
    if (known !== undefined) return known;
    const plain =
      this.acronyms === null
        ? constant
        : constant.replace(
            this.acronyms,
            (_, before, acronym: string) => (before ? '_' : '') + acronym.toLowerCase(),
          );
    const name = this.inflections.get(constant) ?? underscore(plain);
    this.names.set(constant, name);
    return name;
  }
}

const indexes = new WeakMap<RubyContext, Index>();

function indexOf(context: RubyContext): Index {
  const index = indexes.get(context) ?? new Index(context);
  indexes.set(context, index);
  return index;
}

/** The places of one import, in the order in which Ruby looks. */
export class RubyWalk {
  private readonly index: Index;
  private readonly folder: string;

  constructor(
    context: RubyContext,
    private readonly from: string,
    private readonly site: ImportSite,
    private readonly probe: Probe,
  ) {
    this.index = indexOf(context);
    this.folder = folderOf(from);
  }

  run(): Terminal | null {
    const { specifier, form } = this.site;
    if (specifier === null) return { type: 'computed' };
    if (form === 'constant') return this.constant(specifier);
    if (form === 'require_relative') return this.at(join(this.folder, specifier)) ? null : UNRESOLVED;
    return this.required(specifier);
  }

  private at(path: string | null): boolean {
    if (path === null || path === '') return false;
    if (path.endsWith('.rb')) return this.probe(path);
    return this.probe(`${path}.rb`) || this.probe(path);
  }

  private required(specifier: string): Terminal | null {
    if (specifier === '' || specifier.startsWith('/') || specifier.startsWith('~')) return UNRESOLVED;
    if (/^\.\.?\//.test(specifier)) return this.fromWorkingFolder(specifier);
    const path = join('', specifier);
    if (path === null || path === '') return UNRESOLVED;
    const { form } = this.site;
    if (form === 'require_dependency')
      for (const root of this.index.autoloadsFrom(this.folder))
        if (this.at(below(root.path, path))) return null;
    for (const root of this.index.loadsFrom(this.folder)) if (this.at(below(root, path))) return null;
    // `load` looks from the working folder, too.
    if (form === 'load' && (this.at(path) || this.at(below(this.folder, path)))) return null;
    const [first = ''] = path.split('/');
    const gem = gemOf(path, this.index.locked);
    const isLocked = gem.length > 1 && this.index.locked.has(gem.name) && !this.index.owned.has(gem.name);
    if (!isLocked && this.index.owned.has(first.replace(/\.rb$/, ''))) return UNRESOLVED;
    if (!isLocked && isStandardLibrary(path)) return { type: 'builtin', ecosystem: 'ruby', name: path };
    const subpath = path.split('/').slice(gem.length).join('/');
    return {
      type: 'package',
      ecosystem: 'gem',
      name: gem.name,
      ...(subpath !== '' && { subpath }),
      ...(first !== gem.name && { aliases: [first] }),
    };
  }

  /** `./x` depends on where Ruby is started: in a folder above the file, most likely the root. */
  private fromWorkingFolder(specifier: string): Terminal | null {
    for (let folder = this.folder; folder !== ''; folder = folderOf(folder))
      if (this.at(join(folder, specifier))) return null;
    return this.at(join('', specifier)) ? null : UNRESOLVED;
  }

  /** Ruby's lexical scopes from the inside out, in each the longest path first: `A::B::C` may be a constant in a/b.rb. */
  private constant(specifier: string): Terminal | null {
    const roots = this.index.autoloadsFrom(this.folder);
    if (roots.length === 0) return { type: 'nothing' };
    const isAbsolute = specifier.startsWith('::');
    const scopes = isAbsolute ? [specifier.slice(2)] : specifier.split('>');
    const path = (scopes.pop() ?? '').split('::');
    for (const scope of prefixes(scopes)) {
      for (let length = path.length; length > 0; length--) {
        const names = [...scope, ...path.slice(0, length)];
        const file = this.fileOf(names);
        for (const root of roots) {
          const rest = root.namespace === undefined ? file : this.within(root.namespace, names);
          if (rest === null) continue;
          const place = below(root.path, rest);
          // The file's own constant, defined in a way that its text doesn't show.
          if (place === this.from) return { type: 'nothing' };
          if (this.probe(place)) return null;
        }
      }
    }
    return { type: 'nothing' };
  }

  private fileOf(names: readonly string[]): string {
    return `${names.map(name => this.index.nameOf(name)).join('/')}.rb`;
  }

  /** The file below a root that stands for a namespace. */
  private within(namespace: string, names: readonly string[]): string | null {
    const outer = namespace.split('::');
    if (names.length <= outer.length || outer.some((name, at) => names[at] !== name)) return null;
    return this.fileOf(names.slice(outer.length));
  }
}

/** `[A, B::C]` → A::B::C, A and the top, as lists of names. */
function prefixes(scopes: readonly string[]): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [[]];
  let whole: readonly string[] = [];
  for (const scope of scopes) {
    whole = scope.startsWith('::') ? scope.slice(2).split('::') : [...whole, ...scope.split('::')];
    found.unshift(whole);
  }
  return found;
}
