/** Versions, ranges and licences: what their ecosystems' own libraries make of them. Loaded where a rule asks. */
import * as pep440 from '@renovatebot/pep440';
import { PackageURL } from 'packageurl-js';
import semver from 'semver';
import parseLicense, { type Info } from 'spdx-expression-parse';
import spdxSatisfies from 'spdx-satisfies';
import type { DependencyEntry, PackageEcosystem } from '../../model/dependency.js';

/** Ecosystems whose versions are semantic versions, strictly. */
const SEMVER: ReadonlySet<PackageEcosystem> = new Set(['npm', 'cargo', 'go']);

export function satisfies(ecosystem: PackageEcosystem, version: string, range: string): boolean | null {
  if (ecosystem === 'pypi') {
    if (pep440.valid(version) === null || pep440.validRange(range) === false) return null;
    return pep440.satisfies(version, range, { prereleases: true });
  }
  const wanted = rangeOf(range);
  const exact = versionOf(ecosystem, version);
  if (wanted === null || exact === null) return null;
  return semver.satisfies(exact, wanted, { includePrerelease: true });
}

export function intersects(ecosystem: PackageEcosystem, one: string, other: string): boolean | null {
  if (ecosystem === 'pypi') {
    const exact = /^={2,3}\s*([^,*\s]+)$/.exec(one.trim())?.[1];
    return exact === undefined ? null : satisfies(ecosystem, exact, other);
  }
  const [left, right] = [rangeOf(one), rangeOf(other)];
  return left === null || right === null ? null : semver.intersects(left, right, { includePrerelease: true });
}

/** Rules write ranges as npm does, with commas between comparators where an ecosystem's people do. */
function rangeOf(range: string): string | null {
  const written = range
    .split('||')
    .map(part => part.split(',').join(' '))
    .join('||');
  return semver.validRange(written) === null ? null : written;
}

/**
 * `5.3.0.RELEASE` → 5.3.0, `v4` → 4.0.0. With a fourth number that is not zero it can't be told: semantic versions
 * have no place for it.
 */
function versionOf(ecosystem: PackageEcosystem, version: string): string | null {
  const strict = semver.valid(version);
  if (strict !== null || SEMVER.has(ecosystem)) return strict;
  if (/^v?\d+\.\d+\.\d+\.0*[1-9]/.test(version)) return null;
  return semver.coerce(version)?.version ?? null;
}

export function licensed(expression: string, allowed: readonly string[]): boolean | null {
  try {
    return spdxSatisfies(expression, [...allowed]);
  } catch {
    return null;
  }
}

export function licenseIds(expression: string): readonly string[] | null {
  try {
    return [...idsIn(parseLicense(expression))];
  } catch {
    return null;
  }
}

function* idsIn(info: Info): IterableIterator<string> {
  if ('license' in info) yield info.license;
  else {
    yield* idsIn(info.left);
    yield* idsIn(info.right);
  }
}

/** The purl specification's names of the ecosystems. */
const TYPES: Readonly<Record<PackageEcosystem, string>> = {
  npm: 'npm',
  pypi: 'pypi',
  go: 'golang',
  cargo: 'cargo',
  maven: 'maven',
  nuget: 'nuget',
  composer: 'composer',
  gem: 'gem',
  gha: 'githubactions',
  docker: 'docker',
};

/** `pkg:npm/%40s/x@1.0.0`; `null`: a name that no Package URL can have, such as an expression's. */
export function purl({ ecosystem, name, version }: DependencyEntry): string | null {
  const cut = name.lastIndexOf(ecosystem === 'maven' ? ':' : '/');
  const [namespace, last] = cut === -1 ? [undefined, name] : [name.slice(0, cut), name.slice(cut + 1)];
  if (last === '' || name.startsWith('?') || name === '*') return null;
  try {
    return new PackageURL(TYPES[ecosystem], namespace, last, version ?? undefined).toString();
  } catch {
    return null;
  }
}
