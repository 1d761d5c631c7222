import type { RepoPath } from '../../../model/brand.js';
import type { DependencyEntry, DependencyFile, DependencyScope } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { isVendored } from '../names.js';
import { at, declared, specifiers, type Written } from './declared.js';
import { type KeyLines, keyLines, lineOf, readJsonObject } from './json-text.js';
import { linkManifest } from './link-manifest.js';
import { licenseOf } from './lock-fields.js';
import {
  catalogs,
  configDependencies,
  npmOverrides,
  patches,
  pnpmRedirects,
  resolutions,
} from './redirects.js';
import { workspaceGlobs } from './workspaces.js';

/** package.json, as npm, pnpm, Yarn and Bun read it. */
export const packageJson: ManifestFormat = { parse, link: linkManifest };

const FIELDS: readonly (readonly [string, DependencyScope])[] = [
  ['dependencies', 'production'],
  ['devDependencies', 'development'],
  ['optionalDependencies', 'optional'],
  ['peerDependencies', 'peer'],
];

/** What npm, pnpm and Yarn run when the project itself is installed. */
const ON_INSTALL = [
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'preprepare',
  'prepare',
  'postprepare',
  'predependencies',
  'dependencies',
  'postdependencies',
  'pnpm:devPreinstall',
];
/** What runs when it is another's dependency. */
const AS_DEPENDENCY = ON_INSTALL.slice(0, 3);

function parse(path: RepoPath, text: string): DependencyFile {
  const content = readJsonObject(text);
  const vendored = isVendored(path);
  // Of other people's sources only their name counts: few lines are asked for.
  const lines = keyLines(text, vendored ? keys => keys.length === 0 : () => true);
  const written: Written = {
    content,
    folder: folderOf(path),
    bareNpm: isYarnBerry(content.packageManager) ? 'tag' : 'name',
    line: (...keys) => lineOf(lines, ...keys),
  };
  const string = (value: unknown) => (typeof value === 'string' ? value : null);
  const project = {
    name: string(content.name),
    version: string(content.version),
    license: licenseOf(content.license ?? content.licenses),
  };
  const common = {
    path,
    format: 'package-json',
    ecosystem: 'npm',
    project,
    roots: {},
    includes: [],
  } as const;
  if (vendored) return { ...common, role: 'vendored', entries: itself(written, project, path) };
  const members = workspaceGlobs(content.workspaces, written.folder);
  return {
    ...common,
    role: 'manifest',
    entries: entriesOf(written),
    ...(members.length === 0 ? {} : { members }),
    ...scriptsOf(content.scripts, lines),
  };
}

function isYarnBerry(value: unknown): boolean {
  return typeof value === 'string' && /^yarn@(?:[2-9]|\d\d)/.test(value);
}

/** A package that lies in the tree: what it is itself. */
function itself(written: Written, project: DependencyFile['project'], path: string): DependencyEntry[] {
  const { content, folder } = written;
  if (project.name === null) return [];
  const scripts = at(written, 'scripts');
  return [
    {
      id: project.name,
      role: 'dependency',
      ecosystem: 'npm',
      name: project.name,
      version: project.version,
      range: null,
      scope: 'production',
      direct: null,
      source: { type: 'path', path: folder, written: path },
      integrity: [],
      ...(project.license === null ? {} : { license: project.license }),
      ...(AS_DEPENDENCY.some(name => typeof scripts?.[name] === 'string') ? { installScript: true } : {}),
      line: Object.hasOwn(content, 'name') ? written.line('name') : 1,
    },
  ];
}

function entriesOf(written: Written): DependencyEntry[] {
  const bundled = bundledNames(written);
  const optionalPeers = at(written, 'peerDependenciesMeta');
  const entries = FIELDS.flatMap(([field, scope]) =>
    specifiers(written, field).map(([target, text]) => {
      const optional = field === 'peerDependencies' && isOptional(optionalPeers?.[target]);
      const entry = declared(written, {
        id: `${field}/${target}`,
        role: 'dependency',
        target,
        text,
        scope: optional ? 'optional' : scope,
        line: written.line(field, target),
      });
      const shipped = field === 'dependencies' || field === 'optionalDependencies';
      const inside = bundled.all ? shipped : bundled.names.delete(target);
      return inside ? { ...entry, bundled: true as const } : entry;
    }),
  );
  for (const target of bundled.names) {
    const id = `bundleDependencies/${target}`;
    const line = bundled.line;
    entries.push({
      ...declared(written, { id, role: 'dependency', target, text: '*', line }),
      range: null,
      bundled: true,
    });
  }
  return [
    ...entries,
    ...npmOverrides(written),
    ...resolutions(written),
    ...pnpmRedirects(written, 'pnpm'),
    ...configDependencies(written, 'pnpm'),
    ...patches(written),
    ...catalogs(written),
    ...(Array.isArray(written.content.workspaces) ? [] : catalogs(written, 'workspaces')),
  ];
}

function isOptional(meta: unknown): boolean {
  return typeof meta === 'object' && meta !== null && 'optional' in meta && meta.optional === true;
}

/** `true` means all that is shipped. */
function bundledNames(written: Written): { all: boolean; names: Set<string>; line: number } {
  const names = new Set<string>();
  let all = false;
  let line = 1;
  for (const field of ['bundledDependencies', 'bundleDependencies']) {
    const value = Object.hasOwn(written.content, field) ? written.content[field] : undefined;
    if (value === undefined || value === null || value === false) continue;
    line = written.line(field);
    if (value === true) all = true;
    else if (Array.isArray(value) && value.every(name => typeof name === 'string'))
      for (const name of value) names.add(name);
    else throw new ManifestError(`"${field}" is not a list of names`, line);
  }
  return { all, names, line };
}

function scriptsOf(scripts: unknown, lines: KeyLines): Pick<DependencyFile, 'installScripts'> {
  if (typeof scripts !== 'object' || scripts === null) return {};
  const found = new Map(Object.entries(scripts));
  const installScripts = ON_INSTALL.flatMap(name => {
    const text: unknown = found.get(name);
    return typeof text === 'string' ? [{ name, text, line: lineOf(lines, 'scripts', name) }] : [];
  });
  return installScripts.length === 0 ? {} : { installScripts };
}
