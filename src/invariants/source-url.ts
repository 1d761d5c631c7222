import type { DependencyFacts } from '../facts/manifests/dependency-facts.js';
import { canonicalPackage, type DependencyEntry } from '../model/dependency.js';
import { packageRef, type Selected } from './dependency-rule.js';
import { shownUrl } from './shown-url.js';
import { type Fault, type SourceRule, versionRef } from './source-check.js';

/** What an address says about the archive that lies there, as far as its form is one that a registry has. */
interface Shown {
  readonly name: string;
  /** `null`: it doesn't tell. */
  readonly version: string | null;
}

/** `agrees`: a lock file's entry is the package whose archive is fetched for it. */
export function archiveFault(facts: DependencyFacts, { agrees }: SourceRule, each: Selected): Fault | null {
  const { entry, file } = each;
  const { source } = entry;
  if (agrees === undefined || file.role !== 'lock' || entry.role !== 'dependency') return null;
  if ((source.type !== 'registry' && source.type !== 'url') || source.url === null) return null;
  const wrong = disagreement(facts, entry, source.url, source.type === 'url');
  if (wrong === null) return null;
  return {
    ...each,
    subject: `agrees ${versionRef(each)}`,
    wrong: `but what is fetched for it is ${wrong} (${shownUrl(source.url)})`,
  };
}

function disagreement(
  facts: DependencyFacts,
  entry: DependencyEntry,
  url: string,
  isForeign: boolean,
): string | null {
  const segments = segmentsOf(url);
  if (segments === null) return 'at an address that can’t be read';
  const shown = shownBy(entry, segments, isForeign);
  if (shown === null) return null;
  if (shown.name !== entry.name) return `${entry.ecosystem}:${shown.name}`;
  if (shown.version === null || entry.version === null || isSame(facts, entry, shown.version)) return null;
  return `${packageRef(entry)} ${shown.version}`;
}

/** Decoded, `..` worked out; `null`: its escapes are wrong, or hide a `..`. */
function segmentsOf(url: string): readonly string[] | null {
  const address = url.replace(/^[a-z]+\+(?=[a-z]+:)/i, '');
  // Without a scheme it is a place beside the file, as of a folder with archives.
  if (!/^[a-z][a-z0-9+.-]*:/i.test(address)) return (address.split(/[?#]/, 1)[0] ?? '').split('/');
  try {
    const segments = decodeURIComponent(new URL(address).pathname).split('/');
    return segments.includes('..') || segments.includes('.') ? null : segments;
  } catch {
    return null;
  }
}

function shownBy(entry: DependencyEntry, segments: readonly string[], isForeign: boolean): Shown | null {
  const file = segments.at(-1) ?? '';
  switch (entry.ecosystem) {
    case 'npm':
      return npmArchive(segments, file);
    case 'pypi':
      return pythonArchive(entry, file, isForeign);
    case 'cargo':
      return crate(entry, segments, file);
    case 'gem':
      return file.endsWith('.gem') ? byName(entry, file.slice(0, -'.gem'.length)) : null;
    default:
      return null;
  }
}

/** `…/name/-/name-1.0.0.tgz`, `…/@scope/name/-/name-1.0.0.tgz`, or with the scope before the file, too. */
function npmArchive(segments: readonly string[], file: string): Shown | null {
  const mark = segments.lastIndexOf('-');
  const stem = /^(.*)\.(?:tgz|tar\.gz)$/.exec(file)?.[1];
  if (mark < 1 || stem === undefined) return null;
  const plain = segments[mark - 1] ?? '';
  const scope = segments[mark - 2] ?? '';
  const name = scope.startsWith('@') ? `${scope}/${plain}` : plain;
  const before = segments.slice(mark + 1, -1);
  if (before.length > 0 && (before.length > 1 || before[0] !== scope)) return { name: stem, version: null };
  // The file is what is fetched: whatever the folder is called, another name in it is another package's.
  if (!stem.startsWith(`${plain}-`)) return { name: stem, version: null };
  return { name, version: stem.slice(plain.length + 1) };
}

const ARCHIVE = /\.(?:whl|tar\.gz|tgz|zip|tar\.bz2|tar\.xz|egg)$/i;

function pythonArchive(entry: DependencyEntry, file: string, isForeign: boolean): Shown | null {
  const ending = ARCHIVE.exec(file)?.[0].toLowerCase();
  if (ending === undefined) return null;
  const stem = file.slice(0, -ending.length);
  const [name = '', version = null] = stem.split('-');
  if (ending === '.whl' || ending === '.egg') return { name: canonicalPackage('pypi', name), version };
  // An address that somebody chose may call a source archive as it likes: `v1.0.zip`.
  if (isForeign) return null;
  // `foo-bar-1.0`: nothing but the name that is expected tells where it ends.
  for (let dash = stem.indexOf('-'); dash !== -1; dash = stem.indexOf('-', dash + 1))
    if (canonicalPackage('pypi', stem.slice(0, dash)) === entry.name)
      return { name: entry.name, version: stem.slice(dash + 1) };
  return { name: canonicalPackage('pypi', stem), version: null };
}

/** `…/name/1.0.0/download`, `…/name-1.0.0.crate`. */
function crate(entry: DependencyEntry, segments: readonly string[], file: string): Shown | null {
  if (file.endsWith('.crate')) return byName(entry, file.slice(0, -'.crate'.length));
  if (file !== 'download' || segments.length < 3) return null;
  return { name: canonicalPackage('cargo', segments.at(-3) ?? ''), version: segments.at(-2) ?? null };
}

/** `name-1.0.0`, and for gems perhaps `-x86_64-linux` behind it. */
function byName({ ecosystem, name, version }: DependencyEntry, stem: string): Shown {
  const plain = canonicalPackage(ecosystem, stem);
  if (!plain.startsWith(`${name}-`) || !/^\d/.test(plain.slice(name.length + 1)))
    return { name: plain, version: null };
  const rest = stem.slice(name.length + 1);
  const isPlatform = version !== null && rest.startsWith(`${version}-`) && ecosystem === 'gem';
  return { name, version: isPlatform ? version : rest };
}

function isSame(facts: DependencyFacts, { ecosystem, version }: DependencyEntry, shown: string): boolean {
  if (version === null || version === shown) return true;
  // Build metadata is left out of file names, or written otherwise.
  const plain = (text: string): string => text.split('+', 1)[0] ?? text;
  if (ecosystem === 'pypi')
    return facts.satisfies('pypi', shown.replaceAll('_', '+'), `==${version}`) === true;
  return ecosystem !== 'gem' && plain(version) === plain(shown);
}
