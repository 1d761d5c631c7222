import type { DependencyEntry } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import { isObject, type JsonObject, type KeyLines, keyLines } from './json-text.js';
import { digestsOf, scopeOf, textOf } from './lock-fields.js';
import { npmSpecifier } from './specifier.js';

export interface LegacyTree {
  readonly entries: readonly DependencyEntry[];
}

interface Place {
  readonly id: string;
  readonly name: string;
  readonly node: JsonObject;
  readonly line: number;
  readonly parent: Place | null;
  readonly children: Map<string, Place>;
}

/** The lines of the nested `dependencies` of a lock file of version 1. */
export function legacyLines(text: string): KeyLines {
  // dependencies → name → dependencies → name …
  return keyLines(text, path => path.length % 2 === 0 || path[path.length - 1] === 'dependencies');
}

/**
 * Entries of the nested `dependencies` that versions 1 and 2 have. Ids are places (`node_modules/a/node_modules/b`),
 * as version 3 names them. `direct` is open: the format doesn't tell.
 * @param lines `null`: nobody asks for them, all are 1
 */
export function legacyTree(lock: JsonObject, folder: string, lines: KeyLines | null): LegacyTree {
  const top: Place = { id: '', name: '', node: lock, line: 1, parent: null, children: new Map() };
  const places: Place[] = [];
  const ids = new Set<string>();
  const open: { place: Place; lines: KeyLines | null }[] = [{ place: top, lines }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { place } = next;
    const inside = next.lines?.keys?.get('dependencies') ?? null;
    const nested = place.node.dependencies;
    if (nested === undefined) continue;
    if (!isObject(nested)) throw new ManifestError('"dependencies" is not an object', place.line);
    for (const name of Object.keys(nested)) {
      const below = inside?.keys?.get(name) ?? null;
      const line = below?.line ?? 1;
      const node = nested[name];
      if (!isObject(node)) throw new ManifestError(`"${name}" of the lock file is not an object`, line);
      const base = linkTarget(place) ?? place.id;
      const id = `${base === '' ? '' : `${base}/`}node_modules/${name}`;
      const child: Place = { id, name, node, line, parent: place, children: new Map() };
      place.children.set(name, child);
      // One folder, linked twice.
      if (ids.has(id)) continue;
      ids.add(id);
      places.push(child);
      if (node.dependencies !== undefined) open.push({ place: child, lines: below });
    }
  }
  return { entries: places.map(place => entryOf(place, folder)) };
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
      const found = at.children.get(name);
      if (found === undefined) continue;
      ids.push(found.id);
      break;
    }
  }
  return ids;
}
