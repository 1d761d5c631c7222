/**
 * The version where a Maven requirement settles one: a plain one (what a project wants itself wins) or `[1.2]`.
 * `null`: a range, or one that changes by itself.
 */
export function exactVersion(written: string): string | null {
  const plain = written.trim();
  const pinned = /^\[\s*([^,\s[\]]+)\s*\]$/.exec(plain)?.[1] ?? plain;
  if (/[[\](),$@{}+?\s]/.test(pinned) || pinned === '') return null;
  return /^(?:LATEST|RELEASE|latest\..*)$/.test(pinned) ? null : pinned;
}

/** Name of the package by which Gradle finds a plugin. */
export function pluginPackage(id: string): string {
  return `${id}:${id}.gradle.plugin`;
}
