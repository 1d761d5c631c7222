import type { RepoPath } from '../../../model/brand.js';
import type { DependencyEntry, DependencyFile } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { conflictLine } from '../lines.js';
import { BunGraph } from './bun-graph.js';
import { REMEDY } from './bun-packages.js';
import { JsoncMap, type JsoncPair, jsoncTree } from './jsonc-tree.js';
import { lockEntry, splitDescriptor } from './lock-entry.js';
import { rootsOf } from './lock-graph.js';
import { namedByManifests } from './lock-places.js';
import { within } from './paths.js';
import { npmSpecifier } from './specifier.js';

/** `bun.lock`, versions 0 to 2. */
export const bunLock: ManifestFormat = { parse, link: namedByManifests };

const NEWEST = 2;

function parse(path: RepoPath, text: string): DependencyFile {
  const conflict = conflictLine(text);
  if (conflict !== null)
    throw new ManifestError('a merge has left its conflict markers', conflict, 'Run `bun install`.');
  const document = jsoncTree(text, REMEDY);
  if (!(document instanceof JsoncMap)) throw new ManifestError('not a lock file of Bun', 1, REMEDY);
  checkVersion(document);
  const folder = folderOf(path);
  const graph = new BunGraph(document, folder);
  const wants = graph.wants();
  const patches = document.map('patchedDependencies').last();
  return {
    path,
    format: 'bun-lock',
    ecosystem: 'npm',
    role: 'lock',
    project: { name: null, version: null, license: null },
    entries: [
      ...patches.map(patchOf),
      ...document
        .map('overrides')
        .last()
        .map(pair => override(pair, folder)),
      ...catalogs(document, folder),
      ...graph.entries(wants),
    ],
    roots: rootsOf(graph.folders, wants),
    includes: patches.flatMap(({ value }) => {
      const file = typeof value === 'string' ? within(folder, value) : null;
      return file === null ? [] : [file];
    }),
  };
}

function checkVersion(document: JsoncMap): void {
  const version = document.get('lockfileVersion');
  if (typeof version === 'number' && Number.isInteger(version) && version >= 0 && version <= NEWEST) return;
  throw new ManifestError(
    `lockfileVersion ${String(version ?? 'missing')} is not known: 0 to ${NEWEST} are`,
    document.pair('lockfileVersion')?.line ?? 1,
    'Write the lock file anew with a known Bun.',
  );
}

function override({ key, line, value }: JsoncPair, folder: string): DependencyEntry {
  const spec = npmSpecifier(key, typeof value === 'string' ? value : '', { folder });
  return lockEntry({
    id: `overrides/${key}`,
    role: 'redirect',
    name: spec.name,
    alias: key,
    version: spec.version,
    range: spec.range,
    source: spec.source,
    line,
    ...(spec.inherits === undefined ? {} : { inherits: spec.inherits }),
  });
}

/** `catalog` is the one without a name. */
function catalogs(document: JsoncMap, folder: string): readonly DependencyEntry[] {
  const named = document.map('catalogs');
  const all: readonly (readonly [string, JsoncMap])[] = [
    ['default', document.map('catalog')],
    ...named.last().map(({ key }): readonly [string, JsoncMap] => [key, named.map(key)]),
  ];
  return all.flatMap(([catalog, content]) =>
    content.last().map(({ key, line, value }) => {
      const spec = npmSpecifier(key, typeof value === 'string' ? value : '', { folder });
      return lockEntry({
        id: `catalogs/${catalog}/${key}`,
        role: 'definition',
        name: spec.name,
        ...(spec.alias === undefined ? {} : { alias: spec.alias }),
        version: spec.version,
        range: spec.range,
        source: spec.source,
        line,
      });
    }),
  );
}

/** `name@1.0.0` → its patch: laid over a package that comes from where it always did. */
function patchOf({ key, line }: JsoncPair): DependencyEntry {
  const { called, range } = splitDescriptor(key);
  return lockEntry({
    id: `patchedDependencies/${key}`,
    role: 'redirect',
    name: called,
    alias: key,
    version: npmSpecifier(called, range, { folder: '' }).version,
    line,
  });
}
