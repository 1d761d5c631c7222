import semver from 'semver';
import type { DependencySource } from '../../../model/dependency.js';
import { gitSource, isGitSpecifier, percentDecoded } from './git-url.js';
import { pathSource } from './paths.js';

/** What one specifier of a package.json (or of a lock file that repeats it) says. */
export interface NpmSpecifier {
  /** The real package: what an alias leads to; the name it stands under where nothing else is known. */
  readonly name: string;
  /** The name it stands under, where that is another one. */
  readonly alias?: string;
  /**
   * A semver range or a tag: of the registry's package, of a git repository's tags (`#semver:`), of a workspace
   * member (`^`, `~`, `*` are kept as they are). An empty one is `*`. `null`: none (git, archive, path, catalog).
   */
  readonly range: string | null;
  /** Where the range is one exact version. */
  readonly version: string | null;
  readonly source: DependencySource;
  /** `catalog:`, `catalog:name`, `workspace:…`: as written, for whoever knows the other files. */
  readonly inherits?: string;
  /** Yarn's `patch:`: what is laid over the package, as written (`./patches/x.patch`, `builtin<…>`). */
  readonly patch?: string;
}

export interface SpecifierOptions {
  /** Folder of the file that says it, from the repository's root (`''`: the root): `file:` starts there. */
  readonly folder: string;
  /** What `npm:word` means: npm, pnpm and bun take a package's name, Yarn 2 and later a tag. Default: the name. */
  readonly bareNpm?: 'name' | 'tag';
}

const MAX_NESTED = 8;

/**
 * Reads what stands beside a package's name. Whatever no package manager takes becomes a source `url` with the
 * written text, so that a rule can say so: nothing is dropped, nothing throws.
 */
export function npmSpecifier(name: string, written: string, options: SpecifierOptions): NpmSpecifier {
  return read(name, written.trim(), options, 0);
}

function read(name: string, text: string, options: SpecifierOptions, depth: number): NpmSpecifier {
  const protocol = protocolOf(text);
  const rest = text.slice(protocol.length);
  switch (protocol) {
    case 'npm:':
      return aliased(name, rest, options);
    case 'jsr:':
      return jsr(name, rest);
    case 'workspace:':
      return workspace(name, rest, text, options.folder);
    case 'catalog:':
      return { ...registry(name, null), inherits: text };
    case 'patch:':
      return patched(name, rest, options, depth);
    case 'file:':
    case 'link:':
    case 'portal:':
    case 'exec:':
      return placed(name, pathSource(options.folder, rest, text));
    case 'http:':
    case 'https:':
      return isGitSpecifier(text) ? git(name, text) : archive(name, text);
    case '':
      break;
    default:
      return isGitSpecifier(text) ? git(name, text) : placed(name, { type: 'url', url: text });
  }
  if (isPath(text)) return placed(name, pathSource(options.folder, text, text));
  if (isGitSpecifier(text)) return git(name, text);
  if (text.includes('/') || isArchive(text)) return placed(name, pathSource(options.folder, text, text));
  return registry(name, text);
}

/** `git+ssh:` and such, in lower case; empty: none (a Windows drive, `git@host:path` and a range have none). */
function protocolOf(text: string): string {
  const found = /^[a-z][a-z0-9+.-]+:/i.exec(text);
  return found === null ? '' : found[0].toLowerCase();
}

function isPath(text: string): boolean {
  return text.startsWith('.') || text.startsWith('/') || /^(?:~[/\\]|\\|[a-z]:[/\\])/i.test(text);
}

function isArchive(text: string): boolean {
  return /\.(?:tgz|tar\.gz|tar)$/i.test(text);
}

function registry(name: string, range: string | null): NpmSpecifier {
  const shown = range === '' ? '*' : range;
  return {
    name,
    range: shown,
    version: shown === null ? null : semver.valid(shown, true),
    source: { type: 'registry', url: null },
  };
}

function renamed(name: string, real: string, spec: NpmSpecifier): NpmSpecifier {
  return real === name ? spec : { ...spec, alias: name };
}

function placed(name: string, source: DependencySource): NpmSpecifier {
  return { name, range: null, version: null, source };
}

function git(name: string, text: string): NpmSpecifier {
  const source = gitSource(text);
  const asked = source.revision?.startsWith('semver:') === true ? source.revision.slice(7) : null;
  return { ...placed(name, source), range: asked };
}

