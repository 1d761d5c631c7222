import type { DependencyFacts } from '../facts/manifests/dependency-facts.js';
import { folderOf } from '../facts/resolve/paths.js';
import type { DependencyEntry, DependencyFile, DependencySource } from '../model/dependency.js';
import { answersFor } from './answered-name.js';
import { calledName, isAbsent, isOurs } from './dependency-entries.js';
import { entryText } from './dependency-finding.js';
import { packageRef, versionText } from './dependency-rule.js';
import { writtenRange } from './written-range.js';

/** What a lock file says otherwise than the manifest. */
export interface Disagreement {
  readonly subject: string;
  /** Of the manifest; `null`: it is no longer there. */
  readonly line: number | null;
  /** `package-lock.json has no npm:pg, …` */
  readonly message: string;
}

export interface Compared {
  readonly facts: DependencyFacts;
  readonly manifest: DependencyFile;
  /** As it was; `null`: it was not, or it can't be told. */
  readonly before: DependencyFile | null;
  /** Does the change touch the file? */
  touches(path: string): boolean;
}

/** Dependencies that a lock file must settle: its project's own packages and those of peers are none. */
export function lockedDependencies(
  facts: DependencyFacts,
  { entries, ecosystem }: DependencyFile,
): readonly DependencyEntry[] {
  return entries.filter(
    entry =>
      entry.role === 'dependency' &&
      entry.direct !== false &&
      entry.scope !== 'peer' &&
      // What builds a Python project is installed apart from it; Bundler doesn't lock itself as a gem.
      !(ecosystem === 'pypi' && entry.scope === 'build') &&
      !(ecosystem === 'gem' && entry.name === 'bundler') &&
      entry.source.type !== 'path' &&
      entry.source.type !== 'workspace' &&
      !isOurs(facts, entry),
  );
}

/** What of an entry calls for a new lock file when it changes. */
export function entryKey({ name, alias, range, source }: DependencyEntry): string {
  return JSON.stringify([name, alias ?? null, range, source]);
}

export function disagreements(compared: Compared, lock: DependencyFile): readonly Disagreement[] {
  const { facts, manifest, before } = compared;
  const folder = folderOf(manifest.path);
  const roots = Object.hasOwn(lock.roots, folder) ? lock.roots[folder] : undefined;
  const isNew = Object.keys(lock.roots).length > 0 && roots === undefined;
  const known = new Set(before?.entries.map(entryKey) ?? []);
  const redirects = redirectsOf(facts, manifest, lock);
  const found: Disagreement[] = [];
  for (const entry of lockedDependencies(facts, manifest)) {
    const wanted = [entry, ...redirects.filter(each => answersFor(each, entry))];
    if (wanted.some(({ role, source }) => role === 'redirect' && source.type === 'path')) continue;
    const all = wanted.flatMap(want =>
      lock.entries
        .filter(each => each.role === 'dependency' && isSame(each, want))
        .map(held => ({ want, held })),
    );
    const direct = all.filter(({ held }) => roots?.includes(held.id) === true);
    const candidates = direct.length > 0 || (roots !== undefined && isAlone(facts, manifest)) ? direct : all;
    if (candidates.length === 0) {
      if (entry.scope !== 'optional' && !isAbsent(lock, entry))
        found.push(missing(entry, lock, manifest, isNew));
      continue;
    }
    const answers = candidates.map(({ want, held }) => settles(facts, want, held));
    if (answers.includes(true)) continue;
    // What can't be compared is right where the package manager has been asked since.
    if (answers.includes(null) && (compared.touches(lock.path) || known.has(entryKey(entry)))) continue;
    const held = candidates.map(each => versionText(each.held).trim() || 'another source').join(', ');
    found.push({
      subject: packageRef(entry),
      line: entry.line,
      message: answers.includes(null)
        ? `${lock.path}, which this change leaves as it is, can’t be shown to hold what ${manifest.path} now asks for: ${entryText(entry)} (it has ${held})`
        : `${manifest.path} asks for ${entryText(entry)} and ${lock.path} holds ${held}`,
    });
  }
  return [...found, ...leftOver(compared, lock, roots ?? [])];
}

