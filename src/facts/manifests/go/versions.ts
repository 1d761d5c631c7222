/** A module's version: `v1.2.3`, with a pre-release, a pseudo-version, `+incompatible`. */
const VERSION = /^v(0|[1-9]\d*)(?:\.(0|[1-9]\d*)(?:\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?)?)?$/;

/** As Go writes it (`v1` → `v1.0.0`, build metadata but `+incompatible` dropped); `null`: it is no version. */
export function canonicalVersion(written: string): string | null {
  const match = VERSION.exec(written);
  if (match === null) return null;
  const [, major, minor = '0', patch = '0', pre, build] = match;
  if (pre?.slice(1).split('.').some(isBadPart) || build?.slice(1).split('.').includes('')) return null;
  return `v${major}.${minor}.${patch}${pre ?? ''}${build === '+incompatible' ? build : ''}`;
}

function isBadPart(part: string): boolean {
  return part === '' || (part.length > 1 && part.startsWith('0') && /^\d+$/.test(part));
}

/**
 * What the module's path says of its major version: `/v2`, gopkg.in's `.v2`, `''` for nothing (v0 and v1).
 * `null`: no module can have the path.
 */
export function pathMajor(path: string): string | null {
  if (path.startsWith('gopkg.in/')) {
    const major = /\.(v(?:0|[1-9]\d*))(?:-unstable)?$/.exec(path)?.[1];
    return major === undefined ? null : `.${major}`;
  }
  const end = /\/v([\d.]+)$/.exec(path)?.[1];
  if (end === undefined) return '';
  return end.includes('.') || end.startsWith('0') || end === '1' ? null : `/v${end}`;
}

/** Does the version (canonical) fit what the path says? */
export function fitsMajor(version: string, major: string): boolean {
  if (major === '.v1' && version.startsWith('v0.0.0-')) return true;
  const own = version.slice(0, version.indexOf('.'));
  return major === ''
    ? own === 'v0' || own === 'v1' || version.endsWith('+incompatible')
    : own === major.slice(1);
}
