import { ManifestError } from '../format.js';
import type { LineCounter } from '../lines.js';
import { projectFolder } from './lock-places.js';
import { type DepPaths, depPaths } from './pnpm-dep-path.js';
import { YamlMap, type YamlPair, type YamlValue } from './yaml-tree.js';

/** One document of a pnpm lock file: newer files have one before the packages', for pnpm's own needs. */
export interface PnpmDocument {
  readonly content: YamlMap;
  readonly major: number;
  readonly paths: DepPaths;
  /** Put before the ids: both documents may lock one package. */
  readonly prefix: string;
  /** Folder that paths start from. */
  readonly base: string;
  /** Folder of a project → what is locked for it. */
  readonly importers: ReadonlyMap<string, YamlMap>;
  readonly lines: LineCounter;
}

const REMEDY = 'Write the lock file anew with pnpm 3 or later.';

/** @throws ManifestError where it is no lock file of a known version */
export function pnpmDocument(value: YamlValue, base: string, lines: LineCounter): PnpmDocument {
  if (!(value instanceof YamlMap)) throw new ManifestError('not a pnpm lock file: no mapping', 1, REMEDY);
  const major = majorOf(value);
  const importers = new Map<string, YamlMap>();
  const listed = value.get('importers');
  if (listed instanceof YamlMap) {
    for (const { key: written, value: project } of listed.pairs)
      importers.set(projectFolder(base, written), mapping(project, `importers: ${written}`));
  } else importers.set(base, value);
  const own = importers.get(base);
  const prefix = own?.pair('configDependencies') ?? own?.pair('packageManagerDependencies');
  return {
    content: value,
    major,
    paths: depPaths(major),
    prefix: prefix === undefined ? '' : 'env/',
    base,
    importers,
    lines,
  };
}

function majorOf(document: YamlMap): number {
  const written = document.text('lockfileVersion');
  if (written === null) throw new ManifestError('not a pnpm lock file: no lockfileVersion', 1, REMEDY);
  const found = /^([569])(?:\.\d+)?(?:-inlineSpecifiers)?$/.exec(written);
  if (found === null)
    throw new ManifestError(
      `lockfileVersion ${written} is not known: 5, 6 and 9 are`,
      1,
      'Write the lock file anew with a pnpm that writes version 9, or tell lintel to learn this one.',
    );
  return Number(found[1]);
}

/** An absent or empty one is empty. @throws ManifestError where it is something else */
export function mapping(value: YamlValue, what: string): YamlMap {
  if (value === null) return new YamlMap();
  if (value instanceof YamlMap) return value;
  throw new ManifestError(`${what}: not a mapping`, null, REMEDY);
}

export interface Reference {
  /** What the package is called by whoever asks for it. */
  readonly called: string;
  /** `1.0.0(peer@2.0.0)`, `link:../a`, … */
  readonly written: string;
  readonly at: number;
}

const NONE: readonly Reference[] = [];

/** `dependencies` and its like, in a project or a package: name → reference, or `{specifier, version}`. */
export function references(holder: YamlMap, field: string): readonly Reference[] {
  if (holder.get(field) === null) return NONE;
  const found: Reference[] = [];
  for (const pair of mapping(holder.get(field), field).pairs) {
    const written = referenceText(pair);
    if (written === null) throw new ManifestError(`${field}: ${pair.key} has no version`, null, REMEDY);
    found.push({ called: pair.key, written, at: pair.at });
  }
  return found;
}

function referenceText({ value }: YamlPair): string | null {
  if (value instanceof YamlMap) return value.text('version');
  return typeof value === 'string' ? value : null;
}
