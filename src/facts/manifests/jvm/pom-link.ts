import type { DependencyEntry, DependencyFile } from '../../../model/dependency.js';
import type { DependencyFiles } from '../format.js';
import { exactVersion } from './coordinates.js';
import { scopeOf, unpackItem, type WrittenItem } from './pom-items.js';

/**
 * Fills in properties, managed versions and scopes from the project itself, its parents in the tree, and the
 * imported lists of versions that lie in the tree.
 * @param files `undefined`: none but the file itself
 */
export function linkPom(file: DependencyFile, files?: DependencyFiles): DependencyFile {
  const context = contextOf(file, files);
  const { chain, values } = context;
  const own = file.entries.map(entry =>
    entry.id.startsWith('parent/') ? parentEntry(entry, chain) : filled(entry, context),
  );
  const name = file.project.name === null ? null : fill(file.project.name, values);
  const version = file.project.version === null ? null : fill(file.project.version, values);
  const inherited = files === undefined ? [] : changedAbove(context, files);
  return { ...file, project: { ...file.project, name, version }, entries: [...own, ...inherited] };
}

/** What decides about the entries of one project. */
interface Context {
  readonly chain: readonly DependencyFile[];
  readonly values: Values;
  readonly managed: Versions;
  readonly plugins: ReadonlyMap<string, string>;
}

function contextOf(file: DependencyFile, files: DependencyFiles | undefined): Context {
  const chain = chainOf(file, files);
  const values = valuesOf(chain);
  const plugins = new Map<string, string>();
  for (const one of chain)
    for (const entry of one.entries) {
      const { group, artifact, version, kind } = unpackItem(entry.inherits ?? '');
      if (kind !== 'build/pluginManagement') continue;
      const key = `${fill(group, values)}:${fill(artifact, values)}`;
      if (version !== '' && !plugins.has(key)) plugins.set(key, version);
    }
  return { chain, values, managed: managedBy(chain, values, files), plugins };
}

/** Dependencies of the parents that come to something else here, by properties or kept versions of this project. */
function changedAbove(context: Context, files: DependencyFiles): readonly DependencyEntry[] {
  const [own, ...parents] = context.chain;
  const changed: DependencyEntry[] = [];
  for (const parent of parents) {
    const above = contextOf(parent, files);
    for (const entry of parent.entries) {
      const { kind, version } = unpackItem(entry.inherits ?? '');
      if (kind !== 'dependencies') continue;
      const here = filled(entry, context);
      const there = filled(entry, above);
      if (here.name === there.name && here.range === there.range) continue;
      const property = /\$\{([^}]*)\}/.exec(version)?.[1];
      const line = Number(own?.exports?.[`line ${property}`] ?? 1);
      changed.push({ ...here, id: `inherited/${parent.path}/${entry.id}`, line });
    }
  }
  return changed;
}

type Values = (name: string) => string | undefined;

/** The file and its parents as far as they lie in the tree. */
function chainOf(file: DependencyFile, files: DependencyFiles | undefined): readonly DependencyFile[] {
  const chain = [file];
  for (let child = file; files !== undefined; ) {
    const [path] = child.includes;
    const parent = path === undefined ? null : files.file(path);
    const wanted = `${child.exports?.['project.parent.groupId']}:${child.exports?.['project.parent.artifactId']}`;
    // Maven takes what lies there only if it is the parent that is named.
    if (parent === null || parent.format !== 'pom' || parent.role === 'vendored' || chain.includes(parent))
      break;
    if (parent.project.name !== wanted) break;
    chain.push(parent);
    child = parent;
  }
  return chain;
}

function valuesOf(chain: readonly DependencyFile[], profile = ''): Values {
  const [own] = chain;
  return name => {
    const plain = name.replace(/^pom\./, 'project.').replace(/^parent\./, 'project.parent.');
    const project = /^(?:groupId|artifactId|version)$/.test(plain) ? `project.${plain}` : plain;
    if (project.startsWith('project.')) return own?.exports?.[project];
    for (const one of chain) {
      const value = (profile && one.exports?.[`profile ${profile} ${name}`]) || one.exports?.[name];
      if (value !== undefined) return value;
    }
    return undefined;
  };
}

