import type { DependencySource } from '../../../model/dependency.js';
import { folderOf, join } from '../../resolve/paths.js';

export const REGISTRY: DependencySource = { type: 'registry', url: null };

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const DRIVE = /^[A-Za-z]:[\\/]/;
/** `git@host:owner/name`, without a scheme. */
const SCP = /^[\w.-]+@[\w.-]+:/;
const VERSION_CONTROL = /^(?:git|hg|svn|bzr)\+/i;
/** What tools write for the project's own folder. */
const PROJECT_ROOT = /^(?:file:\/\/)?(?:\/+)?(?:\$\{PROJECT_ROOT\}|\{root:uri\}|\{root\})\/*/;

/** A folder or an archive, written from the folder `from` of the repository. */
export function pathSource(from: string, written: string): DependencySource {
  const path = written.replaceAll('\\', '/');
  const away = path.startsWith('/') || path.startsWith('~') || DRIVE.test(written);
  return { type: 'path', path: away ? null : join(from, path), written };
}

/**
 * What an address in a requirement, a manifest or a lock file means: `git+https://…@revision`, an archive, `file:`,
 * or a path.
 * @param manifest the file that writes it
 */
export function addressSource(manifest: string, address: string): DependencySource {
  const from = folderOf(manifest);
  if (DRIVE.test(address)) return pathSource(from, address);
  const ownFolder = PROJECT_ROOT.exec(address)?.[0];
  if (ownFolder !== undefined && ownFolder !== '')
    return { type: 'path', path: join(from, bare(address.slice(ownFolder.length))), written: address };
  if (/^file:/i.test(address)) return filePath(from, address);
  if (VERSION_CONTROL.test(address) || /^git:\/\//i.test(address) || SCP.test(address))
    return gitSource(address);
  if (SCHEME.test(address)) return { type: 'url', url: withoutFragment(address) };
  return pathSource(from, bare(address));
}

/** `git+https://host/path@revision#egg=name`. */
export function gitSource(address: string, revision: string | null = null): DependencySource {
  const url = withoutFragment(address.replace(/^git\+/i, ''));
  // An @ of the authority (`git@host`) is none of a revision.
  const scheme = url.indexOf('://');
  const path = scheme === -1 ? url.indexOf(':') : url.indexOf('/', scheme + 3);
  const at = url.lastIndexOf('@');
  if (revision !== null || path === -1 || at < path) return { type: 'git', url, revision };
  return { type: 'git', url: url.slice(0, at), revision: url.slice(at + 1) || null };
}

/** `#egg=name&subdirectory=x` → the value of one key. */
export function fragmentValue(address: string, key: string): string | null {
  const hash = address.indexOf('#');
  if (hash === -1) return null;
  for (const part of address.slice(hash + 1).split('&'))
    if (part.startsWith(`${key}=`)) return decoded(part.slice(key.length + 1));
  return null;
}

/** Digests that an address carries: `#sha256=…`. */
export function fragmentDigests(address: string): readonly string[] {
  const hash = address.indexOf('#');
  return hash === -1
    ? []
    : address
        .slice(hash + 1)
        .split('&')
        .filter(part => /^(?:md5|sha1|sha224|sha256|sha384|sha512)=/.test(part));
}

/** The last segment of an address, without query and fragment. */
export function fileNameOf(address: string): string {
  const plain = withoutFragment(address).split('?', 1)[0] ?? '';
  return decoded(plain.slice(plain.lastIndexOf('/') + 1));
}

function filePath(from: string, address: string): DependencySource {
  const rest = decoded(bare(address.slice('file:'.length)));
  // `file://./x` and `file:x` are written from here; `file:///x` is the machine's, `file://host/x` another one's.
  const path = rest.startsWith('//') ? rest.slice(2) : rest;
  const here = path === '.' || path.startsWith('./') || path.startsWith('../') || !rest.startsWith('/');
  return { type: 'path', path: here ? join(from, path) : null, written: address };
}

function bare(address: string): string {
  return withoutExtras(withoutFragment(address));
}

/** `./folder[extra]` → `./folder`. */
export function withoutExtras(text: string): string {
  const open = text.endsWith(']') ? text.lastIndexOf('[') : -1;
  return open === -1 ? text : text.slice(0, open);
}

function withoutFragment(address: string): string {
  return address.split('#', 1)[0] ?? '';
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded, then.
    return text;
  }
}