function missing(
  entry: DependencyEntry,
  lock: DependencyFile,
  manifest: DependencyFile,
  isNew: boolean,
): Disagreement {
  const why = isNew ? `does not know the project ${folderOf(manifest.path)}` : 'does not hold it';
  return {
    subject: packageRef(entry),
    line: entry.line,
    message: `${manifest.path} asks for ${entryText(entry)} and ${lock.path} ${why}`,
  };
}

/** Redirects of the manifest itself and of those that the lock file lies beside: a workspace's root speaks for all. */
function redirectsOf(
  facts: DependencyFacts,
  manifest: DependencyFile,
  lock: DependencyFile,
): readonly DependencyEntry[] {
  const folder = folderOf(lock.path);
  const files = facts.files.filter(
    ({ role, ecosystem, path }) =>
      role === 'manifest' &&
      ecosystem === lock.ecosystem &&
      (path === manifest.path || folderOf(path) === folder),
  );
  return files.flatMap(({ entries }) => entries.filter(({ role }) => role === 'redirect'));
}

function isSame(held: DependencyEntry, want: DependencyEntry): boolean {
  return held.name === want.name && held.ecosystem === want.ecosystem;
}

/** Is it the only manifest of its folder? Else what the lock file says of the folder may be another one's. */
function isAlone(facts: DependencyFacts, manifest: DependencyFile): boolean {
  // One that wants nothing is no other's: a setup.cfg for tools, beside a pyproject.toml.
  return siblings(facts, manifest).every(each => each.path === manifest.path || each.entries.length === 0);
}

function siblings(facts: DependencyFacts, manifest: DependencyFile): readonly DependencyFile[] {
  return facts.files.filter(
    ({ role, ecosystem, path }) =>
      role === 'manifest' && ecosystem === manifest.ecosystem && folderOf(path) === folderOf(manifest.path),
  );
}

/** `null`: that can't be told. */
function settles(facts: DependencyFacts, want: DependencyEntry, held: DependencyEntry): boolean | null {
  const { source, range, ecosystem } = want;
  if (isPlace(source) || isPlace(held.source)) return samePlace(source, held.source);
  if (want.version !== null && want.version === held.version) return true;
  if (range === null || range === '' || range === '*') return true;
  const written = writtenRange(ecosystem, range);
  if (held.version === null || written === null) return null;
  return written === '' || facts.satisfies(ecosystem, held.version, written);
}

function isPlace({ type }: DependencySource): boolean {
  return type === 'git' || type === 'url';
}

const COMMIT = /^[0-9a-f]{40}$/;

function samePlace(want: DependencySource, held: DependencySource): boolean | null {
  if (want.type === 'url' && held.type === 'url') return want.url === held.url ? true : null;
  if (want.type !== 'git' || held.type !== 'git' || want.revision === null || held.revision === null)
    return null;
  if (COMMIT.test(want.revision) && COMMIT.test(held.revision))
    return want.revision === held.revision ? (want.url === held.url ? true : null) : false;
  return null;
}

/** What the manifest has dropped and the lock file still holds as wanted by it. */
function leftOver(
  { facts, manifest, before }: Compared,
  lock: DependencyFile,
  roots: readonly string[],
): readonly Disagreement[] {
  if (before === null || roots.length === 0) return [];
  const asked = new Set(
    siblings(facts, manifest).flatMap(({ entries }) =>
      entries.filter(({ role }) => role === 'dependency').flatMap(each => [each.name, calledName(each)]),
    ),
  );
  const dropped = lockedDependencies(facts, before).filter(each => !asked.has(calledName(each)));
  const direct = new Set(roots);
  const held = lock.entries.filter(({ id }) => direct.has(id));
  return dropped
    .filter(gone => held.some(each => isSame(each, gone) && calledName(each) === calledName(gone)))
    .map(gone => ({
      subject: packageRef(gone),
      line: null,
      message: `${manifest.path} no longer asks for ${packageRef(gone)} and ${lock.path} still says that it does`,
    }));
}
