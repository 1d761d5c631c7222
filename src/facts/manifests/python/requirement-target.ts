import { canonicalPackage, type DependencySource } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import { readRequirement } from './entries.js';
import {
  addressSource,
  fileNameOf,
  fragmentDigests,
  fragmentValue,
  REGISTRY,
  withoutExtras,
} from './sources.js';

/** What one line of a file of requirements asks for. */
export interface Target {
  /** As written; `?` and the text, where it tells no name. */
  readonly name: string;
  readonly range: string | null;
  readonly version: string | null;
  readonly source: DependencySource;
  readonly digests: readonly string[];
}

const IS_URL = /^(?:https?|ftp|file|(?:git|hg|svn|bzr)\+[a-z]+):/i;
const ARCHIVE = /\.(?:whl|zip|tar\.gz|tgz|tar|tar\.bz2|tbz|tar\.xz|txz|tlz|tar\.lz|tar\.lzma)$/i;
/** `name==${VERSION}` still tells its name. */
const NAME_AND_REST = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\]\s*)?([<>=!~].*)$/;
const NAME = /^[A-Za-z0-9][\w.-]*$/;
/** What pip fills in from the environment: its value can't be known. */
const VARIABLE = /\$\{[A-Z0-9_]+\}/;

/**
 * Reads what stands before the options: a PEP 508 requirement, an address, or a path.
 * @param path the file
 * @throws ManifestError: it is none of these
 */
export function requirementTarget(path: string, written: string, line: number): Target {
  const isUrl = IS_URL.test(written);
  // A semicolon that no marker follows pip leaves out.
  const text = /;\s*$/.test(written.slice(-20)) ? written.slice(0, written.lastIndexOf(';')).trim() : written;
  // In an address only `; ` starts a marker, as in pip.
  const mark = text.indexOf(isUrl ? '; ' : ';');
  const place = (mark === -1 ? text : text.slice(0, mark)).trim();
  if (isUrl || isPath(place)) {
    if (mark !== -1) readRequirement(`marked${text.slice(mark)}`, line);
    return addressTarget(path, place);
  }
  try {
    const { name, range, version, url } = readRequirement(trailingExtras(text), line);
    if (url === null) return { name, range, version, source: REGISTRY, digests: [] };
    return { name, range, version, source: addressSource(path, url), digests: fragmentDigests(url) };
  } catch (error) {
    if (!(error instanceof ManifestError) || !VARIABLE.test(text)) throw error;
    const [, name, range] = NAME_AND_REST.exec(place) ?? [];
    return { name: name ?? `?${text}`, range: range ?? null, version: null, source: REGISTRY, digests: [] };
  }
}

/** `-e` takes a folder, or an address of version control (newer pips: `name @ address`, too). */
export function editableTarget(path: string, text: string, line: number): Target {
  const named = /^[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\]\s*)?@\s/.test(text);
  if (named) return requirementTarget(path, text, line);
  const mark = text.indexOf('; ');
  const address = (mark === -1 ? text : text.slice(0, mark)).trim();
  return addressTarget(path, address);
}

/** pip looks whether the file is there; the text alone tells as much where it is no valid requirement. */
function isPath(text: string): boolean {
  if (text.startsWith('.')) return true;
  const at = text.indexOf('@');
  if (at !== -1 && !/[\\/]/.test(text.slice(0, at))) return false;
  return /[\\/]/.test(text) || ARCHIVE.test(withoutExtras(text));
}

function addressTarget(path: string, address: string): Target {
  const file = withoutExtras(fileNameOf(address));
  const egg = fragmentValue(address, 'egg');
  const named = egg === null ? archiveName(file) : null;
  const eggName = egg === null ? null : /^[A-Za-z0-9][\w.-]*/.exec(egg)?.[0];
  const eggVersion = egg === null ? null : (/==\s*([\w.!+-]+)/.exec(egg)?.[1] ?? null);
  return {
    name: eggName ?? named?.name ?? `?${address}`,
    range: null,
    version: eggVersion ?? named?.version ?? null,
    source: addressSource(path, address),
    digests: fragmentDigests(address),
  };
}

/** `name-1.0-py3-none-any.whl`, `name-1.0.tar.gz` → name and version, as every tool names them; `null`: not so. */
export function archiveName(file: string): { name: string; version: string } | null {
  if (!ARCHIVE.test(file)) return null;
  const stem = file.replace(ARCHIVE, '');
  const parts = stem.split('-');
  if (/\.whl$/i.test(file)) {
    const [name, version] = parts;
    return parts.length < 5 || !NAME.test(name ?? '') || version === undefined
      ? null
      : { name: name ?? '', version };
  }
  const dash = stem.lastIndexOf('-');
  const [name, version] = [stem.slice(0, Math.max(0, dash)), stem.slice(dash + 1)];
  return NAME.test(name) && /^v?\d/.test(version) ? { name, version } : null;
}

/** Does an archive of this file name hold the package? Its name must be the whole of what stands before the version. */
export function isArchiveOf(file: string, name: string): boolean {
  if (/\.whl$/i.test(file)) return canonicalPackage('pypi', archiveName(file)?.name ?? '') === name;
  // Old source archives have dashes in their versions, so the name can't be told from the end.
  const canonical = canonicalPackage('pypi', file);
  return canonical.startsWith(`${name}-`) && /^v?\d/.test(canonical.slice(name.length + 1));
}

/** `name>=1.0[extra]`: pip takes extras at the end, too. */
function trailingExtras(text: string): string {
  return text.replace(/^([A-Za-z0-9][\w.-]*\s*[<>=!~][^;@[\]]*)\[[^\]]*\](\s*(?:;.*)?)$/, '$1$2');
}
