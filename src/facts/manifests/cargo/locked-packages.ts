import { canonicalPackage, type DependencyEntry, type DependencySource } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import { stringIn, type TomlTable } from '../python/toml.js';
import { lockedSource } from './locked-source.js';

interface Locked {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** `null`: one of the repository's own. */
  readonly source: string | null;
  readonly checksum: string | null;
  readonly wants: readonly string[];
  readonly line: number;
}

const CRATES_IO = new Set([
  'registry+https://github.com/rust-lang/crates.io-index',
  'sparse+https://index.crates.io/',
]);
const REMEDY = 'let Cargo write the lock file: cargo generate-lockfile';

/** The packages of a lock file, found by what their dependants write: `name`, `name version`, `name version (source)`. */
export class LockedPackages {
  private readonly packages: Locked[] = [];
  private readonly byName = new Map<string, Locked[]>();
  private readonly ids = new Set<string>();
  /** Nearly all packages have the same: written once. */
  private readonly sources = new Map<string | null, DependencySource>();

  /** @param checksums of the format's first version, kept in a table of their own */
  add(table: TomlTable, line: number, checksums: TomlTable | null): void {
    const [name, version] = [stringIn(table, 'name'), stringIn(table, 'version')];
    if (name === null || version === null)
      throw new ManifestError('a package without name or version', line, `the file looks cut off: ${REMEDY}`);
    const source = textOf(table, 'source', line);
    const same = this.byName.get(name) ?? [];
    if (same.some(other => other.version === version && other.source === source))
      throw new ManifestError(`${name} ${version} is locked twice`, line, REMEDY);
    const metadata = checksums?.[`checksum ${name} ${version} (${source})`];
    const checksum = textOf(table, 'checksum', line) ?? (typeof metadata === 'string' ? metadata : null);
    const locked: Locked = {
      id: this.unique(name, version, source),
      name,
      version,
      source,
      checksum: checksum === '<none>' ? null : checksum,
      wants: wantsOf(table, line),
      line,
    };
    this.packages.push(locked);
    if (same.length === 0) this.byName.set(name, same);
    same.push(locked);
  }

  entries(): readonly DependencyEntry[] {
    const required = new Map(this.packages.map(one => [one, this.requires(one)]));
    const direct = new Set<string>();
    for (const [{ source }, ids] of required) if (source === null) for (const id of ids) direct.add(id);
    return this.packages.map(one => ({
      id: one.id,
      role: 'dependency',
      ecosystem: 'cargo',
      name: canonicalPackage('cargo', one.name),
      version: one.version,
      range: null,
      scope: 'production',
      direct: direct.has(one.id),
      source: this.sourceOf(one),
      integrity: one.checksum === null ? [] : [`sha256-${one.checksum}`],
      line: one.line,
      requires: required.get(one) ?? [],
    }));
  }

  private sourceOf({ source, line }: Locked): DependencySource {
    let known = this.sources.get(source);
    if (known === undefined) {
      known = lockedSource(source, line);
      this.sources.set(source, known);
    }
    return known;
  }

  private requires(one: Locked): readonly string[] {
    return one.wants.map(want => {
      const found = this.find(want);
      if (found === null)
        throw new ManifestError(
          `${one.name} ${one.version} depends on ${want}, which is not locked`,
          one.line,
          `the file looks cut off: ${REMEDY}`,
        );
      return found.id;
    });
  }

  /** Without a source, one of the repository's own is meant, if there is one of the name and version. */
  private find(want: string): Locked | null {
    const alone = this.byName.get(want);
    if (alone?.length === 1) return alone[0] ?? null;
    const [name = '', version, ...rest] = want.split(' ');
    const source = rest.length === 0 ? null : rest.join(' ').replace(/^\(|\)$/g, '');
    const named = (this.byName.get(name) ?? []).filter(
      one => version === undefined || one.version === version,
    );
    // Sources of git are written without the commit where a package depends on them.
    const fitting = source === null ? named : named.filter(one => sameSource(one.source, source));
    if (fitting.length === 1) return fitting[0] ?? null;
    const own = fitting.filter(one => one.source === null);
    return own.length === 1 ? (own[0] ?? null) : null;
  }

  /** Stays the same when another source or version of the name comes or goes. */
  private unique(name: string, version: string, source: string | null): string {
    const place = source === null ? ' (path)' : CRATES_IO.has(source) ? '' : ` (${withoutCommit(source)})`;
    const short = `${name}@${version}${place}`;
    const id = this.ids.has(short) ? `${name}@${version} (${source})` : short;
    this.ids.add(id);
    return id;
  }
}

function sameSource(one: string | null, written: string): boolean {
  if (one === null) return written.startsWith('path+');
  return one === written || withoutCommit(one) === withoutCommit(written);
}

function withoutCommit(source: string): string {
  const hash = source.startsWith('git+') ? source.indexOf('#') : -1;
  return hash === -1 ? source : source.slice(0, hash);
}

function textOf(table: TomlTable, key: string, line: number): string | null {
  const value = table[key];
  if (value === undefined) return null;
  if (typeof value !== 'string') throw new ManifestError(`${key} is no text`, line, REMEDY);
  return value;
}

/** A replaced package (`[replace]`) wants what stands in its place. */
function wantsOf(table: TomlTable, line: number): readonly string[] {
  const wants = table['dependencies'] ?? [];
  if (!Array.isArray(wants) || wants.some(want => typeof want !== 'string'))
    throw new ManifestError('dependencies is no list of names', line, REMEDY);
  const replaced = textOf(table, 'replace', line);
  return replaced === null ? wants : [...wants, replaced];
}
