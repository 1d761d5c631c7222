import type { ImportSite } from '../../../model/edges.js';
import type { Probe, Terminal } from '../language-resolver.js';
import { below, folderOf, relativeTo } from '../paths.js';
import type { PythonContext, Root } from './context.js';
import { distributionOf } from './distributions.js';
import { isStandardModule } from './standard.js';

const UNRESOLVED: Terminal = { type: 'unresolved' };

/** What files of one folder see. */
interface View {
  /** Looked into whatever is imported, the nearest first. */
  readonly own: readonly Root[];
  /** Of other projects: only for what they are known to hold. */
  readonly others: readonly Root[];
  /** Is the folder a package's? Else its files may be scripts, which import what lies beside them. */
  readonly isPackaged: boolean;
}

const views = new WeakMap<PythonContext, Map<string, View>>();

function viewFrom(context: PythonContext, folder: string): View {
  const known = views.get(context) ?? new Map<string, View>();
  views.set(context, known);
  const view = known.get(folder) ?? makeView(context, folder);
  known.set(folder, view);
  return view;
}

function makeView(context: PythonContext, folder: string): View {
  const seen = context.roots.filter(root => relativeTo(root.scope, folder) !== null);
  const own = seen.filter(root => relativeTo(root.owner, folder) !== null);
  own.sort((a, b) => b.owner.length - a.owner.length || b.path.length - a.path.length);
  const isPackaged = seen.some(root => {
    const top = relativeTo(root.path, folder)?.split('/')[0];
    return top !== undefined && root.packages.includes(top);
  });
  return { own, others: seen.filter(root => !own.includes(root)), isPackaged };
}

/** The places of one import, in the order in which Python looks. */
export class PythonWalk {
  private readonly folder: string;

  constructor(
    private readonly context: PythonContext,
    from: string,
    private readonly site: ImportSite,
    private readonly probe: Probe,
  ) {
    this.folder = folderOf(from);
  }

  run(): Terminal | null {
    const { specifier } = this.site;
    if (specifier === null) return { type: 'computed' };
    let dots = 0;
    while (specifier.charAt(dots) === '.') dots++;
    const rest = specifier.slice(dots);
    const segments = rest === '' ? [] : rest.split('.');
    const isModule = segments.every(segment => segment !== '' && !segment.includes('/'));
    if (!isModule || (dots === 0 && rest === '')) return UNRESOLVED;
    return dots > 0 ? this.relative(dots, segments) : this.absolute(segments);
  }

  /** The imported name, which may be a module of its own; `null`: the module itself is imported. */
  private get name(): string | null {
    const name = this.site.names?.[0] ?? '*';
    return name === '*' ? null : name;
  }

  private relative(dots: number, segments: readonly string[]): Terminal | null {
    let base = this.folder;
    for (let climbed = 1; climbed < dots; climbed++) {
      if (base === '') return UNRESOLVED;
      base = folderOf(base);
    }
    const path = segments.reduce(below, base);
    const { name } = this;
    if (name !== null && this.module(below(path, name))) return null;
    if (segments.length === 0 ? this.package(path) : this.module(path)) return null;
    const space = name === null ? path : below(path, name);
    return space !== this.folder && this.probe(`${space}/`) ? null : UNRESOLVED;
  }

  private absolute(segments: readonly string[]): Terminal | null {
    const [top = ''] = segments;
    const isStandard = isStandardModule(top);
    const { own, others, isPackaged } = viewFrom(this.context, this.folder);
    const isMeant = (root: Root): boolean =>
      root.packages.includes(top) ||
      (!isStandard && (root.spaces.includes(top) || root.project === top || root.as?.split('.')[0] === top));
    const wanted = [...own.filter(root => !isStandard || isMeant(root)), ...others.filter(isMeant)];
    // The first root with a package of that name hides what lies in those after it.
    const owner = wanted.findIndex(root => root.packages.includes(top));
    const roots = owner === -1 ? wanted : wanted.slice(0, owner + 1);
    const places = roots.flatMap(root => placeIn(root, segments) ?? []);
    if (!isPackaged && !isStandard && !own.some(root => root.path === this.folder))
      places.unshift(segments.reduce(below, this.folder));
    const { name } = this;
    for (const path of places) {
      if (name !== null && this.module(below(path, name))) return null;
      if (this.module(path)) return null;
    }
    // Namespaces come last, and never by one name alone: `import docker` is no folder of Dockerfiles.
    if (!isStandard && (name !== null || segments.length > 1))
      for (const path of places) if (this.probe(`${name === null ? path : below(path, name)}/`)) return null;
    if (isStandard) return { type: 'builtin', ecosystem: 'python', name: segments.join('.') };
    return owner === -1 ? this.external(segments) : UNRESOLVED;
  }

  private external(segments: readonly string[]): Terminal {
    const { name } = this;
    const [top = ''] = segments;
    const distribution = distributionOf(name === null ? segments : [...segments, name]);
    const subpath = segments.slice(distribution.length).join('/');
    return {
      type: 'package',
      ecosystem: 'pypi',
      name: distribution.name,
      ...(subpath !== '' && { subpath }),
      ...(top !== distribution.name && { aliases: [top] }),
    };
  }

  private module(path: string): boolean {
    const { probe } = this;
    return (
      probe(`${path}/__init__.py`) ||
      probe(`${path}.py`) ||
      probe(`${path}/__init__.pyi`) ||
      probe(`${path}.pyi`) ||
      probe(`${path}.pyx`)
    );
  }

  private package(path: string): boolean {
    return this.probe(below(path, '__init__.py')) || this.probe(below(path, '__init__.pyi'));
  }
}

/** Where a module would lie in a root; `null`: the root stands for another package. */
function placeIn(root: Root, segments: readonly string[]): string | null {
  if (root.as === undefined) return segments.reduce(below, root.path);
  const prefix = root.as.split('.');
  if (prefix.some((segment, at) => segments[at] !== segment)) return null;
  return segments.slice(prefix.length).reduce(below, root.path);
}
