import type { Oid, RepoPath } from '../model/brand.js';
import type { CompiledPolicy } from '../model/decision.js';
import type { TreeListing } from '../model/tree.js';
import {
  CODE_PLACES,
  CONFIG_PLACES,
  DEFAULT_DECISIONS,
  DEFAULT_WAIVERS,
  HOME,
  inFolder,
  isDecisionFile,
  MISPLACED,
  PACKAGE_JSON,
} from './places.js';

/**
 * A compiled policy as the commit gate needs it: read from the cache, and told whether it still is the policy
 * of a tree. No YAML, no globs, no hashing: this file and places.ts are all of policy/ that the gate bundles.
 */

export const POLICY_FORMAT = 'lintel.policy/1';

/** What isGovernancePath needs to know of a policy; an invalid one has it too. */
export type PolicyFolders = Pick<CompiledPolicy, 'configPath' | 'decisionsFolders' | 'waiversFolder'>;

/** FNV-1a over UTF-16 units, 32 bits. Tells damage, not malice: who can write `.git/lintel` can edit hooks. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** One header line (`format length checksum`), then the policy as JSON. */
export function serializePolicy(policy: CompiledPolicy): string {
  const body = JSON.stringify(policy);
  return `${POLICY_FORMAT} ${body.length} ${checksum(body)}\n${body}`;
}

/** @returns `null` for anything that `serializePolicy` of this version did not write: compile again. */
export function parsePolicy(text: string): CompiledPolicy | null {
  const end = text.indexOf('\n');
  if (end < 0) return null;
  const body = text.slice(end + 1);
  if (text.slice(0, end) !== `${POLICY_FORMAT} ${body.length} ${checksum(body)}`) return null;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  return isPolicy(value) ? value : null;
}

function isPolicy(value: unknown): value is CompiledPolicy {
  if (typeof value !== 'object' || value === null) return false;
  const policy = value as Partial<Record<keyof CompiledPolicy, unknown>>;
  const lists = [policy.decisions, policy.invariants, policy.sources, policy.warnings, policy.globs];
  return (
    policy.format === POLICY_FORMAT &&
    typeof policy.digest === 'string' &&
    typeof policy.waiversFolder === 'string' &&
    (policy.commitGate === 'block' || policy.commitGate === 'warn') &&
    typeof policy.limits === 'object' &&
    policy.limits !== null &&
    Array.isArray(policy.decisionsFolders) &&
    lists.every(list => Array.isArray(list) && list.every(item => typeof item === 'object' && item !== null))
  );
}

const FIXED_PLACES: ReadonlySet<string> = new Set([...CONFIG_PLACES, ...CODE_PLACES, ...MISPLACED]);

/**
 * Does a change of this path change what governs? Configuration in any search place (the refused ones too),
 * everything below `.architecture/`, and the folders of decisions and waivers.
 *
 * package.json governs only while the policy's configuration is its `lintel` key; a policy that can't be read
 * says so in its `configPath` as well. Whether a package.json without a policy gains the key, only its content
 * tells: `holdsPolicyKey`.
 */
export function isGovernancePath(path: string, policy: PolicyFolders | null): boolean {
  if (FIXED_PLACES.has(path) || inFolder(path, HOME)) return true;
  if (policy === null) return false;
  if (path === PACKAGE_JSON) return policy.configPath === PACKAGE_JSON;
  return (
    inFolder(path, policy.waiversFolder) || policy.decisionsFolders.some(folder => inFolder(path, folder))
  );
}

/**
 * Does this package.json hold configuration?
 * @returns `unknown` when it is not JSON and could hold some.
 */
export function holdsPolicyKey(packageJson: string): 'yes' | 'no' | 'unknown' {
  // An escape could spell the key, so only a text without either is cleared unparsed.
  if (!packageJson.includes('lintel') && !packageJson.includes('\\u')) return 'no';
  try {
    const value: unknown = JSON.parse(packageJson.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && Object.hasOwn(value, 'lintel') ? 'yes' : 'no';
  } catch {
    return packageJson.includes('lintel') ? 'unknown' : 'no';
  }
}

export interface SourceEntry {
  readonly path: RepoPath;
  readonly oid: Oid;
}

function entryOf(listing: TreeListing, path: string): SourceEntry | null {
  const entry = listing.entry(path as RepoPath);
  return entry === undefined ? null : { path: entry.path, oid: entry.oid };
}

function* filesBelow(listing: TreeListing, folder: string): IterableIterator<SourceEntry> {
  for (const name of listing.children(folder)) {
    const path = `${folder}/${name}`;
    const entry = entryOf(listing, path);
    if (entry === null) yield* filesBelow(listing, path);
    else yield entry;
  }
}

/** Configuration files present in fixed places, the refused ones included. package.json is not among them. */
function configFilesIn(listing: TreeListing): readonly SourceEntry[] {
  return [...FIXED_PLACES].flatMap(place => entryOf(listing, place) ?? []);
}

/** Every file that may hold a decision: of the folders, recursively, but for the waivers. In path order. */
export function decisionFilesIn(
  listing: TreeListing,
  folders: readonly string[],
  waiversFolder: string,
): readonly SourceEntry[] {
  const found = new Map<string, SourceEntry>();
  for (const folder of folders) {
    // A link or a submodule where the folder should be: load.ts refuses it, so it is part of the identity.
    const itself = entryOf(listing, folder);
    if (itself !== null) found.set(folder, itself);
    for (const file of filesBelow(listing, folder))
      if (isDecisionFile(file.path) && !inFolder(file.path, waiversFolder)) found.set(file.path, file);
  }
  return [...found.values()].sort(byPath);
}

function byPath(a: SourceEntry, b: SourceEntry): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/**
 * The files that a policy comes from. Uses only `entry` and `children` of the listing, below few folders, so
 * a listing that reads its folders when asked costs nothing for the rest of the tree.
 */
export function policySources(listing: TreeListing, found: PolicyFolders): readonly SourceEntry[] {
  const sources = new Map<string, SourceEntry>();
  const add = (source: SourceEntry): void => void sources.set(source.path, source);
  configFilesIn(listing).forEach(add);
  if (found.configPath !== null) {
    const config = entryOf(listing, found.configPath);
    if (config !== null) add(config);
  }
  decisionFilesIn(listing, found.decisionsFolders, found.waiversFolder).forEach(add);
  return [...sources.values()].sort(byPath);
}

/**
 * Is this cached policy the one that compiling the tree would give? Its configuration names the decisions
 * folders: the same blob names the same ones, so nothing needs to be parsed.
 * @param packageJsonGoverns asked only for a package.json that the policy did not come from.
 */
export function isCurrentPolicy(
  policy: CompiledPolicy,
  listing: TreeListing,
  packageJsonGoverns: (oid: Oid) => boolean,
): boolean {
  const sources = policySources(listing, policy);
  if (sources.length !== policy.sources.length) return false;
  if (!sources.every((source, index) => sameSource(source, policy.sources[index]))) return false;
  if (policy.configPath === PACKAGE_JSON) return true;
  const packageJson = entryOf(listing, PACKAGE_JSON);
  return packageJson === null || !packageJsonGoverns(packageJson.oid);
}

function sameSource(a: SourceEntry, b: SourceEntry | undefined): boolean {
  return b !== undefined && a.path === b.path && a.oid === b.oid;
}

export const DEFAULT_FOLDERS: PolicyFolders = {
  configPath: null,
  decisionsFolders: [DEFAULT_DECISIONS as RepoPath],
  waiversFolder: DEFAULT_WAIVERS as RepoPath,
};
