import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Place, readManifest } from './place.js';

/** What a repository looks like from outside: enough to say what was found and to propose a decision. */
export interface Survey {
  /** Paths relative to the root: tracked, or not yet added and not ignored. */
  readonly files: readonly string[];
  /** Most files first. */
  readonly languages: readonly { readonly name: string; readonly files: number }[];
  /** Globs of workspace packages, as written; and the file that says so. */
  readonly workspaces: { readonly globs: readonly string[]; readonly file: string } | null;
  /** Folder of architecture decision records that was there before lintel. */
  readonly adrFolder: string | null;
}

const LANGUAGES: Readonly<Record<string, string>> = {
  ts: 'TypeScript',
  tsx: 'TypeScript',
  mts: 'TypeScript',
  cts: 'TypeScript',
  js: 'JavaScript',
  jsx: 'JavaScript',
  mjs: 'JavaScript',
  cjs: 'JavaScript',
  py: 'Python',
  go: 'Go',
  java: 'Java',
  kt: 'Kotlin',
  rs: 'Rust',
  rb: 'Ruby',
  php: 'PHP',
  cs: 'C#',
  swift: 'Swift',
  scala: 'Scala',
  c: 'C',
  cc: 'C++',
  cpp: 'C++',
  vue: 'Vue',
  svelte: 'Svelte',
  sql: 'SQL',
};

/** Where adr-tools, MADR, log4brains and their kin keep records. */
const ADR_FOLDERS = [
  'docs/adr',
  'doc/adr',
  'docs/adrs',
  'doc/adrs',
  'docs/decisions',
  'doc/decisions',
  'docs/architecture/decisions',
  'doc/architecture/decisions',
  'docs/architecture/adr',
  'docs/architecture-decisions',
  'architecture/decisions',
  'adr',
  'adrs',
];

export function survey(place: Place): Survey {
  const listed = place.git('ls-files', '-z', '--cached', '--others', '--exclude-standard');
  const files = [...new Set(listed.stdout.split('\0').filter(isOwn))].sort();
  return {
    files,
    languages: languagesOf(files),
    workspaces: workspacesOf(place),
    adrFolder: adrFolderOf(place),
  };
}

/** Installed packages are nobody's own code, although a new project may not ignore them yet. */
function isOwn(path: string): boolean {
  return path !== '' && !/(?:^|\/)node_modules\//.test(path);
}

function languagesOf(files: readonly string[]): Survey['languages'] {
  const counts = new Map<string, number>();
  for (const file of files) {
    const name = LANGUAGES[/\.([^./]+)$/.exec(file)?.[1]?.toLowerCase() ?? ''];
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, files: count }))
    .sort((a, b) => b.files - a.files || (a.name < b.name ? -1 : 1));
}

function workspacesOf(place: Place): Survey['workspaces'] {
  const folder = place.packageFolder ?? place.root;
  if (existsSync(join(folder, 'pnpm-workspace.yaml')))
    return { globs: [], file: `${place.prefix}pnpm-workspace.yaml` };
  const written = readManifest(folder)?.['workspaces'];
  const globs =
    typeof written === 'object' && written !== null && 'packages' in written ? written.packages : written;
  if (!Array.isArray(globs)) return null;
  return { globs: globs.map(String), file: `${place.prefix}package.json` };
}

function adrFolderOf(place: Place): string | null {
  const found = ADR_FOLDERS.find(folder => {
    const path = join(place.root, folder);
    return (
      existsSync(path) &&
      readdirSync(path).some(name => /^\d{1,5}[-_].*\.(?:md|markdown)$|^\d{8}-.*\.md$/i.test(name))
    );
  });
  return found ?? null;
}
