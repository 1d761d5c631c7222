import type { DependencyScope } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import type { JsonObject } from './json-text.js';

const NONE: readonly string[] = [];

/** @throws ManifestError where the field is there, but no text */
export function textOf(node: JsonObject, field: string, line: number): string | null {
  const value = node[field];
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return null;
  // `version: false` is how npm 3 wrote a link's.
  if (value === false) return null;
  throw new ManifestError(`"${field}" is not a text`, line, 'Write the lock file anew with `npm install`.');
}

/** Digests as written, one each. */
export function digestsOf(integrity: string | null): readonly string[] {
  if (integrity === null) return NONE;
  return /\s/.test(integrity) ? integrity.split(/\s+/).filter(part => part !== '') : [integrity];
}

/** The flags of a lock file, of which those that aren't there are not set. */
export interface LockFlags {
  readonly dev?: unknown;
  readonly optional?: unknown;
  readonly devOptional?: unknown;
  readonly peer?: unknown;
}

/**
 * `devOptional` (for development, or for an optional package of production) counts as optional: production may
 * get it.
 */
export function scopeOf(node: LockFlags): DependencyScope {
  if (node.dev === true) return 'development';
  if (node.optional === true || node.devOptional === true) return 'optional';
  return node.peer === true ? 'peer' : 'production';
}

/** An SPDX expression; old packages have an object or a list of them. */
export function licenseOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) {
    const all = value.map(licenseOf).filter(one => one !== null);
    return all.length === 0 ? null : all.length === 1 ? (all[0] ?? null) : `(${all.join(' OR ')})`;
  }
  if (typeof value !== 'object' || value === null || !('type' in value)) return null;
  return typeof value.type === 'string' ? value.type : null;
}

/** On the web, and not of the form that registries' archives have. */
export function isArchiveAddress(resolved: string | null): boolean {
  return resolved !== null && /^https?:/i.test(resolved) && !resolved.includes('/-/');
}
