import { isMap, isScalar, LineCounter as LineStarts, type Node, parseDocument } from 'yaml';
import type { RepoPath } from '../../../model/brand.js';
import type { DependencyFile } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { conflictLine } from '../lines.js';
import type { Written } from './declared.js';
import { isObject } from './json-text.js';
import { linkManifest } from './link-manifest.js';
import { catalogs, configDependencies, pnpmRedirects } from './redirects.js';
import { workspaceGlobs } from './workspaces.js';

/** pnpm-workspace.yaml: members, catalogs, and pnpm's settings that touch dependencies. */
export const pnpmWorkspace: ManifestFormat = { parse, link: linkManifest };

function parse(path: RepoPath, text: string): DependencyFile {
  const conflict = conflictLine(text);
  if (conflict !== null)
    throw new ManifestError(
      'The file has conflict markers',
      conflict,
      'Finish the merge, and stage it again.',
    );
  const starts = new LineStarts();
  const document = parseDocument(text, { lineCounter: starts });
  const [error] = document.errors;
  if (error !== undefined)
    throw new ManifestError(
      `The file is not valid YAML: ${error.message}`,
      starts.linePos(error.pos[0]).line,
    );
  const content: unknown = plain(() => document.toJS({ maxAliasCount: 1000 }));
  const folder = folderOf(path);
  if (!isObject(content ?? {})) throw new ManifestError('The file is YAML, but not a mapping', 1);
  const written: Written = {
    content: isObject(content) ? content : {},
    folder,
    line: (...keys) => starts.linePos(offsetOf(document.contents, keys)).line || 1,
  };
  const members = workspaceGlobs(written.content.packages, folder);
  return {
    path,
    format: 'pnpm-workspace',
    ecosystem: 'npm',
    role: 'manifest',
    project: { name: null, version: null, license: null },
    entries: [...catalogs(written), ...pnpmRedirects(written), ...configDependencies(written)],
    roots: {},
    includes: [folder === '' ? 'package.json' : `${folder}/package.json`],
    ...(members.length === 0 ? {} : { members }),
  };
}

function plain<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ManifestError(`The file is not valid YAML: ${message}`, 1);
  }
}

/** Of the deepest key of the path that is there. */
function offsetOf(node: Node | null, keys: readonly string[]): number {
  let inner: unknown = node;
  let offset = 0;
  for (const name of keys) {
    if (!isMap(inner)) break;
    const pair = inner.items.find(({ key }) => isScalar(key) && String(key.value) === name);
    if (pair === undefined || !isScalar(pair.key)) break;
    offset = pair.key.range?.[0] ?? offset;
    inner = pair.value;
  }
  return offset;
}