/** An archive's address; a registry's own archive tells whose it is. */
function archive(name: string, url: string): NpmSpecifier {
  const of = tarballPackage(url);
  const real = of?.name ?? name;
  return renamed(name, real, { ...placed(real, { type: 'url', url }), version: of?.version ?? null });
}

/** `name@range`, `name`, or (Yarn) a range alone. */
function aliased(name: string, rest: string, options: SpecifierOptions): NpmSpecifier {
  const at = rest.indexOf('@', 1);
  if (at !== -1) {
    const real = rest.slice(0, at);
    return renamed(name, real, registry(real, rest.slice(at + 1)));
  }
  if (rest === '' || semver.validRange(rest, true) !== null) return registry(name, rest);
  if (options.bareNpm === 'tag' && !rest.startsWith('@')) return registry(name, rest);
  return renamed(name, rest, registry(rest, '*'));
}

/** JSR's packages come from its npm registry as `@jsr/scope__name`. */
function jsr(name: string, rest: string): NpmSpecifier {
  const at = rest.startsWith('@') ? rest.indexOf('@', 1) : -1;
  const given = !rest.startsWith('@') ? name : at === -1 ? rest : rest.slice(0, at);
  const range = !rest.startsWith('@') ? rest : at === -1 ? '*' : rest.slice(at + 1);
  const slash = given.indexOf('/');
  const real =
    given.startsWith('@') && !given.startsWith('@jsr/') && slash !== -1
      ? `@jsr/${given.slice(1, slash)}__${given.slice(slash + 1)}`
      : given;
  return renamed(name, real, registry(real, range));
}

/** `*`, `^`, `^1.2.0`, `other@*` (pnpm), `./packages/a` (Yarn). */
function workspace(name: string, rest: string, written: string, folder: string): NpmSpecifier {
  const inherits = written;
  if (isPath(rest) || (rest.includes('/') && !rest.startsWith('@'))) {
    const from = pathSource(isPath(rest) ? folder : '', rest, written);
    return { ...placed(name, { type: 'workspace', path: from.path }), inherits };
  }
  const at = rest.indexOf('@', 1);
  const real = at === -1 ? name : rest.slice(0, at);
  const spec = registry(real, at === -1 ? rest : rest.slice(at + 1));
  return renamed(name, real, { ...spec, source: { type: 'workspace', path: null }, inherits });
}

/** Yarn: `patch:name@range#patch file`, the inner specifier percent-encoded, perhaps a patch itself. */
function patched(name: string, rest: string, options: SpecifierOptions, depth: number): NpmSpecifier {
  const hash = rest.indexOf('#');
  const inner = percentDecoded(hash === -1 ? rest : rest.slice(0, hash));
  const file = hash === -1 ? '' : rest.slice(hash + 1);
  const at = inner.indexOf('@', 1);
  if (at === -1 || depth >= MAX_NESTED) return placed(name, { type: 'url', url: `patch:${rest}` });
  const of = read(inner.slice(0, at), inner.slice(at + 1), options, depth + 1);
  const bound = file.indexOf('::');
  const { alias: _alias, ...spec } = of;
  return renamed(name, of.name, { ...spec, patch: bound === -1 ? file : file.slice(0, bound) });
}

/**
 * Whose archive an address names, if it has a registry's form: `…/name/-/name-1.2.3.tgz`.
 * `null`: not of that form.
 */
export function tarballPackage(
  url: string,
): { readonly name: string; readonly version: string | null } | null {
  const plain = url.replace(/[?#].*$/s, '');
  const mark = plain.indexOf('/-/');
  if (mark === -1) return null;
  const before = percentDecoded(plain.slice(0, mark)).split('/');
  const last = before.at(-1) ?? '';
  const scope = before.at(-2) ?? '';
  const file = plain.slice(mark + 3);
  // GitLab's archives of repositories have folders there.
  if (last === '' || (file.includes('/') && !file.startsWith('@'))) return null;
  const stem = file.slice(file.lastIndexOf('/') + 1).replace(/\.(?:tgz|tar\.gz)$/i, '');
  const version = stem.startsWith(`${last}-`) ? semver.valid(stem.slice(last.length + 1), true) : null;
  return { name: scope.startsWith('@') ? `${scope}/${last}` : last, version };
}
