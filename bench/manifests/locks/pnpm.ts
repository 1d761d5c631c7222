import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManifestError } from '../../../src/facts/manifests/format.js';
import { pnpmFolder, projectFolder } from '../../../src/facts/manifests/npm/lock-places.js';
import type { DependencyEntry, DependencyFile } from '../../../src/model/dependency.js';
import { type Facts, factsOf, type ReadFile } from '../comparison.js';
import { type Oracle, oraclePackage, reason, sorted } from './oracle.js';

type References = Readonly<Record<string, string>>;

interface Snapshot {
  readonly resolution?: { readonly integrity?: string };
  readonly dependencies?: References;
  readonly optionalDependencies?: References;
  readonly devDependencies?: References;
  readonly optional?: boolean;
  readonly dev?: boolean;
  readonly name?: string;
  readonly version?: string;
}

interface Lockfile {
  readonly importers: Readonly<Record<string, Snapshot>>;
  readonly packages?: Readonly<Record<string, Snapshot>>;
}

interface Reader {
  readWantedLockfile(folder: string, options: { ignoreIncompatible: boolean }): Promise<Lockfile | null>;
}

interface DependencyPath {
  refToRelative(reference: string, name: string): string | null;
  parse(path: string): { readonly name?: string; readonly version?: string };
}

/** pnpm's own reader of its lock files: the one of pnpm 10, and that of pnpm 8 for the formats before 9. */
export const pnpmLibrary: Oracle = {
  format: 'pnpm-lock',
  label: 'pnpm-lock',
  name: "pnpm's own reader",
  reads: () => true,
  async compare(_repo, one) {
    const major = /^lockfileVersion: ["']?(\d)/m.exec(one.text)?.[1] ?? '9';
    const library = major === '9' ? CURRENT : OLD;
    const theirs = await read(one, major, library);
    const ours = one.file instanceof ManifestError ? one.file : ownFacts(one.file, library);
    return { ours, theirs };
  },
};

interface Library {
  readonly fs: string;
  readonly path: string;
  readonly within: string;
  readonly types: boolean;
  /** Their name of a key of ours. */
  key(id: string): string;
}

const CURRENT: Library = {
  fs: '@pnpm/lockfile.fs',
  path: '@pnpm/dependency-path',
  within: '',
  types: true,
  key: id => id,
};
const OLD: Library = {
  fs: '@pnpm/lockfile-file',
  path: '@pnpm/dependency-path',
  within: 'old6',
  types: false,
  key: id =>
    oraclePackage<{ convertLockfileV6DepPathToV5DepPath(path: string): string }>(
      './node_modules/@pnpm/lockfile-file/lib/experiments/inlineSpecifiersLockfileConverters.js',
      'old6',
    ).convertLockfileV6DepPathToV5DepPath(id),
};

async function read({ path, text }: ReadFile, major: string, library: Library): Promise<Facts | string> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-pnpm-'));
  try {
    writeFileSync(join(folder, 'pnpm-lock.yaml'), text);
    const reader = oraclePackage<Reader>(library.fs, library.within);
    const lockfile = await reader.readWantedLockfile(folder, { ignoreIncompatible: false });
    if (lockfile === null) return 'empty';
    return theirFacts(lockfile, pnpmFolder(path), major, library);
  } catch (error) {
    return reason(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function theirFacts(lockfile: Lockfile, base: string, major: string, library: Library): Facts {
  const paths = oraclePackage<DependencyPath>(library.path, library.within);
  const packages = lockfile.packages ?? {};
  const targets = (...all: readonly (References | undefined)[]): string[] =>
    all.flatMap(references =>
      Object.entries(references ?? {}).flatMap(([name, reference]) => {
        const target = paths.refToRelative(reference, name);
        return target === null ? [] : [target];
      }),
    );
  const types = library.types
    ? oraclePackage<{ detectDepTypes(lockfile: Lockfile): Record<string, number> }>(
        '@pnpm/lockfile.detect-dep-types',
      ).detectDepTypes(lockfile)
    : {};
  const facts: [string, string][] = [];
  for (const [key, snapshot] of Object.entries(packages)) {
    const { name, version } = parsed(paths, key);
    const development = major === '9' ? types[key] === 0 : snapshot.dev === true;
    const scope = development ? 'development' : snapshot.optional === true ? 'optional' : 'production';
    const requires = targets(snapshot.dependencies, snapshot.optionalDependencies);
    const real = (major === '9' ? null : snapshot.name) ?? name ?? '?';
    facts.push([
      key,
      shown(
        real,
        snapshot.version ?? version ?? null,
        snapshot.resolution?.integrity ?? '',
        scope,
        sorted(requires),
      ),
    ]);
  }
  for (const [id, { dependencies, devDependencies, optionalDependencies }] of Object.entries(
    lockfile.importers,
  ))
    facts.push([
      `project ${projectFolder(base, id)}`,
      sorted(targets(dependencies, devDependencies, optionalDependencies)),
    ]);
  return factsOf(facts);
}

function parsed(paths: DependencyPath, key: string): { name?: string; version?: string } {
  try {
    return paths.parse(key);
  } catch {
    return {};
  }
}

function shown(name: string, version: string | null, integrity: string, scope: string, requires: string) {
  return `${name} ${version ?? '-'} ${integrity} ${scope} → ${requires}`;
}

/** Their reader leaves out links, and pnpm's own needs. */
function ownFacts(file: DependencyFile, library: Library): Facts {
  const entries = file.entries.filter(
    ({ id, role }) => role === 'dependency' && !id.includes('@link:') && !id.startsWith('env/'),
  );
  const ids = new Map(entries.map(entry => [entry.id, library.key(entry.id)]));
  const known = (all: readonly string[]): string =>
    sorted(all.flatMap(id => (ids.has(id) ? [ids.get(id) ?? ''] : [])));
  const facts = entries.map((entry: DependencyEntry): [string, string] => [
    ids.get(entry.id) ?? '',
    shown(
      isLinked(entry) ? (entry.alias ?? entry.name) : entry.name,
      isLinked(entry) ? null : entry.version,
      entry.integrity.join(' '),
      entry.scope,
      known(entry.requires ?? []),
    ),
  ]);
  for (const [folder, wanted] of Object.entries(file.roots)) facts.push([`project ${folder}`, known(wanted)]);
  return factsOf(facts);
}

/** Name and version of a folder come from its manifest, which their reader does not open. */
function isLinked({ source }: DependencyEntry): boolean {
  return source.type === 'workspace' || (source.type === 'path' && source.path?.endsWith('gz') !== true);
}
