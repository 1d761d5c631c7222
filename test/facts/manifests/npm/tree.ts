import type { DependencyFiles } from '../../../../src/facts/manifests/format.js';
import { packageJson } from '../../../../src/facts/manifests/npm/package-json.js';
import { packageLock } from '../../../../src/facts/manifests/npm/package-lock.js';
import { pnpmWorkspace } from '../../../../src/facts/manifests/npm/pnpm-workspace.js';
import { repoPath } from '../../../../src/model/brand.js';
import type { DependencyEntry, DependencyFile } from '../../../../src/model/dependency.js';

const FORMATS = [
  ['package.json', packageJson],
  ['package-lock.json', packageLock],
  ['npm-shrinkwrap.json', packageLock],
  ['pnpm-workspace.yaml', pnpmWorkspace],
] as const;

/** Parses files of a tree, by path, and links one of them. */
export function linked(tree: Readonly<Record<string, string>>, path: string): DependencyFile {
  const parsed = new Map<string, DependencyFile>();
  for (const [at, text] of Object.entries(tree)) parsed.set(at, format(at).parse(repoPath(at), text));
  const files: DependencyFiles = { file: at => parsed.get(at) ?? null, all: () => parsed.values() };
  const file = parsed.get(path);
  if (file === undefined) throw new Error(`no ${path}`);
  return format(path).link?.(file, files) ?? file;
}

function format(path: string) {
  const found = FORMATS.find(([name]) => path === name || path.endsWith(`/${name}`));
  if (found === undefined) throw new Error(`no format for ${path}`);
  return found[1];
}

export function parsed(path: string, text: string): DependencyFile {
  return format(path).parse(repoPath(path), text);
}

export function entry(file: DependencyFile, id: string): DependencyEntry {
  const found = file.entries.find(one => one.id === id);
  if (found === undefined) throw new Error(`no ${id} among ${file.entries.map(one => one.id).join(', ')}`);
  return found;
}

/** One line each: what the tests compare. */
export function shown(one: DependencyEntry): string {
  const { source } = one;
  const from =
    source.type === 'registry'
      ? (source.url ?? '')
      : source.type === 'git'
        ? `git ${source.url}#${source.revision ?? ''}`
        : source.type === 'url'
          ? `url ${source.url}`
          : `${source.type} ${source.path}`;
  const called = one.alias === undefined ? '' : ` as ${one.alias}`;
  return `${one.id}: ${one.name}${called} ${one.version ?? '-'} ${one.range ?? '-'} ${one.scope} ${from}`.trim();
}
