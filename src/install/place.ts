import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type CommandResult, type Environment, runCommand } from './command.js';
import type { InstallContext } from './types.js';

/** Where everything is: the repository, its package.json, this package. All paths absolute unless said. */
export interface Place {
  /** Root of the working tree. */
  readonly root: string;
  readonly gitDirectory: string;
  /** Shared by all linked worktrees. */
  readonly commonDirectory: string;
  /** Folder of the package.json that gets `prepare`; `null`: there is none. */
  readonly packageFolder: string | null;
  /** That folder relative to the root, with `/` and a trailing one; empty at the root. */
  readonly prefix: string;
  /** This installation of lintel: holds `hooks/` and `dist/`. */
  readonly lintelFolder: string;
  readonly environment: Environment;
  git(...args: readonly string[]): CommandResult;
}

/** Variables that name another repository than the one at `cwd`: npm may be run from a hook of some other one. */
const REPOSITORY_VARIABLES = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_PREFIX'];

/** @returns `null` where there is no repository with a working tree; `reason` of git itself missing included. */
export function locate({
  cwd,
  environment,
  lintelFolder,
}: Omit<InstallContext, 'say'>): Place | { readonly missing: 'git' | 'repository'; readonly reason: string } {
  const clean: Record<string, string | undefined> = { ...environment };
  for (const name of REPOSITORY_VARIABLES) delete clean[name];
  const ask = (folder: string, args: readonly string[]) =>
    runCommand('git', args, { cwd: folder, environment: clean });
  const answer = ask(cwd, ['rev-parse', '--show-toplevel', '--absolute-git-dir', '--git-common-dir']);
  if (answer.status === null) return { missing: 'git', reason: answer.stderr };
  if (answer.status !== 0) return { missing: 'repository', reason: answer.stderr.trim() };
  const [root = '', gitDirectory = '', common = ''] = answer.stdout.replace(/\n$/, '').split('\n');
  const packageFolder = findPackageFolder(cwd, root);
  const prefix =
    packageFolder === null || packageFolder === root
      ? ''
      : `${relative(root, packageFolder).split(sep).join('/')}/`;
  return {
    root,
    gitDirectory,
    // Printed relative to the folder that git was asked in.
    commonDirectory: resolve(cwd, common),
    packageFolder,
    prefix,
    lintelFolder: lintelFolder ?? findLintelFolder(),
    environment: clean,
    git: (...args) => ask(root, args),
  };
}

/**
 * The package.json that installs lintel: the outermost between `cwd` and the root that depends on it, else one
 * below the root that does (asked from the root), else the outermost there is (a workspace's root).
 */
function findPackageFolder(cwd: string, root: string): string | null {
  const above: string[] = [];
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) above.unshift(folder);
    if (folder === root || folder === dirname(folder)) break;
  }
  return above.find(dependsOnLintel) ?? foldersBelow(root, 2).find(dependsOnLintel) ?? above[0] ?? null;
}

/** Folders that may hold a package of this repository, nearest first. */
function foldersBelow(folder: string, depth: number): readonly string[] {
  if (depth === 0) return [];
  const below = readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map(entry => join(folder, entry.name));
  return [...below, ...below.flatMap(inner => foldersBelow(inner, depth - 1))];
}

function dependsOnLintel(folder: string): boolean {
  const manifest = readManifest(folder);
  return ['devDependencies', 'dependencies', 'optionalDependencies'].some(key => {
    const group = manifest?.[key];
    return typeof group === 'object' && group !== null && 'lintel' in group;
  });
}

/** The parsed package.json of a folder; `null`: there is none, or it is no JSON object. */
export function readManifest(folder: string): Readonly<Record<string, unknown>> | null {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return null;
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
    return typeof manifest === 'object' && manifest !== null && !Array.isArray(manifest)
      ? (manifest as Record<string, unknown>)
      : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The nearest folder above this file that ships the launcher: the same from `src/` and from `dist/chunks/`. */
function findLintelFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'hooks', 'launcher.sh'))) return folder;
    if (folder === dirname(folder)) throw new Error('lintel: hooks/launcher.sh is missing from this package');
  }
}
