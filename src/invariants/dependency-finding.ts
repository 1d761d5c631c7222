import { type DependencyFacts, folderOf } from '../facts/manifests/dependency-facts.js';
import type { DependencyEntry, DependencyFile } from '../model/dependency.js';
import { packageRef, type Selected, versionText } from './dependency-rule.js';
import type { Violation } from './kind.js';

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

/** The package that a violation is about, as the field names it. */
export function packageOf(facts: DependencyFacts, entry: DependencyEntry): Pick<Violation, 'package'> {
  const purl = facts.purl(entry);
  return purl === null ? {} : { package: purl };
}

/** One violation for all entries of a file that are the same to the rule. */
export function gathered(violations: Iterable<Violation>): readonly Violation[] {
  const found = new Map<string, Violation>();
  for (const violation of violations) {
    const key = JSON.stringify([violation.path, violation.subject]);
    const known = found.get(key);
    const sites = [...(known?.sites ?? []), ...siteOf(violation)];
    found.set(key, { ...(known ?? violation), ...(sites.length > 1 ? { sites } : {}) });
    if (known !== undefined && known.sites === undefined)
      found.set(key, { ...known, sites: [...siteOf(known), ...siteOf(violation)] });
  }
  return [...found.values()];
}

function siteOf({ line }: Violation): readonly { readonly line: number; readonly column: number }[] {
  return line === null ? [] : [{ line, column: 1 }];
}
