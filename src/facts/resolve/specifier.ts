import type { Target } from '../../model/edges.js';

export interface PackageName {
  readonly name: string;
  /** What follows the name, without the slash. */
  readonly subpath: string;
}

/** `@scope/name/sub` → its parts; `null`: no package can be called so (`@/x`, `~/x`, `@scope`). */
export function packageName(specifier: string): PackageName | null {
  const scoped = specifier.startsWith('@');
  const first = specifier.indexOf('/');
  const end = scoped ? (first === -1 ? -1 : specifier.indexOf('/', first + 1)) : first;
  const name = end === -1 ? specifier : specifier.slice(0, end);
  if (name === '' || /^[~._/]|^@\/|\/$|[\\\s]/.test(name) || (scoped && first === -1)) return null;
  return { name, subpath: end === -1 ? '' : specifier.slice(end + 1).replace(/\/+$/, '') };
}

export type PackageTarget = Extract<Target, { type: 'package' }>;

export function packageTarget({ name, subpath }: PackageName, ecosystem = 'npm'): PackageTarget {
  return subpath === ''
    ? { type: 'package', ecosystem, name }
    : { type: 'package', ecosystem, name, subpath };
}

/** Webpack's and AMD's loaders (`!!raw!./x`, `text!./x`) and a bundler's query (`./a.svg?url`) name no other file. */
export function withoutLoader(specifier: string): string {
  const path = specifier.slice(specifier.lastIndexOf('!') + 1) || specifier;
  const query = path.indexOf('?');
  return query > 0 ? path.slice(0, query) : path;
}

const SCHEME = /^([a-z][a-z\d+.-]+):/i;
const REGISTRY = /^\/?((?:@[^/@]+\/)?[^/@]+)(?:@[^/]*)?(?:\/(.*))?$/;

/** `https://…`, `data:…`, `npm:x@1/sub`, `bun:sqlite`; `null`: no URL. `node:` is the caller's. */
export function urlTarget(specifier: string): PackageTarget | null {
  const scheme = SCHEME.exec(specifier)?.[1]?.toLowerCase();
  if (scheme === undefined) return null;
  const rest = specifier.slice(scheme.length + 1);
  if (scheme === 'npm' || scheme === 'jsr') {
    const match = REGISTRY.exec(rest);
    if (match?.[1] !== undefined) return packageTarget({ name: match[1], subpath: match[2] ?? '' }, scheme);
  }
  const name =
    scheme === 'data' ? `data:${/^[^,;]*/.exec(rest)?.[0] ?? ''}` : specifier.replace(/[?#].*$/s, '');
  return { type: 'package', ecosystem: 'url', name };
}