/** Fills in `${name}`; what is not known stays as written. */
function fill(text: string, values: Values, depth = 0): string {
  let filledText = '';
  let from = 0;
  for (let at = text.indexOf('${'); at !== -1; at = text.indexOf('${', from)) {
    const end = text.indexOf('}', at);
    if (end === -1) break;
    const written = text.slice(at, end + 1);
    const value = depth > 20 ? undefined : values(written.slice(2, -1));
    const inner = value === undefined ? written : fill(value, values, depth + 1);
    // A long value times many mentions must not grow without end.
    filledText += text.slice(from, at) + (inner.length + filledText.length > 10_000 ? written : inner);
    from = end + 1;
  }
  return filledText + text.slice(from);
}

function managedKey({ group, artifact, type, classifier }: WrittenItem, values: Values): string {
  return [group, artifact, type || 'jar', classifier].map(part => fill(part, values)).join('|');
}

interface Managed {
  readonly version: string;
  readonly scope: string;
  readonly optional: string;
}

type Versions = ReadonlyMap<string, Managed>;

/** By key: what is kept for it. The project's own goes before its parents', and those before what is imported. */
function managedBy(
  chain: readonly DependencyFile[],
  values: Values,
  files: DependencyFiles | undefined,
  known: Map<string, Versions> = new Map(),
): Versions {
  const managed = new Map<string, Managed>();
  const imports: string[] = [];
  for (const one of chain)
    for (const { inherits } of one.entries) {
      const item = unpackItem(inherits ?? '');
      if (item.kind !== 'dependencyManagement') continue;
      const local = item.profile === '' ? values : valuesOf(chain, item.profile);
      if (item.scope === 'import') imports.push(`${fill(item.group, local)}:${fill(item.artifact, local)}`);
      const key = managedKey(item, local);
      const { scope, optional } = item;
      if (!managed.has(key)) managed.set(key, { version: fill(item.version, local), scope, optional });
    }
  for (const name of files === undefined ? [] : imports) {
    let listed = known.get(name);
    if (listed === undefined) {
      const bom = pomNamed(name, files);
      const above = bom === undefined ? [] : chainOf(bom, files);
      // Empty while it is being read: lists that import each other end there.
      known.set(name, new Map());
      listed = managedBy(above, valuesOf(above), files, known);
      known.set(name, listed);
    }
    for (const [key, value] of listed) if (!managed.has(key)) managed.set(key, value);
  }
  return managed;
}

const NAMED = new WeakMap<DependencyFiles, ReadonlyMap<string, DependencyFile>>();

function pomNamed(name: string, files: DependencyFiles | undefined): DependencyFile | undefined {
  if (files === undefined) return undefined;
  let named = NAMED.get(files);
  if (named === undefined) {
    const poms = [...files.all()].filter(({ format, role }) => format === 'pom' && role === 'manifest');
    named = new Map(poms.map(file => [file.project.name ?? '', file]));
    NAMED.set(files, named);
  }
  return named.get(name);
}

function parentEntry(entry: DependencyEntry, chain: readonly DependencyFile[]): DependencyEntry {
  const [, parent] = chain;
  const settled = { ...entry, version: exactVersion(entry.range ?? '') };
  return parent === undefined ? settled : { ...settled, source: { type: 'workspace', path: parent.path } };
}

function filled(entry: DependencyEntry, { chain, values, managed, plugins }: Context): DependencyEntry {
  if (entry.inherits === undefined) return entry;
  const item = unpackItem(entry.inherits);
  const local = item.profile === '' ? values : valuesOf(chain, item.profile);
  const name = `${fill(item.group, local)}:${fill(item.artifact, local)}`;
  const isPlugin = item.kind === 'build/plugins' || item.kind === 'reporting/plugins';
  // Of what a plugin wants, only what it fetches by its own configuration heeds the kept versions.
  const isKept =
    item.kind === 'dependencies' || /\/(?:annotationProcessorPaths|artifactItems)$/.test(item.kind);
  const kept = isKept ? managed.get(managedKey(item, local)) : undefined;
  const written = item.version || kept?.version || (isPlugin ? (plugins.get(name) ?? '') : '');
  const range = written === '' ? null : fill(written, local);
  return {
    ...entry,
    name: name.includes('${') ? `?${name}` : name,
    range,
    version: range === null ? null : exactVersion(range),
    scope: item.kind.startsWith('dependenc')
      ? scopeOf(
          fill(item.scope || kept?.scope || '', local),
          fill(item.optional || kept?.optional || '', local),
        )
      : entry.scope,
  };
}
