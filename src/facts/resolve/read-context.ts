import type { RepoPath } from '../../model/brand.js';
import type { Json } from '../../model/canonical.js';
import type { Problem, ResolveSettings } from '../../model/decision.js';
import type { TreeListing } from '../../model/tree.js';
import { languageOf } from '../imports/index.js';
import { type Aliases, DEFAULT_CONDITIONS, type ResolverContext } from './context.js';
import { ContextReader } from './context-reader.js';
import { isDenoFile, readDeno, withDenoPackages } from './import-maps.js';
import { inheritRenames, isMembers, type ReadManifest, readManifest } from './manifests.js';
import { baseName, folderOf, join } from './paths.js';
import { ConfigReader } from './read-configs.js';
import { RESOLVERS } from './registry.js';
import { packageName } from './specifier.js';
import { readWorkspaces } from './workspaces.js';

const NODE_FILE =
  /^(?:package\.json|[tj]sconfig(?:[.\-_].*)?\.json|pnpm-workspace\.yaml|lerna\.json|rush\.json)$/;

/**
 * May a change to this path alter the context of its tree? By its name alone; a configuration that is extended
 * under another name is in `context.files`.
 */
export function isResolverFile(path: string): boolean {
  if (isVendored(path)) return false;
  return isNodeFile(path) || RESOLVERS.some(resolver => resolver.isConfig(path));
}

function isNodeFile(path: string): boolean {
  const name = baseName(path);
  const mayBe = name.endsWith('.json') || name.endsWith('.yaml') || name.endsWith('.jsonc');
  return mayBe && (NODE_FILE.test(name) || isDenoFile(name)) && !isVendored(path);
}

/** May adding or deleting this path, not editing it, alter the context? By its name alone. */
export function isLandmark({ languages }: ResolverContext, path: string): boolean {
  return RESOLVERS.some(
    ({ family, isLandmark: is }) => languages[family] !== undefined && is?.(path) === true,
  );
}

/** Nothing is looked for in installed packages, should a tree hold them. */
function isVendored(path: string): boolean {
  return path.startsWith('node_modules/') || path.includes('/node_modules/');
}

function resolverFiles(listing: TreeListing): readonly RepoPath[] {
  const found: RepoPath[] = [];
  for (const { mode, path } of listing.entries())
    if (mode !== '160000' && mode !== '120000' && isNodeFile(path)) found.push(path);
  return found.sort();
}

/**
 * Reads all that the resolution of imports needs from the configuration files of a tree.
 * @param read the text of a file of the tree; `null` when it can't be had, which becomes a problem
 * @param declarations what the files of a family declare
 * @returns plain JSON; equal trees give equal contexts
 */
export async function readContext(
  listing: TreeListing,
  read: (path: RepoPath) => Promise<string | null>,
  settings: ResolveSettings = {},
  declarations: Declarations = noDeclarations,
): Promise<ResolverContext> {
  const reader = new ContextReader(listing, read);
  const found = resolverFiles(listing);
  const named = (...names: readonly string[]): readonly RepoPath[] =>
    found.filter(path => names.includes(baseName(path)));

  const packages: readonly ReadManifest[] = await Promise.all(
    named('package.json').map(async path => {
      const reading = await reader.json(path, 'strict');
      if (reading !== null && !isMembers(reading.value)) reader.mistake(path, 'an object was expected', '');
      return readManifest(folderOf(path), isMembers(reading?.value) ? reading.value : {});
    }),
  );
  const deno = await readDeno(
    reader,
    found.filter(path => isDenoFile(baseName(path))),
  );
  const manifests = inheritRenames(withDenoPackages(packages, deno.packages));
  const workspaces = await readWorkspaces(
    reader,
    manifests,
    named('pnpm-workspace.yaml', 'lerna.json', 'rush.json'),
  );

  const tsconfigs = named('tsconfig.json');
  const taken = new Set(tsconfigs.map(folderOf));
  const roots = [...tsconfigs, ...named('jsconfig.json').filter(path => !taken.has(folderOf(path)))];
  const configReader = new ConfigReader(reader, new Map(workspaces));
  const configs = await configReader.read(roots);

  const languages = await readLanguages(reader, listing, settings, declarations);

  return {
    format: 'lintel.resolver/3',
    files: [...reader.files].sort(),
    problems: sorted(reader.problems),
    manifests: manifests.map(({ manifest }) => manifest),
    workspaces,
    aliases: configReader.aliases,
    configs,
    governing: roots.map((path, at) => [folderOf(path), at] as const),
    external: externalNames(manifests, configReader.aliases),
    languages,
    ...(deno.maps.length > 0 && { importMaps: deno.maps }),
    roots: (settings.roots ?? []).flatMap(root => join('', root) ?? []),
    conditions: settings.conditions ?? DEFAULT_CONDITIONS,
    provides: Object.entries(settings.provides ?? {})
      .flatMap(([prefix, folder]) => {
        const path = join('', folder);
        return path === null ? [] : [[prefix, path] as const];
      })
      .sort(([one], [other]) => other.length - one.length || (one < other ? -1 : 1)),
  };
}

/** What each file of a family declares, by path. */
export type Declarations = (family: string) => Promise<ReadonlyMap<RepoPath, readonly string[]>>;

const noDeclarations: Declarations = async family => {
  throw new Error(`what the files of ${family} declare was not prepared`);
};

async function readLanguages(
  reader: ContextReader,
  listing: TreeListing,
  settings: ResolveSettings,
  declarations: Declarations,
): Promise<Readonly<Record<string, Json>>> {
  const families = new Set<string>();
  for (const { path } of listing.entries()) {
    const language = languageOf(path);
    if (language !== null) families.add(language.family);
  }
  const languages: Record<string, Json> = {};
  for (const resolver of RESOLVERS) {
    if (!families.has(resolver.family)) continue;
    languages[resolver.family] = await resolver.readContext({
      listing,
      settings,
      text: path => reader.text(path),
      mistake: (path, message, near) => reader.mistake(path, message, near),
      declarations: () => declarations(resolver.family),
    });
  }
  return languages;
}

function sorted(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((one, other) =>
    one.path === other.path ? one.line - other.line : one.path < other.path ? -1 : 1,
  );
}

/** Only where an alias would catch a name does it matter that the name comes from a registry. */
function externalNames(manifests: readonly ReadManifest[], aliases: readonly Aliases[]): readonly string[] {
  const heads = new Set<string>();
  for (const paths of aliases)
    for (const [pattern] of paths)
      heads.add(packageName(pattern.replace('*', 'x'))?.name.replace(/x$/, '') ?? pattern);
  const wanted = [...heads].filter(head => head !== '');
  const names = new Set<string>();
  for (const { registry } of manifests)
    for (const name of registry) if (wanted.some(head => name.startsWith(head))) names.add(name);
  return [...names].sort();
}
