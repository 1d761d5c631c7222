import type { DependencyFacts } from '../facts/manifests/dependency-facts.js';
import { isVendored } from '../facts/manifests/names.js';
import { canonicalPackage, type DependencyEntry, type DependencyFile } from '../model/dependency.js';
import { answeredName } from './answered-name.js';
import { packageRef, type Selected, type Selection, selected } from './dependency-rule.js';

/** What the package is called where it is asked for: npm's alias, Cargo's rename, else its own name. */
export function calledName({ alias, name }: DependencyEntry): string {
  return alias ?? name;
}

const ARCHIVE = /\.(?:tgz|tar|gz|bz2|xz|zip|whl|gem|nupkg|crate|jar|phar)$/i;

/**
 * A package of this repository: a member of its workspace, or a folder of it. An archive that lies in the tree, or a
 * copy below `vendor/`, is other people's.
 */
export function isOurs(facts: DependencyFacts, { source, ecosystem, name }: DependencyEntry): boolean {
  if (source.type !== 'workspace' && source.type !== 'path') return false;
  if (source.path !== null) return !isVendored(`${source.path}/`) && !ARCHIVE.test(source.path);
  return source.type === 'workspace' && isProject(facts, ecosystem, name);
}

function isProject(facts: DependencyFacts, ecosystem: DependencyEntry['ecosystem'], name: string): boolean {
  return facts.files.some(
    ({ role, project, ecosystem: of }) =>
      role === 'manifest' &&
      of === ecosystem &&
      project.name !== null &&
      canonicalPackage(of, project.name) === name,
  );
}

/** A redirect that answers for a package by that very package: another version, a patch. It brings in nothing. */
export function answersItself(entry: DependencyEntry): boolean {
  return entry.role === 'redirect' && answeredName(entry) === entry.name;
}

/**
 * The entries of a selection. Where a file doesn't tell what is wanted directly, the manifests do: what none of them
 * asks for and a lock file holds is brought in by others.
 */
export function* chosen(facts: DependencyFacts, selection: Selection): IterableIterator<Selected> {
  const asked = new Map<DependencyFile, ReadonlySet<string> | null>();
  let tree: Known | null = null;
  for (const each of selected(facts, selection)) {
    const { file, entry } = each;
    if (entry.direct !== null || selection.depth !== 'direct') yield each;
    else if (file.role === 'lock') {
      let names = asked.get(file);
      if (names === undefined) {
        names = askedBy(facts.manifestsOf(file));
        asked.set(file, names);
      }
      // A lock file without any manifest stands for itself.
      if (names === null || names.has(packageRef(entry))) yield each;
    } else {
      tree ??= known(facts);
      if (tree.asked.has(packageRef(entry)) || !tree.held.has(packageRef(entry))) yield each;
    }
  }
}

function askedBy(manifests: readonly DependencyFile[]): ReadonlySet<string> | null {
  if (manifests.length === 0) return null;
  return new Set(
    manifests.flatMap(({ entries }) => entries.filter(({ role }) => role === 'dependency').map(packageRef)),
  );
}

interface Known {
  /** By some manifest, directly. */
  readonly asked: ReadonlySet<string>;
  /** By some lock file, or by a manifest that lists what others bring in. */
  readonly held: ReadonlySet<string>;
}

function known(facts: DependencyFacts): Known {
  const asked = new Set<string>();
  const held = new Set<string>();
  for (const { role, entries } of facts.files)
    for (const entry of entries) {
      if (entry.role !== 'dependency') continue;
      if (role === 'lock' || entry.direct === false) held.add(packageRef(entry));
      else if (role === 'manifest') asked.add(packageRef(entry));
    }
  return { asked, held };
}

/**
 * Without the lock file's entries of what a manifest among them is told for: one package, one finding.
 * @param nameOf what is told: two of the same name are the same
 */
export function withoutTold<Each extends Selected>(
  facts: DependencyFacts,
  found: readonly Each[],
  nameOf: (each: Each) => string,
): readonly Each[] {
  const keyOf = (path: string, each: Each): string => `${path}\0${nameOf(each)}`;
  const told = new Set(
    found.flatMap(each => (each.file.role === 'manifest' ? [keyOf(each.file.path, each)] : [])),
  );
  if (told.size === 0) return found;
  return found.filter(each => {
    const { file, entry } = each;
    if (file.role !== 'lock' || entry.direct === false) return true;
    return !facts.manifestsOf(file).some(({ path }) => told.has(keyOf(path, each)));
  });
}

/** Wanted, as the lock file says itself, and not there: only other platforms than its own have it. */
export function isAbsent(lock: DependencyFile, { name }: DependencyEntry): boolean {
  return lock.exports?.['absent']?.split(' ').includes(name) === true;
}
