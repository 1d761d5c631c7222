import type { DependencyFacts } from '../facts/manifests/dependency-facts.js';
import type { DependencyEntry, DependencyFile } from '../model/dependency.js';
import type { FileChange } from '../model/tree.js';
import { fileBefore } from './dependency-change.js';
import { packageRef, type Selected } from './dependency-rule.js';
import { type Fault, judged, type SourceRule, versionRef } from './source-check.js';

/** Formats that have no place for it. */
const WITHOUT = new Set(['gradle-lock']);

/** `integrity: required`: an entry of a lock file that is fetched tells by what it is known. */
export function integrityFault({ integrity }: SourceRule, each: Selected): Fault | null {
  if (integrity === undefined || each.entry.integrity.length > 0 || !carriesIntegrity(each)) return null;
  return {
    ...each,
    subject: `integrity ${versionRef(each)}`,
    wrong: 'which has no integrity: a digest of what is fetched is expected',
  };
}

function carriesIntegrity({ file, entry }: Selected): boolean {
  if (file.role !== 'lock' || entry.role !== 'dependency' || WITHOUT.has(file.format)) return false;
  const { source } = entry;
  // What is bundled comes in the archive of another entry, which has one.
  if (entry.bundled || (source.type !== 'registry' && source.type !== 'url')) return false;
  // Yarn 2 and later (ids are its locators) has none of optional packages, which may be for other platforms.
  if (file.format === 'yarn-lock' && /@(?:npm|patch):/.test(entry.id) && optionalIds(file).has(entry.id))
    return false;
  // Composer's metapackages: there is nothing to fetch.
  return entry.ecosystem !== 'composer' || source.url !== null;
}

const optionals = new WeakMap<DependencyFile, ReadonlySet<string>>();

/** Entries of a yarn.lock that others want optionally: the file hands them on as `optional:` and who wants them. */
function optionalIds(file: DependencyFile): ReadonlySet<string> {
  let ids = optionals.get(file);
  if (ids === undefined) {
    const lists = Object.entries(file.exports ?? {}).filter(([key]) => key.startsWith('optional:'));
    ids = new Set(lists.flatMap(([, list]) => list.split('\n')));
    optionals.set(file, ids);
  }
  return ids;
}

/**
 * The change rule of `integrity`: the same version in the same lock file stays the same bytes. Fewer digests are no
 * change (a file that is not used any more), nor is one of a kind that there was none of beside one that is kept (a
 * better algorithm, Go's digest of an archive beside that of its go.mod).
 */
export function* changedIntegrity(
  rule: SourceRule,
  base: DependencyFacts,
  head: DependencyFacts,
  changes: readonly FileChange[],
): IterableIterator<Fault> {
  const changed = new Set<string>(changes.map(({ path }) => path));
  const locks = new Map<DependencyFile, Compared | null>();
  for (const each of judged(head, rule)) {
    const { file, entry } = each;
    if (file.role !== 'lock' || entry.role !== 'dependency' || entry.version === null) continue;
    if (!changed.has(file.path) || isBranch(entry)) continue;
    let compared = locks.get(file);
    if (compared === undefined) {
      compared = comparedWith(fileBefore(base, file, changes), file);
      locks.set(file, compared);
      if (compared === 'unreadable')
        yield {
          ...each,
          subject: 'integrity',
          wrong: 'and the base’s lock file can’t be read: what changed can’t be told',
        };
    }
    if (compared === null || compared === 'unreadable') continue;
    if (!compared.names.has(entry.name)) continue;
    const key = keyOf(entry);
    const old = compared.before.get(key);
    const now = compared.now.get(key) ?? NONE;
    if (old === undefined || old.size === 0) continue;
    // That there is none is told by `integrityFault` where it should be there.
    if (now.size === 0 && carriesIntegrity(each)) continue;
    if (compared.isSameFormat ? isSame(old, now) : isLike(old, now)) continue;
    const wrong = `which the base has with the integrity ${shown(old)}, and now with ${shown(now)}: the same version must stay the same`;
    yield { ...each, subject: `integrity ${versionRef(each)}`, wrong };
  }
}

/** Composer's `dev-main` and `2.x-dev`: what they stand for moves on. */
function isBranch({ ecosystem, version }: DependencyEntry): boolean {
  return ecosystem === 'composer' && version !== null && /^dev-|-dev$/i.test(version);
}

type Digests = ReadonlyMap<string, ReadonlySet<string>>;
type Compared =
  | 'unreadable'
  | {
      /** Of packages that may not be what they were. */
      readonly names: ReadonlySet<string>;
      readonly before: Digests;
      readonly now: Digests;
      readonly isSameFormat: boolean;
    };
const NONE: ReadonlySet<string> = new Set();

function comparedWith(before: DependencyFile | 'unreadable' | null, now: DependencyFile): Compared | null {
  if (before === null || before === 'unreadable') return before;
  const names = new Set<string>();
  // What a reader took over from one state of a file to another are the same objects, in the same places.
  for (let at = 0; at < Math.max(before.entries.length, now.entries.length); at++) {
    const [old, fresh] = [before.entries[at], now.entries[at]];
    if (old === fresh) continue;
    for (const entry of [old, fresh]) if (entry !== undefined) names.add(entry.name);
  }
  return {
    names,
    before: digestsOf(before, names),
    now: digestsOf(now, names),
    isSameFormat: before.format === now.format,
  };
}

/** Of each version: of all its entries, for one may be installed in many places. */
function digestsOf({ entries }: DependencyFile, names: ReadonlySet<string>): Digests {
  const found = new Map<string, Set<string>>();
  for (const entry of entries) {
    if (!names.has(entry.name) || entry.role !== 'dependency' || entry.version === null) continue;
    const key = keyOf(entry);
    const set = found.get(key);
    if (set === undefined) found.set(key, new Set(entry.integrity));
    else for (const digest of entry.integrity) set.add(digest);
  }
  return found;
}

function keyOf(entry: DependencyEntry): string {
  return `${packageRef(entry)}@${entry.version}`;
}

function isSame(old: ReadonlySet<string>, now: ReadonlySet<string>): boolean {
  const fresh = [...now].filter(digest => !old.has(digest));
  if (fresh.length === 0) return now.size > 0;
  if (fresh.length === now.size) return false;
  const kinds = new Set([...old].map(kindOf));
  return fresh.every(digest => !kinds.has(kindOf(digest)));
}

/** Another package manager lists other files, by other algorithms: of each that both have one must be the same. */
function isLike(old: ReadonlySet<string>, now: ReadonlySet<string>): boolean {
  const kept = new Set([...now].filter(digest => old.has(digest)).map(kindOf));
  const kinds = new Set([...old].map(kindOf));
  return [...now].map(kindOf).every(kind => kept.has(kind) || !kinds.has(kind));
}

/** `sha512-…` → sha512, `h1:…` → h1, `/go.mod h1:…` → /go.mod h1; else one kind for all. */
function kindOf(digest: string): string {
  return /^(?:\S{1,16} )?[A-Za-z0-9]{1,12}(?=[-:=])/.exec(digest)?.[0] ?? '';
}

function shown(digests: ReadonlySet<string>): string {
  const [first, ...more] = digests;
  if (first === undefined) return 'none';
  return more.length === 0 ? first : `${first} (and ${more.length} more)`;
}
