import semver from 'semver';
import type { DependencySource } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import { JsoncMap, type JsoncPair, type JsoncValue } from './jsonc-tree.js';
import { archiveSource, realName, splitDescriptor } from './lock-entry.js';
import { within } from './paths.js';
import { npmSpecifier } from './specifier.js';

export const REMEDY = 'Write the lock file anew with `bun install`.';

/** One of `packages`: where it lies in node_modules → what lies there. */
export interface BunPackage {
  /** `a`, `@scope/b`, `a/@scope/b`: names of packages, each below the one before. */
  readonly key: string;
  readonly line: number;
  readonly name: string;
  readonly version: string | null;
  readonly source: DependencySource;
  readonly integrity: readonly string[];
  /** What its own manifest says: dependencies and such. */
  readonly info: JsoncMap;
}

/** `["name@1.0.0", "registry", {info}, "sha512-…"]`, with fewer parts for what comes from elsewhere. */
export function bunPackage({ key, line, value }: JsoncPair, folder: string): BunPackage {
  const parts = Array.isArray(value) ? (value as readonly JsoncValue[]) : [];
  const [resolution] = parts;
  if (typeof resolution !== 'string' || resolution.indexOf('@', 1) === -1)
    throw new ManifestError(`packages: ${key} is no package`, line, REMEDY);
  const { called: name, range: place } = splitDescriptor(resolution);
  const texts = parts.slice(1).filter(part => typeof part === 'string');
  const version = semver.valid(place);
  const info = parts.find(part => part instanceof JsoncMap);
  const source = version === null ? placed(name, place, folder) : registry(texts[0]);
  return {
    key,
    line,
    name: realName(name, source),
    version: version === null ? null : place,
    source,
    // Of a repository, the text before is a mark of Bun's own.
    integrity: texts.filter(text => /^(?:md5|sha\d+)-/.test(text)),
    info: info instanceof JsoncMap ? info : new JsoncMap(),
  };
}

/** Empty: the registry that Bun takes by itself. */
function registry(url: string | undefined): DependencySource {
  return { type: 'registry', url: url === undefined || url === '' || /^sha\d+-/.test(url) ? null : url };
}

function placed(name: string, place: string, folder: string): DependencySource {
  if (place.startsWith('workspace:')) return { type: 'workspace', path: within(folder, place.slice(10)) };
  if (place.startsWith('root:')) return { type: 'workspace', path: folder };
  if (/^https?:/.test(place)) return archiveSource(place);
  return npmSpecifier(name, place, { folder }).source;
}

/** `a/@scope/b` → `a`, `@scope/b`. */
export function keyNames(key: string): readonly string[] {
  const names: string[] = [];
  const parts = key.split('/');
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] ?? '';
    const next = parts[at + 1];
    if (part.startsWith('@') && next !== undefined) {
      names.push(`${part}/${next}`);
      at++;
    } else names.push(part);
  }
  return names;
}
