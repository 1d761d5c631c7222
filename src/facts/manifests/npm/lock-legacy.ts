import type { DependencyEntry } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import { JsonScanner, Unusual } from './json-scanner.js';
import { isObject, type JsonObject, type KeyLines, keyLines } from './json-text.js';
import { digestsOf, scopeOf, textOf } from './lock-fields.js';
import { npmSpecifier } from './specifier.js';

export interface LegacyPlace {
  readonly id: string;
  readonly name: string;
  readonly node: JsonObject;
}

interface Place extends LegacyPlace {
  readonly line: number;
  readonly parent: Place | null;
  children: Map<string, Place> | null;
}

/** Deeper than any tree of npm. */
const MAX_DEPTH = 200;

/** Visits the nested `dependencies`, each package before those in it. */
function visit(
  place: Place,
  depth: number,
  lineOf: (place: Place, name: string) => number,
  found: Place[],
): void {
  const nested = place.node.dependencies;
  if (nested === undefined) return;
  if (!isObject(nested)) throw new ManifestError('"dependencies" is not an object', place.line);
  if (depth > MAX_DEPTH) throw new ManifestError('The lock file is nested too deeply', place.line);
  const base = linkTarget(place) ?? place.id;
  for (const name of Object.keys(nested)) {
    const node = nested[name];
    const line = lineOf(place, name);
    if (!isObject(node)) throw new ManifestError(`"${name}" of the lock file is not an object`, line);
    const id = `${base === '' ? '' : `${base}/`}node_modules/${name}`;
    const child: Place = { id, name, node, line, parent: place, children: null };
    place.children ??= new Map();
    place.children.set(name, child);
    found.push(child);
    visit(child, depth + 1, lineOf, found);
  }
}

function placesOf(lock: JsonObject, lineOf: (place: Place, name: string) => number): Place[] {
  const found: Place[] = [];
  visit({ id: '', name: '', node: lock, line: 1, parent: null, children: null }, 0, lineOf, found);
  return found;
}

/** The places with their lines, if the text has them in the order in which the parsed object does. */
function quickPlaces(lock: JsonObject, text: string): Place[] | null {
  const lines = legacyLines(text);
  if (lines === null) return null;
  let index = 0;
  const places = placesOf(lock, () => lines[index++] ?? 1);
  return index === lines.length ? places : null;
}

function slowPlaces(lock: JsonObject, text: string): Place[] {
  // dependencies → name → dependencies → name …
  const top = keyLines(text, path => path.length % 2 === 0 || path[path.length - 1] === 'dependencies');
  const keysOf = (place: Place): KeyLines | undefined => {
    const own = place.parent === null ? top : keysOf(place.parent)?.keys?.get(place.name);
    return own?.keys?.get('dependencies');
  };
  return placesOf(lock, (place, name) => keysOf(place)?.keys?.get(name)?.line ?? place.line);
}

/**
 * Entries of the nested `dependencies` that versions 1 and 2 have. Ids are places (`node_modules/a/node_modules/b`),
 * as version 3 names them. `direct` is open: the format doesn't tell.
 */
export function legacyEntries(lock: JsonObject, folder: string, text: string): DependencyEntry[] {
  const ids = new Set<string>();
  const entries: DependencyEntry[] = [];
  for (const place of quickPlaces(lock, text) ?? slowPlaces(lock, text)) {
    // One folder, linked twice.
    if (ids.has(place.id)) continue;
    ids.add(place.id);
    entries.push(entryOf(place, folder));
  }
  return entries;
}

/** Places (ids) of the nested `dependencies`, with what they say of name, version and address. */
export function legacyPlaces(lock: JsonObject): readonly LegacyPlace[] {
  return placesOf(lock, () => 1);
}

/** The lines of the names in the nested `dependencies`, as they stand; `null`: see `slowPlaces`. */
function legacyLines(text: string): number[] | null {
  const scanner = new JsonScanner(text);
  const lines: number[] = [];
  try {
    fields(scanner, lines);
  } catch (error) {
    if (error instanceof Unusual) return null;
    throw error;
  }
  return lines;
}

function fields(scanner: JsonScanner, lines: number[]): void {
  scanner.open();
  for (let first = true; scanner.key(first); first = false) {
    if (scanner.read() !== 'dependencies') scanner.skip(0);
    else {
      scanner.open();
      for (let start = true; scanner.key(start); start = false) {
        const digit = scanner.text.charCodeAt(scanner.start);
        // Objects put numbers first.
        if (digit >= 48 && digit <= 57) throw new Unusual();
        lines.push(scanner.line);
        fields(scanner, lines);
      }
    }
  }
}

/** What stands below a link lies in the folder that it leads to. */
function linkTarget(place: Place): string | null {
  const version = place.node.version;
  if (typeof version !== 'string' || !version.startsWith('file:') || /\.(?:tgz|tar\.gz|tar)$/.test(version))
    return null;
  return version.slice('file:'.length);
}

function entryOf(place: Place, folder: string): DependencyEntry {
  const { node, line } = place;
  const written = textOf(node, 'version', line);
  const resolved = textOf(node, 'resolved', line);
  // Nothing but digits and letters: the usual version, for which no specifier need be read.
  const plain = written === null || /^\d[\w.+-]*$/.test(written);
  const spec = plain
    ? { name: place.name, version: written, source: { type: 'registry' as const, url: resolved } }
    : npmSpecifier(place.name, written, { folder });
  const source = spec.source.type === 'registry' ? { type: 'registry' as const, url: resolved } : spec.source;
  return {
    id: place.id,
    role: 'dependency',
    ecosystem: 'npm',
    name: spec.name,
    ...(spec.name === place.name ? {} : { alias: place.name }),
    version: spec.version,
    range: null,
    scope: scopeOf(node),
    direct: null,
    source,
    integrity: digestsOf(textOf(node, 'integrity', line)),
    ...(node.bundled === true ? { bundled: true as const } : {}),
    line,
    requires: requiresOf(place),
  };
}

function requiresOf(place: Place): string[] {
  const { requires } = place.node;
  if (requires === undefined || typeof requires === 'boolean') return [];
  if (!isObject(requires)) throw new ManifestError(`"requires" of ${place.id} is not an object`, place.line);
  const ids: string[] = [];
  for (const name of Object.keys(requires)) {
    for (let at: Place | null = place; at !== null; at = at.parent) {
      const found = at.children?.get(name);
      if (found === undefined) continue;
      ids.push(found.id);
      break;
    }
  }
  return ids;
}
