/** The version where a constraint admits only one; `null`: it admits more. */
export function exactVersion(range: string): string | null {
  // A stability flag or an inline alias (`1.0@dev`, `dev-main as 1.0`) is no part of the version.
  const [plain = ''] = range.trim().split(/[@ #]/, 1);
  const version = plain.replace(/^=*v?/, '');
  return /^\d+(?:\.\d+){0,3}(?:-?(?:alpha|beta|b|a|rc|p|pl|patch)[.-]?\d*)?$/i.test(version) &&
    !/[|,<>^~*]| - /.test(range)
    ? version
    : null;
}

/** Several licences in a list are a choice among them. */
export function licenseOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (!Array.isArray(value)) return null;
  const ids = value.filter((id): id is string => typeof id === 'string');
  if (ids.length < 2) return ids[0] ?? null;
  return ids.map(id => (/\s/.test(id) && !id.startsWith('(') ? `(${id})` : id)).join(' OR ');
}
