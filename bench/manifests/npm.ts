/**
 * package-lock, npm-shrinkwrap and package.json as lintel reads them, beside npm's own libraries (of the npm that is
 * installed): Arborist's virtual tree, and npm-package-arg for each specifier.
 * `node --import tsx bench/manifests/npm.ts --repo PATH`
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ManifestError } from '../../src/facts/manifests/format.js';
import type { DependencyEntry, DependencyFile, DependencyScope } from '../../src/model/dependency.js';
import { type Facts, factsOf, type ReadFile, readManifests, repoOption, report } from './comparison.js';

interface Edge {
  readonly name: string;
  readonly type: string;
  readonly to: { readonly location: string } | null;
}

/** What is used of Arborist's node. */
interface Node {
  readonly location: string;
  readonly name: string;
  readonly packageName: string;
  readonly version: string;
  readonly resolved: string | null;
  readonly integrity: string | null;
  readonly isRoot: boolean;
  readonly isLink: boolean;
  readonly parent: unknown;
  readonly target: Node;
  readonly package: Readonly<
    Record<'dependencies' | 'optionalDependencies' | 'peerDependencies', object | undefined>
  >;
  readonly dev: boolean;
  readonly optional: boolean;
  readonly devOptional: boolean;
  readonly peer: boolean;
  readonly edgesOut: ReadonlyMap<string, Edge>;
  readonly edgesIn: ReadonlySet<{ readonly from: Node }>;
}

interface Arborist {
  new (options: {
    readonly path: string;
  }): { loadVirtual(): Promise<{ readonly inventory: { values(): Iterable<Node> } }> };
}

interface Spec {
  readonly type: string;
  readonly name: string;
  readonly rawSpec: string;
  readonly fetchSpec: string | null;
  readonly gitCommittish?: string | null;
  readonly gitRange?: string | null;
  readonly hosted?: { https(options: { noCommittish: boolean; noGitPlus: boolean }): string };
  readonly subSpec?: Spec;
}

const globals = execFileSync('npm', ['root', '-g'], { encoding: 'utf8' }).trim();
const npm = createRequire(join(globals, 'npm', 'package.json'));
const Arborist: Arborist = npm('@npmcli/arborist');
const npa: { resolve(name: string, spec: string, where: string): Spec } = npm('npm-package-arg');

function scopeOf(node: Node): DependencyScope {
  if (node.dev) return 'development';
  if (node.optional || node.devOptional) return 'optional';
  return node.peer ? 'peer' : 'production';
}

function shown(parts: {
  name: string;
  version: string | null;
  scope: string;
  integrity: string;
  edges: readonly string[];
  direct: boolean | null;
}): string {
  const { name, version, scope, integrity, edges, direct } = parts;
  const to = [...edges].sort().join(',');
  return `${name}@${version ?? ''} ${scope} ${direct === true ? 'direct' : ''} ${integrity} [${to}]`;
}

/**
 * The lock file as npm reads it by itself: where it tells what the projects want, npm gets that for their package.json.
 * (Beside a package.json that has moved on since, npm works out flags of its own.) For version 1 it gets the real one.
 */
