import type { DependencySource } from '../../../model/dependency.js';

export type GitSource = Extract<DependencySource, { type: 'git' }>;

const HOSTS = new Map([
  ['github:', 'github.com'],
  ['gitlab:', 'gitlab.com'],
  ['bitbucket:', 'bitbucket.org'],
  ['gist:', 'gist.github.com'],
  ['sourcehut:', 'git.sr.ht'],
]);
const KNOWN = new Set(HOSTS.values());

/** `owner/name`, perhaps with a fragment: no scope, no path, nothing between them. */
const SHORTHAND = /^[^@#:/\\\s.~][^#:/\\\s@]*\/[^#:/\\\s]+(?:#.*)?$/;
/** `git@host.tld:path`. */
const SCP = /^[^@\s/:#]+@[^:\s/#]+:[^\s]+$/;

/** Is it a git repository, as npm, pnpm and Yarn tell one from an archive, a path or a range? */
export function isGitSpecifier(text: string): boolean {
  const { address, fragment } = split(text);
  const protocol = /^[a-z][a-z0-9+.-]+:/i.exec(address)?.[0].toLowerCase() ?? '';
  if (protocol.startsWith('git+') || protocol === 'git:' || protocol === 'ssh:') return true;
  if (HOSTS.has(protocol)) return true;
  if (protocol === 'http:' || protocol === 'https:') {
    if (address.endsWith('.git')) return true;
    if (/^(?:commit|tag|head|semver|workspace|cwd)=/.test(fragment ?? '')) return true;
    return knownRepository(address) !== null;
  }
  return protocol === '' && (SCP.test(address) || SHORTHAND.test(address));
}

/**
 * The repository and what is asked of it. The big hosts' many ways to write one repository become one
 * (`https://github.com/owner/name.git`, without user or password), so that a manifest and its lock file agree.
 */
export function gitSource(text: string): GitSource {
  const { address, fragment } = split(text);
  return { type: 'git', url: repository(address), revision: revisionOf(fragment) };
}

/** The archives that the big hosts make of a commit, as lock files name them; `null`: another address. */
export function gitArchive(url: string): GitSource | null {
  const address = split(url).address;
  const parts = address.split('/');
  const [, , host, owner, name, kind] = parts;
  if (owner === undefined || name === undefined || !/^https?:$/.test(parts[0] ?? '')) return null;
  const source = (of: string, revision: string | undefined): GitSource | null =>
    revision === undefined || revision === ''
      ? null
      : { type: 'git', url: `https://${of}/${owner}/${name}.git`, revision };
  if (host === 'codeload.github.com' && kind === 'tar.gz')
    return source('github.com', stripped(parts.slice(6).join('/')));
  if (host === 'bitbucket.org' && kind === 'get') return source(host, stripped(parts[6] ?? ''));
  if (host === 'gitlab.com' && address.includes('/repository/archive.tar.gz?ref=') && owner === 'api') {
    const project = percentDecoded(parts[6] ?? '');
    const revision = address.slice(address.indexOf('?ref=') + 5);
    return { type: 'git', url: `https://gitlab.com/${project}.git`, revision };
  }
  return null;
}

function stripped(name: string): string {
  return name.replace(/\.tar\.gz$/, '').replace(/^refs\/(?:heads|tags)\//, '');
}

/** A percent sign of its own, not an escape, leaves the text as it is. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function split(text: string): { address: string; fragment: string | null } {
  const hash = text.indexOf('#');
  return hash === -1
    ? { address: text, fragment: null }
    : { address: text.slice(0, hash), fragment: text.slice(hash + 1) };
}

/** `sha`, `semver:^1`, Yarn's `commit=sha&workspace=x`, pnpm's `sha&path:/x`. */
function revisionOf(fragment: string | null): string | null {
  if (fragment === null || fragment === '') return null;
  for (const part of fragment.split('&')) {
    if (/^(?:path|workspace|cwd)[:=]/.test(part)) continue;
    if (part.startsWith('semver=')) return `semver:${part.slice(7)}`;
    const key = /^(?:commit|tag|head)=/.exec(part)?.[0];
    if (part !== '') return percentDecoded(key === undefined ? part : part.slice(key.length));
  }
  return null;
}

function repository(address: string): string {
  const protocol = /^[a-z][a-z0-9+.-]+:/i.exec(address)?.[0].toLowerCase() ?? '';
  const host = HOSTS.get(protocol);
  if (host !== undefined) {
    const path = address.slice(protocol.length);
    // `github:user:token@owner/name`: the user is nobody's business.
    return canonical(host, path.slice(path.indexOf('@') + 1)) ?? address;
  }
  if (protocol === '' && !SCP.test(address)) return canonical('github.com', address) ?? address;
  return knownRepository(address) ?? address.replace(/^git\+/i, '');
}

/** The one way to write a big host's repository; `null`: not such a host, or not a repository's address. */
function knownRepository(address: string): string | null {
  const start = address.indexOf('://');
  const rest = start === -1 ? address : address.slice(start + 3);
  const slash = rest.indexOf('/');
  const place = rest.slice(rest.lastIndexOf('@', slash === -1 ? rest.length : slash) + 1);
  const cut = place.search(/[/:]/);
  if (cut === -1) return null;
  const host = place
    .slice(0, cut)
    .toLowerCase()
    .replace(/^www\./, '');
  if (!KNOWN.has(host)) return null;
  const path = place.slice(cut + 1);
  return canonical(host, start !== -1 && place[cut] === ':' ? path.replace(/^\d+\//, '') : path);
}

function canonical(host: string, path: string): string | null {
  const plain = path
    .replace(/^\/+/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  const parts = plain.split('/');
  if (host === 'gist.github.com') return plain === '' ? null : `https://${host}/${parts.at(-1)}.git`;
  if (parts.length < 2 || parts.includes('')) return null;
  if (host === 'github.com' || host === 'bitbucket.org') {
    // `/owner/name/tree/branch` is a repository to npm, `/archive/` and `/tarball/` are archives.
    if (parts.length > 2 && parts[2] !== 'tree') return null;
    return `https://${host}/${parts[0]}/${parts[1]?.replace(/\.git$/, '')}.git`;
  }
  if (parts.includes('-') || parts.includes('archive.tar.gz')) return null;
  return `https://${host}/${plain}.git`;
}
