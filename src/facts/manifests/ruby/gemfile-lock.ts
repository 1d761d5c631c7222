import type { DependencySource } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { conflictLine } from '../lines.js';
import { EntryList, pathFrom } from '../syntax/entries.js';

const REMEDY = 'write it anew with `bundle lock`';
const SOURCES: ReadonlySet<string> = new Set(['GIT', 'GEM', 'PATH', 'PLUGIN SOURCE']);
const OTHERS: ReadonlySet<string> = new Set([
  'PLATFORMS',
  'DEPENDENCIES',
  'RUBY VERSION',
  'BUNDLED WITH',
  'CHECKSUMS',
]);

interface Spec {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly line: number;
  readonly section: string;
  readonly options: readonly (readonly [string, string])[];
  readonly requires: string[];
}

/** Gemfile.lock, in the sections that Bundler writes. */
export const gemfileLock: ManifestFormat = {
  parse(path, text) {
    const conflict = conflictLine(text);
    if (conflict !== null) throw new ManifestError('it holds conflict markers', conflict, 'finish the merge');
    const { specs, wanted, checksums } = read(text);
    const byName = new Map<string, string[]>();
    for (const { id, name } of specs) {
      const ids = byName.get(name);
      if (ids === undefined) byName.set(name, [id]);
      else ids.push(id);
    }
    const idsOf = (names: readonly string[]): string[] => names.flatMap(name => byName.get(name) ?? []);
    const list = new EntryList('gem');
    const direct = new Set(wanted);
    for (const { id, name, version, line, section, options, requires } of specs)
      list.add({
        id,
        name,
        version,
        direct: direct.has(name),
        source: sourceOf(section, options, folderOf(path)),
        integrity: checksums.get(id) ?? [],
        line,
        requires: idsOf([...new Set(requires)]),
      });
    // Wanted, and on none of the platforms that were locked.
    const absent = [...direct].filter(name => !byName.has(name));
    return {
      path,
      ...(absent.length > 0 ? { exports: { absent: absent.join(' ') } } : {}),
      format: 'gemfile-lock',
      ecosystem: 'gem',
      role: 'lock',
      project: { name: null, version: null, license: null },
      entries: list.entries,
      roots: { [folderOf(path)]: idsOf(wanted) },
      includes: [],
    };
  },
};

interface Read {
  readonly specs: readonly Spec[];
  readonly wanted: readonly string[];
  readonly checksums: ReadonlyMap<string, readonly string[]>;
}

function read(text: string): Read {
  const specs: Spec[] = [];
  const wanted: string[] = [];
  const checksums = new Map<string, readonly string[]>();
  const sections = new Set<string>();
  let section = '';
  let options: (readonly [string, string])[] = [];
  let isBelow = false;
  let number = 0;
  for (const raw of text.split('\n')) {
    number++;
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const plain = line.trimStart();
    const indent = line.length - plain.length;
    if (plain === '') continue;
    if (indent === 0) {
      section = plain.trimEnd();
      if (!SOURCES.has(section) && !OTHERS.has(section))
        throw new ManifestError(
          `a section that lintel does not know: ${section.slice(0, 40)}`,
          number,
          REMEDY,
        );
      sections.add(section);
      options = [];
      isBelow = false;
    } else if (SOURCES.has(section)) {
      if (indent === 2 && plain === 'specs:') isBelow = true;
      else if (indent === 2 && !isBelow) options.push(optionOf(plain, number));
      else if (indent === 4 && isBelow) specs.push(specOf(plain, number, section, options));
      else if (indent === 6 && isBelow) specs.at(-1)?.requires.push(nameOf(plain, number).name);
      else throw new ManifestError('a line that Bundler would not write', number, REMEDY);
    } else if (section === 'DEPENDENCIES') wanted.push(nameOf(plain.replace(/!$/, ''), number).name);
    else if (section === 'CHECKSUMS') {
      const { id, rest } = checksumOf(plain, number);
      if (rest !== '') checksums.set(id, rest.split(','));
    } else if (section === '') throw new ManifestError('a line before any section', number, REMEDY);
  }
  // Bundler writes both, always, and DEPENDENCIES behind all sources.
  if (!sections.has('DEPENDENCIES') || !sections.has('PLATFORMS'))
    throw new ManifestError('it has no DEPENDENCIES or PLATFORMS: the file is cut off', number, REMEDY);
  return { specs, wanted, checksums };
}

function optionOf(plain: string, line: number): readonly [string, string] {
  const at = plain.indexOf(': ');
  if (at === -1 && !plain.endsWith(':'))
    throw new ManifestError('a line that Bundler would not write', line, REMEDY);
  return at === -1 ? [plain.slice(0, -1), ''] : [plain.slice(0, at), plain.slice(at + 2).trim()];
}

/** `name (1.0)`, `name (>= 1, < 2)`, `name`. */
function nameOf(
  plain: string,
  line: number,
): { readonly name: string; readonly inside: string | null; readonly end: number } {
  const open = plain.indexOf(' (');
  if (open === -1) {
    const name = plain.trimEnd();
    if (name === '' || /[\s()]/.test(name))
      throw new ManifestError('a line that Bundler would not write', line, REMEDY);
    return { name, inside: null, end: plain.length };
  }
  const close = plain.indexOf(')', open);
  if (close === -1) throw new ManifestError('a line that is cut off', line, REMEDY);
  return { name: plain.slice(0, open), inside: plain.slice(open + 2, close), end: close + 1 };
}

function specOf(
  plain: string,
  line: number,
  section: string,
  options: readonly (readonly [string, string])[],
): Spec {
  const { name, inside } = nameOf(plain, line);
  if (inside === null || inside === '') throw new ManifestError(`${name} has no version`, line, REMEDY);
  const at = inside.indexOf('-');
  const version = at === -1 ? inside : inside.slice(0, at);
  return { id: `${name}@${inside}`, name, version, line, section, options, requires: [] };
}

function checksumOf(plain: string, line: number): { readonly id: string; readonly rest: string } {
  const { name, inside, end } = nameOf(plain, line);
  return { id: `${name}@${inside ?? ''}`, rest: plain.slice(end).trim() };
}

function sourceOf(
  section: string,
  options: readonly (readonly [string, string])[],
  folder: string,
): DependencySource {
  const option = (name: string): string | null => options.find(([key]) => key === name)?.[1] ?? null;
  const remotes = options.filter(([key]) => key === 'remote').map(([, value]) => value);
  const [remote = ''] = remotes;
  if (section === 'GIT') return { type: 'git', url: remote, revision: option('revision') ?? option('ref') };
  if (section === 'PATH') return { type: 'path', path: pathFrom(folder, remote), written: remote };
  if (section === 'PLUGIN SOURCE') return { type: 'url', url: remote };
  // Older lock files name several registries for all: which one a gem comes from they don't tell.
  return { type: 'registry', url: remotes.length === 0 ? null : remotes.join(' ') };
}