async function arborist(path: string, text: string): Promise<Facts | string> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-npm-'));
  try {
    writeFileSync(join(folder, 'package-lock.json'), text);
    const lock: { packages?: Record<string, object> } = JSON.parse(text);
    const projects = Object.entries(lock.packages ?? {}).filter(
      ([key]) => !/(?:^|\/)node_modules\//.test(key),
    );
    for (const [key, project] of projects) {
      const at = join(folder, key);
      if (at !== folder && !at.startsWith(`${folder}/`)) continue;
      mkdirSync(at, { recursive: true });
      writeFileSync(join(at, 'package.json'), JSON.stringify({ name: basename(key), ...project }));
    }
    const beside = all.find(one => one.path === join(dirname(path), 'package.json'))?.text ?? '{}';
    if (lock.packages === undefined) writeFileSync(join(folder, 'package.json'), beside);
    const tree = await new Arborist({ path: folder }).loadVirtual();
    const nodes = [...tree.inventory.values()].filter(node => !node.isRoot && (node.isLink || node.parent));
    return factsOf(nodes.map(node => [node.location, nodeShown(node)]));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function nodeShown(node: Node): string {
  const of = node.isLink ? node.target : node;
  // Of a name that is asked for twice Arborist keeps one edge: the one for development.
  const { dependencies, optionalDependencies, peerDependencies } = of.package;
  const wanted = { ...dependencies, ...optionalDependencies, ...peerDependencies };
  const edges = [...of.edgesOut.values()].filter(
    edge => edge.type !== 'workspace' && (edge.type !== 'dev' || Object.hasOwn(wanted, edge.name)),
  );
  return shown({
    // What lies in a linked folder, npm looks up there.
    name: node.isLink ? node.name : of.packageName,
    version: node.isLink ? null : of.version,
    scope: scopeOf(of),
    integrity: node.integrity ?? '',
    edges: edges.flatMap(edge => edge.to?.location ?? []),
    // A project's folder has no parent.
    direct: [...node.edgesIn].some(edge => edge.from.isRoot || !edge.from.parent),
  });
}

function entryShown(entry: DependencyEntry): string {
  const { scope, direct, source } = entry;
  const link =
    source.type === 'workspace' || (source.type === 'path' && !/\.t(?:ar\.)?gz$/.test(source.written));
  const integrity = entry.integrity.join(' ');
  const name = link ? (entry.alias ?? entry.name) : entry.name;
  return shown({
    name,
    version: link ? null : entry.version,
    scope,
    direct,
    integrity,
    edges: entry.requires ?? [],
  });
}

const FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;

/** Each specifier as npm reads it. What only other package managers take is left out on both sides. */
function specifiers({ path, text }: ReadFile): Facts | string {
  try {
    const manifest: Record<string, Record<string, string> | undefined> = JSON.parse(text);
    return factsOf(
      FIELDS.flatMap(field =>
        Object.entries(manifest[field] ?? {}).map(([name, spec]): [string, string] => [
          `${field}/${name}`,
          specShown(name, spec, path),
        ]),
      ),
    );
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function specShown(name: string, written: string, path: string): string {
  let spec: Spec;
  try {
    spec = npa.resolve(name, written, join('/', dirname(path)));
  } catch {
    return 'not npm';
  }
  const { type } = spec;
  if (type === 'git') {
    const url = spec.hosted?.https({ noCommittish: true, noGitPlus: true }) ?? spec.fetchSpec;
    return `${name} git ${url} ${spec.gitCommittish ?? (spec.gitRange ? `semver:${spec.gitRange}` : '')}`;
  }
  if (type === 'remote') return `${name} url ${spec.fetchSpec}`;
  if (type === 'file' || type === 'directory') return `${name} path ${spec.fetchSpec}`;
  const registry = spec.subSpec ?? spec;
  // An empty range is any.
  return `${registry.name} registry ${registry.fetchSpec || '*'}`;
}

function manifestFacts(file: DependencyFile, npmFacts: Facts): Facts {
  const own = file.entries.filter(entry => FIELDS.some(field => entry.id.startsWith(`${field}/`)));
  return factsOf(own.map(entry => [entry.id, sourceShown(entry, npmFacts.get(entry.id))]));
}

function sourceShown(entry: DependencyEntry, npmSays: string | undefined): string {
  const { name, source, range, inherits } = entry;
  const other = /^(?:workspace|catalog|\$)/.test(inherits ?? '');
  if (other || (npmSays === 'not npm' && /^(?:link|portal|patch|jsr):/.test(written(entry))))
    return 'not npm';
  switch (source.type) {
    case 'git':
      return `${name} git ${source.url} ${source.revision ?? ''}`;
    case 'url':
      return `${entry.alias ?? name} url ${source.url}`;
    case 'path':
      return `${entry.alias ?? name} path ${source.path === null ? '' : join('/', source.path)}`;
    default:
      return `${name} registry ${range ?? ''}`;
  }
}

function written(entry: DependencyEntry): string {
  return entry.source.type === 'path' ? entry.source.written : `jsr:${entry.range}`;
}

const repo = repoOption();
const all = await readManifests(repo, ['package-lock', 'package-json', 'pnpm-workspace']);
const manifests = all.filter(({ format, file }) => format === 'package-json' && !isVendored(file));
const locks = all.filter(({ format }) => format === 'package-lock');

function isVendored(file: DependencyFile | ManifestError): boolean {
  return !(file instanceof ManifestError) && file.role === 'vendored';
}

const compared = [];
for (const { path, text, file } of locks) {
  const theirs = await arborist(path, text);
  const ours =
    file instanceof ManifestError ? file : factsOf(file.entries.map(entry => [entry.id, entryShown(entry)]));
  compared.push({ path, ours, theirs });
}
report('npm', repo, 'package-lock', 'Arborist (npm)', compared);
report(
  'npm',
  repo,
  'package-json',
  'npm-package-arg (npm)',
  manifests.map(one => {
    const theirs = specifiers(one);
    const { path, file } = one;
    const known = typeof theirs === 'string' ? factsOf([]) : theirs;
    return { path, theirs, ours: file instanceof ManifestError ? file : manifestFacts(file, known) };
  }),
);
