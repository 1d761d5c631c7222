import type { RepoPath } from '../../../model/brand.js';
import { readJson } from '../json-text.js';
import type { ContextSources } from '../language-resolver.js';
import { baseName, join } from '../paths.js';
import { compiledRoots } from './compile-commands.js';

/** Where headers are looked for, beside the folders above the including file. */
export interface CContext {
  /** What the policy and a compilation database say. */
  readonly roots: readonly string[];
  /** Every folder called `include` (or `inc`, `includes`, `headers`). */
  readonly includes: readonly string[];
}

const NAMES = new Set(['include', 'inc', 'includes', 'headers', 'Include']);

export function isCConfig(path: string): boolean {
  return baseName(path) === 'compile_commands.json';
}

/** The outermost folder of a path that holds headers by its name, and those within it. */
export function includeFolders(path: string): readonly string[] {
  const folders: string[] = [];
  for (let at = path.indexOf('/'), from = 0; at !== -1; from = at + 1, at = path.indexOf('/', from))
    if (NAMES.has(path.slice(from, at))) folders.push(path.slice(0, at));
  return folders;
}

export async function readCContext(sources: ContextSources): Promise<CContext> {
  const { listing } = sources;
  const configs: RepoPath[] = [];
  const includes = new Set<string>();
  for (const { path, mode } of listing.entries()) {
    if (isCConfig(path) && mode !== '160000' && mode !== '120000') configs.push(path);
    for (const folder of includeFolders(path)) includes.add(folder);
  }
  const roots = new Set((sources.settings.roots ?? []).flatMap(root => join('', root) ?? []));
  for (const path of configs.sort()) {
    const text = await sources.text(path);
    const reading = text === null ? null : readJson(text, 'strict');
    if (reading?.ok === false) sources.mistake(path, reading.message, '');
    if (reading?.ok === true)
      for (const root of compiledRoots(reading.value, file => listing.has(file))) roots.add(root);
  }
  return { roots: [...roots], includes: [...includes].sort() };
}
