import { type DependencyFiles, ManifestError } from '../../../../src/facts/manifests/format.js';
import { bunLock } from '../../../../src/facts/manifests/npm/bun-lock.js';
import { packageJson } from '../../../../src/facts/manifests/npm/package-json.js';
import { pnpmLock } from '../../../../src/facts/manifests/npm/pnpm-lock.js';
import { yarnLock } from '../../../../src/facts/manifests/npm/yarn-lock.js';
import { repoPath } from '../../../../src/model/brand.js';
import type { DependencyEntry, DependencyFile } from '../../../../src/model/dependency.js';
import { shown } from './tree.js';

const FORMATS = [
  ['pnpm-lock.yaml', pnpmLock],
  ['yarn.lock', yarnLock],
  ['bun.lock', bunLock],
  ['package.json', packageJson],
] as const;

function format(path: string) {
  const found = FORMATS.find(([name]) => path === name || path.endsWith(`/${name}`));
  if (found === undefined) throw new Error(`no format for ${path}`);
  return found[1];
}

export function parsed(path: string, text: string): DependencyFile {
  return format(path).parse(repoPath(path), text);
}

/** Parses files of a tree, and links one of them. */
export function linked(tree: Readonly<Record<string, string>>, path: string): DependencyFile {
  const all = new Map(Object.entries(tree).map(([at, text]) => [at, parsed(at, text)]));
  const files: DependencyFiles = { file: at => all.get(at) ?? null, all: () => all.values() };
  const file = all.get(path);
  if (file === undefined) throw new Error(`no ${path}`);
  // Facts are kept as JSON between the two steps.
  const kept: DependencyFile = JSON.parse(JSON.stringify(file));
  return format(path).link?.(kept, files) ?? kept;
}

/** `line: message` of the refusal. */
export function refusal(path: string, text: string): string {
  try {
    parsed(path, text);
  } catch (error) {
    if (error instanceof ManifestError) return `${error.line}: ${error.message}`;
    throw error;
  }
  throw new Error('was taken');
}

/** An entry with what it requires, as one line. */
export function line(one: DependencyEntry): string {
  const marks = [
    one.direct === null ? '?' : one.direct ? 'direct' : 'transitive',
    ...(one.installScript ? ['runs'] : []),
    ...(one.bundled ? ['bundled'] : []),
  ];
  const requires = one.requires === undefined ? '' : ` → ${one.requires.join(', ')}`;
  return `${one.line} ${one.role === 'dependency' ? marks.join(' ') : one.role} ${shown(one)}${requires}`;
}
