import { repoPath } from '../../../model/brand.js';
import type { ContextSources } from '../language-resolver.js';
import { baseName, folderOf } from '../paths.js';

/** A project of the tree. */
export interface Project {
  readonly folder: string;
  /** Its file's name: the default of its assembly's name and its root namespace. */
  readonly name: string;
  /** As its file says. */
  readonly rootNamespace: string | null;
}

function isProject(path: string): boolean {
  return path.toLowerCase().endsWith('.csproj');
}

/** Files that name packages. */
export function isDotnetConfig(path: string): boolean {
  const name = baseName(path).toLowerCase();
  return isProject(name) || name === 'directory.build.props' || name === 'directory.packages.props';
}

/** The values of one element or attribute, wherever it stands; those that hold a variable are left out. */
function valuesBetween(text: string, open: string, close: string): readonly string[] {
  const values: string[] = [];
  for (let at = text.indexOf(open); at !== -1; at = text.indexOf(open, at)) {
    at += open.length;
    const end = text.indexOf(close, at);
    if (end === -1) break;
    const value = text.slice(at, end).trim();
    if (value !== '' && !value.includes('$(')) values.push(value);
  }
  return values;
}

/** Without comments. */
function withoutComments(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf('<!--'); at !== -1; at = text.indexOf('<!--', from)) {
    parts.push(text.slice(from, at));
    const end = text.indexOf('-->', at);
    if (end === -1) return parts.join('');
    from = end + '-->'.length;
  }
  return parts.join('') + text.slice(from);
}

const NAME = /^[A-Za-z0-9_.-]+$/;

function packagesIn(text: string): readonly string[] {
  return ['PackageReference', 'PackageVersion']
    .flatMap(element => valuesBetween(text, `<${element} Include="`, '"'))
    .filter(name => NAME.test(name));
}

export interface Solution {
  readonly projects: readonly Project[];
  /** Ids of the packages that any project refers to. */
  readonly packages: readonly string[];
}

export async function readProjects(sources: ContextSources): Promise<Solution> {
  const projects: Project[] = [];
  const packages = new Set<string>();
  for (const { path } of sources.listing.entries()) {
    if (!isDotnetConfig(path)) continue;
    const read = await sources.text(repoPath(path));
    const text = withoutComments(read ?? '');
    for (const name of packagesIn(text)) packages.add(name);
    if (!isProject(path)) continue;
    const name = baseName(path).slice(0, -'.csproj'.length).replaceAll(' ', '_');
    const [rootNamespace = null] = valuesBetween(text, '<RootNamespace>', '</RootNamespace>');
    projects.push({ folder: folderOf(path), name, rootNamespace });
  }
  projects.sort((a, b) => (a.folder < b.folder ? -1 : a.folder > b.folder ? 1 : a.name < b.name ? -1 : 1));
  return { projects, packages: [...packages].sort() };
}
