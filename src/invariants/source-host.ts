/** One host: `registry.example.com`, `localhost:4873`, `*.example.com` for all below it. */
export const HOST_PATTERN = /^(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*(?::[0-9]+)?$/;

const USUAL_PORTS: Readonly<Record<string, string>> = {
  'https:': ':443',
  'http:': ':80',
  'ssh:': ':22',
  'git:': ':9418',
  'ftp:': ':21',
};

/**
 * Host of an address in lower case, with its port unless it is the protocol's own. `null`: it can't be told, or not so
 * that every program would tell the same.
 */
export function hostOf(url: string): string | null {
  if (last === null || !url.startsWith(last.origin)) {
    const slash = url.indexOf('/', url.indexOf('://') + 3);
    const host = hostIn(url);
    if (slash === -1 || !ORIGIN.test(url.slice(0, slash + 1))) return host;
    last = { origin: url.slice(0, slash + 1), host };
  }
  return last.host;
}

/** Nearly all addresses of a lock file begin alike. */
let last: { readonly origin: string; readonly host: string | null } | null = null;
/** The host ends at the slash. */
const ORIGIN = /^[a-z]+:\/\/[^/?#\\]+\/$/i;

function hostIn(url: string): string | null {
  const start = url.indexOf('://');
  if (start === -1) {
    // `git@host:path`. Without a user a word before the colon may be a protocol: then only one with a dot is a host.
    const [, user, host = ''] = /^([^@\s/:]+@)?([^@\s/:]+):[^/\\]/.exec(url) ?? [];
    return user === undefined && !host.includes('.') ? null : knownHost(host);
  }
  // Cargo and pip write how before where: `sparse+https://`, `git+ssh://`.
  const protocol = `${url.slice(url.lastIndexOf('+', start) + 1, start).toLowerCase()}:`;
  const end = url.slice(start + 3).search(/[/?#\\]/);
  const authority = end === -1 ? url.slice(start + 3) : url.slice(start + 3, start + 3 + end);
  if (authority.indexOf('@') !== authority.lastIndexOf('@') || url[start + 3 + end] === '\\') return null;
  const host = authority.slice(authority.indexOf('@') + 1);
  const usual = USUAL_PORTS[protocol];
  return knownHost(usual !== undefined && host.endsWith(usual) ? host.slice(0, -usual.length) : host);
}

/** Letters of other scripts and escapes name a host that is spelled otherwise where it is asked for. */
function knownHost(host: string): string | null {
  const plain = host.toLowerCase();
  return /^(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::[0-9]+)?$/.test(plain) ? plain : null;
}

export function isAllowedHost(allowed: readonly string[], host: string): boolean {
  return allowed.some(each =>
    each.startsWith('*.') ? host.endsWith(each.slice(1)) && host.length > each.length - 1 : host === each,
  );
}
