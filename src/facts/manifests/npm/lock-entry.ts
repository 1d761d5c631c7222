import type { DependencyEntry, DependencySource } from '../../../model/dependency.js';
import { gitArchive } from './git-url.js';
import { tarballPackage } from './specifier.js';

/** What of an entry is not the same in every lock file of npm's world. */
export type LockFacts = Pick<DependencyEntry, 'id' | 'name' | 'line'> & Partial<DependencyEntry>;

/** An entry of a lock file: there, from the registry, nothing else known. */
export function lockEntry(facts: LockFacts): DependencyEntry {
  return {
    role: 'dependency',
    ecosystem: 'npm',
    version: null,
    range: null,
    scope: 'production',
    direct: null,
    source: REGISTRY,
    integrity: [],
    ...facts,
  };
}

export const REGISTRY: DependencySource = { type: 'registry', url: null };

/** `alias`, where what it is called is not its name. */
export function calledBy(name: string, called: string | null | undefined): { alias?: string } {
  return called === null || called === undefined || called === name ? {} : { alias: called };
}

/** Of an archive at an address: what a big host makes of a commit is that commit. */
export function archiveSource(url: string): DependencySource {
  return gitArchive(url) ?? { type: 'url', url };
}

/**
 * The real name of what stands under `called`: an address of a registry's form tells whose archive it is. (An entry
 * from the registry by name keeps the name: that its archive is another's is for a rule to find.)
 */
export function realName(called: string, source: DependencySource): string {
  return source.type === 'url' ? (tarballPackage(source.url)?.name ?? called) : called;
}

/** A digest field may hold several, with blanks between them. */
export function digests(text: string | null | undefined): readonly string[] {
  return text === null || text === undefined ? [] : text.split(/\s+/).filter(part => part !== '');
}

/** `@scope/name@range` → its two parts; without a range it is empty. */
export function splitDescriptor(descriptor: string): { called: string; range: string } {
  const at = descriptor.indexOf('@', 1);
  return at === -1
    ? { called: descriptor, range: '' }
    : { called: descriptor.slice(0, at), range: descriptor.slice(at + 1) };
}
