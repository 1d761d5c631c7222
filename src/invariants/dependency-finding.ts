import type { DependencyFacts } from '../facts/manifests/dependency-facts.js';
import { folderOf } from '../facts/resolve/paths.js';
import type { DependencyEntry, DependencyFile } from '../model/dependency.js';
import { packageRef, type Selected, versionText } from './dependency-rule.js';
import type { Violation } from './kind.js';
import { shownUrl } from './shown-url.js';

type Hop = { readonly path: DependencyFile['path']; readonly line: number | null };

export interface Way {
  /** `app → knex → pg` */
  readonly text: string;
  readonly hops: readonly Hop[];
}

/** How an entry of a lock file comes in: from the manifest that asks for the first package, package by package. */
export function wayTo(facts: DependencyFacts, file: DependencyFile, entry: DependencyEntry): Way | null {
  if (file.role !== 'lock') return null;
  const chain = facts.chain(file, entry.id);
  const [first] = chain?.entries ?? [];
  if (chain === null || first === undefined) return null;
  const manifest = facts.manifestsOf(file).find(({ path }) => folderOf(path) === chain.root);
  const asks = manifest?.entries.find(each => each.role === 'dependency' && isCalled(each, first));
  return {
    text: [projectName(manifest, chain.root), ...chain.entries.map(({ name }) => name)].join(' → '),
    hops: [
      ...(manifest === undefined || asks === undefined ? [] : [{ path: manifest.path, line: asks.line }]),
      ...chain.entries.map(({ line }) => ({ path: file.path, line })),
    ],
  };
}

function isCalled(asks: DependencyEntry, found: DependencyEntry): boolean {
  return asks.ecosystem === found.ecosystem && asks.name === found.name;
}

function projectName(manifest: DependencyFile | undefined, root: string): string {
  return manifest?.project.name ?? (root === '' ? 'this project' : root);
}

type Verbs = readonly [copy: string, answer: string, ask: string, hold: string];
const DOES: Verbs = ['is a copy of', 'answers', 'asks for', 'holds'];
const MUST_NOT: Verbs = ['must not be a copy of', 'must not answer', 'must not ask for', 'must not hold'];

/** `package.json asks for npm:pg ^8 (production)` and the like: what the entry is and where it stands. */
export function whatStands(each: Selected, way: Way | null): string {
  return sentence(each, way, DOES);
}

/** `package.json must not ask for npm:pg ^8 (production)` and the like. */
export function whatMustNot(each: Selected, way: Way | null): string {
  return sentence(each, way, MUST_NOT);
}

function sentence({ file, entry }: Selected, way: Way | null, [copy, answer, ask, hold]: Verbs): string {
  const ref = `${packageRef(entry)}${versionText(entry)}`;
  const called = entry.alias === undefined ? '' : ` under the name ${entry.alias}`;
  if (file.role === 'vendored') return `${file.path} ${copy} ${ref}`;
  if (entry.role === 'redirect') return `${file.path} ${answer} ${entry.alias ?? 'a package'} by ${ref}`;
  if (file.role === 'manifest') return `${file.path} ${ask} ${ref}${called} (${entry.scope})`;
  return `${file.path} ${hold} ${ref}${called}${way === null ? '' : `, by ${way.text}`}`;
}

/** The violation of a rule by one entry. `hops`: where no way leads to it, what else shows it. */
export function entryViolation(
  facts: DependencyFacts,
  { file, entry }: Selected,
  {
    subject,
    message,
    way,
    hops = [],
  }: {
    readonly subject: string;
    readonly message: string;
    readonly way: Way | null;
    readonly hops?: readonly Hop[];
  },
): Violation {
  const purl = facts.purl(entry);
  const chain = way?.hops ?? hops;
  return {
    path: file.path,
    line: entry.line,
    column: null,
    subject,
    ordinal: 0,
    message,
    ...(purl === null ? {} : { package: purl }),
    ...(chain.length > 1 ? { chain } : {}),
  };
}

/** `npm:pg 8.11.0`, and from where, if it comes from an address of its own. */
export function entryText(entry: DependencyEntry): string {
  const { source } = entry;
  const from = source.type === 'git' || source.type === 'url' ? ` from ${shownUrl(source.url)}` : '';
  return `${packageRef(entry)}${versionText(entry)}${from}`;
}

/** One violation for all entries of a file that are the same to the rule. */
export function gathered(violations: Iterable<Violation>): readonly Violation[] {
  const groups = new Map<string, { readonly first: Violation; readonly sites: Site[] }>();
  for (const violation of violations) {
    const key = JSON.stringify([violation.path, violation.subject]);
    const group = groups.get(key) ?? { first: violation, sites: [] };
    groups.set(key, group);
    if (violation.line !== null) group.sites.push({ line: violation.line, column: 1 });
  }
  return [...groups.values()].map(({ first, sites }) => (sites.length > 1 ? { ...first, sites } : first));
}

type Site = { readonly line: number; readonly column: number };
