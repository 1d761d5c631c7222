import semver from 'semver';

/** How pnpm names the packages in a lock file, which changed with its format. */
export interface DepPaths {
  /** The key that a reference leads to: `1.0.0(react@18.0.0)`, `other@2.0.0`, `/other/2.0.0`; not for `link:`. */
  key(name: string, reference: string): string;
  /** The key without the peers that it was resolved with: what the registry has. */
  base(key: string): string;
  /** `null`: the key doesn't tell (git and archives before format 9: the entry's own `name` does). */
  read(key: string): DepPath | null;
}

export interface DepPath {
  readonly name: string;
  /** A version of the registry. `null`: comes from elsewhere. */
  readonly version: string | null;
  /** What stands where a version would: `file:x`, `https://…`, `runtime:22.0.0`. Empty: nothing. */
  readonly reference: string;
}

/** @param major of the lock file's version: 5, 6 or 9 */
export function depPaths(major: number): DepPaths {
  return major === 5 ? V5 : major === 6 ? V6 : V9;
}

const V9: DepPaths = {
  key(name, reference) {
    const at = reference.startsWith('@') ? 0 : reference.indexOf('@');
    const colon = reference.indexOf(':');
    const bracket = reference.indexOf('(');
    const whole = at === 0 || (at !== -1 && (colon === -1 || at < colon) && (bracket === -1 || at < bracket));
    return whole ? reference : `${name}@${reference}`;
  },
  base: withoutBrackets,
  read(key) {
    const base = withoutBrackets(key);
    const at = base.indexOf('@', 1);
    return at === -1 ? null : read(base.slice(0, at), base.slice(at + 1));
  },
};

const V6: DepPaths = {
  key(name, reference) {
    return isWhole(reference) ? reference : `/${name}@${reference}`;
  },
  base: withoutBrackets,
  read(key) {
    const base = withoutBrackets(key);
    if (base.startsWith('file:')) return null;
    // `host/name@1.0.0`: another registry; `github.com/owner/name/commit` has no version.
    const start = base.indexOf('/') + 1;
    const at = base.indexOf('@', start + 1);
    return at === -1 ? null : ofRegistry(base.slice(start, at), base.slice(at + 1), base.startsWith('/'));
  },
};

const V5: DepPaths = {
  key(name, reference) {
    return isWhole(reference) ? reference : `/${name}/${reference}`;
  },
  base(key) {
    return key;
  },
  read(key) {
    if (key.startsWith('file:')) return null;
    const [, first = '', ...rest] = key.split('/');
    const name = first.startsWith('@') ? `${first}/${rest.shift() ?? ''}` : first;
    const version = rest.shift() ?? '';
    const peers = version.indexOf('_');
    return ofRegistry(name, peers === -1 ? version : version.slice(0, peers), key.startsWith('/'));
  },
};

/** Before format 9: a slash (outside the peers) makes a key of a reference. */
function isWhole(reference: string): boolean {
  if (reference.startsWith('file:')) return true;
  const bracket = reference.indexOf('(');
  const slash = reference.indexOf('/');
  return slash !== -1 && (bracket === -1 || slash < bracket);
}

/** Peers (and the hash of a patch) stand in brackets at the end, nested. */
function withoutBrackets(key: string): string {
  let end = key.length;
  while (end > 0 && key.charCodeAt(end - 1) === 41) {
    let open = 1;
    let at = end - 2;
    for (; at >= 0 && open > 0; at--) {
      const code = key.charCodeAt(at);
      if (code === 41) open++;
      else if (code === 40) open--;
    }
    if (open > 0) return key;
    end = at + 1;
  }
  return key.slice(0, end);
}

function read(name: string, reference: string): DepPath {
  if (semver.valid(reference) !== null) return { name, version: reference, reference };
  // `name@registry:1.0.0`: a registry that the workspace has given a name.
  const colon = reference.indexOf(':');
  const version = colon === -1 ? null : semver.valid(reference.slice(colon + 1));
  return { name, version: version === null ? null : reference.slice(colon + 1), reference };
}

function ofRegistry(name: string, version: string, own: boolean): DepPath | null {
  if (name !== '' && semver.valid(version) !== null) return { name, version, reference: version };
  return own && name !== '' ? { name, version: null, reference: version } : null;
}
