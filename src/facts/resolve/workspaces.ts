import type { RepoPath } from '../../model/brand.js';
import type { Manifest } from './context.js';
import type { ContextReader } from './context-reader.js';
import { isMembers, type ReadManifest, strings } from './manifests.js';
import { baseName, folderOf, relativeTo } from './paths.js';

/** Where packages of a workspace are declared: patterns relative to a folder. */
interface Declaration {
  readonly folder: string;
  readonly patterns: readonly string[];
}

async function pnpmPatterns(reader: ContextReader, path: RepoPath): Promise<readonly string[]> {
  const text = await reader.text(path);
  if (text === null) return [];
  const { LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  for (const error of document.errors) {
    const { line, col } = lines.linePos(error.pos[0]);
    reader.report('error', path, error.message.split(/ at line |\n/)[0] ?? 'malformed YAML', line, col);
  }
  if (document.errors.length > 0) return [];
  const value: unknown = document.toJS();
  return isMembers(value) ? strings(value.packages) : [];
}

async function declarations(
  reader: ContextReader,
  manifests: readonly ReadManifest[],
  others: readonly RepoPath[],
): Promise<readonly Declaration[]> {
  const found: Declaration[] = manifests.map(({ manifest, workspaces }) => ({
    folder: manifest.folder,
    patterns: workspaces,
  }));
  for (const path of others) {
    if (baseName(path) === 'lerna.json') {
      const value = (await reader.json(path, 'comments'))?.value;
      found.push({ folder: folderOf(path), patterns: isMembers(value) ? strings(value.packages) : [] });
    } else if (baseName(path) === 'rush.json') {
      const value = (await reader.json(path, 'comments'))?.value;
      const projects = isMembers(value) && Array.isArray(value['projects']) ? value['projects'] : [];
      const patterns = projects.flatMap(one => (isMembers(one) ? strings([one['projectFolder']]) : []));
      found.push({ folder: folderOf(path), patterns });
    } else found.push({ folder: folderOf(path), patterns: await pnpmPatterns(reader, path) });
  }
  return found.filter(({ patterns }) => patterns.length > 0);
}

function clean(pattern: string): string {
  return pattern
    .replace(/^\.\//, '')
    .replace(/\/+$/, '')
    .replace(/\/package\.json$/, '');
}

/** Name → folder of every workspace package, npm's, yarn's, pnpm's, lerna's, Rush's and Deno's; the first of equal names stays. */
export async function readWorkspaces(
  reader: ContextReader,
  manifests: readonly ReadManifest[],
  others: readonly RepoPath[],
): Promise<readonly (readonly [name: string, folder: string])[]> {
  const declared = await declarations(reader, manifests, others);
  if (declared.length === 0) return [];
  const { default: micromatch } = await import('micromatch');
  const tests = declared.map(({ folder, patterns }) => {
    const test = (pattern: string): ((path: string) => boolean) =>
      micromatch.matcher(clean(pattern), { dot: false });
    const wanted = patterns.filter(pattern => !pattern.startsWith('!')).map(test);
    const unwanted = patterns
      .filter(pattern => pattern.startsWith('!'))
      .map(pattern => test(pattern.slice(1)));
    return (path: string): boolean => {
      const relative = relativeTo(folder, path);
      if (relative === null || relative === '') return relative === '';
      return wanted.some(is => is(relative)) && !unwanted.some(is => is(relative));
    };
  });
  const isMember = ({ folder }: Manifest): boolean => tests.some(test => test(folder));
  const names = new Map<string, string>();
  for (const { manifest } of manifests)
    if (manifest.name !== undefined && !names.has(manifest.name) && isMember(manifest))
      names.set(manifest.name, manifest.folder);
  return [...names];
}
