import type { Rename } from './context.js';

const REGISTRY = /^(npm|jsr|workspace):((?:@[^/@]+\/)?[^/@^~<>=*][^/@]*)(?:@|$)/;
/** A version after `npm:` and the like, and no name: the package is called as the dependency. */
const VERSION = /^(?:npm|jsr|workspace):[\dvx*^~<>=]/;

/** @param version as a manifest writes it @returns `null`: the package is called as the dependency */
export function renameOf(alias: string, version: string): Rename | null {
  if (VERSION.test(version)) return version.startsWith('jsr:') ? [alias, 'jsr', alias] : null;
  const [, ecosystem, name] = REGISTRY.exec(version) ?? [];
  if (name === undefined) return null;
  // A folder of the workspace: `workspace:../x`.
  if (ecosystem === 'workspace' && name.startsWith('.')) return null;
  if (ecosystem === 'jsr') return [alias, 'jsr', name];
  return name === alias ? null : [alias, ecosystem === 'npm' ? 'npm' : 'workspace', name];
}
