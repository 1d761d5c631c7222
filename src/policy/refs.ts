import type { Position } from '../model/decision.js';
import type { PackagePattern } from '../model/edges.js';
import { escapeRegex } from '../model/escape-regex.js';
import type { PathPattern } from '../model/path-set.js';
import { compileGlob } from './glob.js';
import { nearest, spellingHint } from './spelling.js';

/** The ecosystems whose packages a ref may name. */
export const ECOSYSTEMS = [
  'npm',
  'node',
  'pypi',
  'go',
  'maven',
  'cargo',
  'composer',
  'gem',
  'nuget',
  'gha',
  'docker',
  // What JavaScript may import beside npm's packages: the registry of Deno, and plain addresses.
  'jsr',
  'url',
  // The languages' own libraries, beside node's and go's.
  'python',
  'java',
  'dotnet',
  'rust',
  'ruby',
  'php',
  'c',
] as const;
const COMPONENT = /^[a-z][a-z0-9-]*$/;
const PACKAGE = new RegExp(`^(${ECOSYSTEMS.join('|')}):(.*)$`, 's');

/** A compiled component. Its `except` is folded into each pattern. */
export interface Component {
  readonly patterns: readonly PathPattern[];
  /** All may import it, whatever layers and allowances say. */
  readonly utility: boolean;
}

/** By name, in the order in which they are written. */
export type Components = ReadonlyMap<string, Component>;

/** A glob as written, and where: those that match nothing are named later. */
export interface GlobUse {
  readonly glob: string;
  readonly source: string;
  readonly at: Position;
}

/** A ref that can't be compiled. */
export class RefError extends Error {
  override readonly name = 'RefError';
  constructor(
    message: string,
    readonly hint: string | null = null,
  ) {
    super(message);
  }
}

export type CompiledRef =
  | { readonly type: 'component'; readonly name: string; readonly patterns: readonly PathPattern[] }
  | { readonly type: 'path'; readonly pattern: PathPattern }
  | { readonly type: 'package'; readonly pattern: PackagePattern };

/** What a ref may name. */
export interface Vocabulary {
  readonly names: readonly string[];
  component(name: string): readonly PathPattern[] | undefined;
}

/** @throws RefError, GlobError */
export function compileRef(ref: string, vocabulary: Vocabulary): CompiledRef {
  if (COMPONENT.test(ref)) {
    const patterns = vocabulary.component(ref);
    if (patterns !== undefined) return { type: 'component', name: ref, patterns };
    throw new RefError(`no component is called "${ref}"`, unknownComponentHint(ref, vocabulary.names));
  }
  const named = PACKAGE.exec(ref);
  if (named !== null)
    return { type: 'package', pattern: compilePackage(ref, named[1] ?? '', named[2] ?? '') };
  refuseUnknownEcosystem(ref);
  if (!/[/.*]/.test(ref)) {
    const near = nearest(ref, vocabulary.names);
    throw new RefError(
      `"${ref}" is neither a component, nor a package, nor a path (which holds "/", "." or "*")`,
      near === null ? `write ./${ref} if it is a path` : `did you mean "${near}"?`,
    );
  }
  return { type: 'path', pattern: compileGlob(ref) };
}

function unknownComponentHint(ref: string, known: readonly string[]): string {
  const path = `a path holds "/", "." or "*": write ./${ref} for one`;
  return known.length === 0
    ? `define it under \`components\` in the configuration; ${path}`
    : `${spellingHint(ref, known)} (${path})`;
}

function refuseUnknownEcosystem(ref: string): void {
  const ecosystem = /^([a-z]+):(?!\/)/.exec(ref)?.[1];
  if (ecosystem === undefined) return;
  throw new RefError(
    `"${ecosystem}:" is no package ecosystem that lintel knows`,
    `${spellingHint(ecosystem, ECOSYSTEMS)}; write ./${ref} if it is a path`,
  );
}

/**
 * `npm:x` covers x and x/sub; `npm:x/sub` that subpath alone. A scope (`npm:@s/x`) is part of the name, and
 * `*` stands for characters of one segment.
 */
export function compilePackage(ref: string, ecosystem: string, name: string): PackagePattern {
  if (name === '' || /\s/.test(name) || (ecosystem !== 'url' && /^\/|\/\/|\/$/.test(name)))
    throw new RefError(`"${ref}" names no package`, 'write it as in npm:name, npm:@scope/name, node:fs');
  if (ecosystem === 'npm' && name.startsWith('@') && !name.includes('/'))
    throw new RefError(`"${ref}" is a scope, not a package`, `write npm:${name}/* for all of it`);
  if ((name.match(/\*/g) ?? []).length > 3)
    throw new RefError(`"${ref}" has more than three "*"`, 'write several packages');
  const segments = name.split('/').map(segment => segment.split('*').map(escapeRegex).join('[^/]*'));
  return {
    ref,
    ecosystem,
    source: `^${segments.join('/')}${isWhole(ecosystem, name) ? rest(ecosystem) : ''}$`,
  };
}

/** Does the ref name a whole package, so that its subpaths are meant too? */
function isWhole(ecosystem: string, name: string): boolean {
  const slashes = name.split('/').length - 1;
  switch (ecosystem) {
    case 'npm':
      return slashes === (name.startsWith('@') ? 1 : 0);
    case 'node':
      return slashes === 0;
    // Elsewhere a slash is part of the name (github.com/x/y, vendor/package, owner/action).
    default:
      return true;
  }
}

/** What may follow a whole name: a subpath; where names are dotted, what lies below it, too. */
function rest(ecosystem: string): string {
  return DOTTED.has(ecosystem) ? '(?:[./].*)?' : '(?:/.*)?';
}

/** Java's packages, .NET's namespaces, Python's modules. */
const DOTTED: ReadonlySet<string> = new Set(['maven', 'java', 'nuget', 'dotnet', 'python']);

/**
 * A pattern less what `except` matches, as one regular expression. A PathSet's own `except` would hold for its
 * other patterns too, and so let through what another ref of the same list names.
 */
export function withoutPaths(pattern: PathPattern, except: readonly PathPattern[]): PathPattern {
  if (except.length === 0) return pattern;
  const lookahead = except.map(({ source }) => `(?:${source})`).join('|');
  return { ...pattern, source: `(?!${lookahead})${pattern.source}` };
}
