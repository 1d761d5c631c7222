import type { Json } from '../../src/model/canonical.js';
import type { DependencyFile, DependencySource } from '../../src/model/dependency.js';
import { changeOf, type EntryParts, lock, manifest, stateOf, subjects } from './dependencies.js';

export const REGISTRY = 'https://registry.example.com';
export const npmUrl = (name: string, version: string, file = name): string =>
  `${REGISTRY}/${name}/-/${file}-${version}.tgz`;
export const git = (url: string, revision: string | null = null): DependencySource => ({
  type: 'git',
  url,
  revision,
});
export const COMMIT = '0123456789abcdef0123456789abcdef01234567';

export type Options = Readonly<Record<string, Json>>;
export const found = (options: Options, files: readonly DependencyFile[]): readonly string[] =>
  subjects(stateOf({ 'dependency-source': options }, files));
export const changed = (
  options: Options,
  before: readonly DependencyFile[],
  after: readonly DependencyFile[],
): readonly string[] => subjects(changeOf({ 'dependency-source': options }, before, after));

export const ofManifest = (parts: EntryParts): DependencyFile =>
  manifest('package.json', [parts], { name: 'app' });
export const ofLock = (parts: EntryParts): DependencyFile => lock('package-lock.json', [parts]);
