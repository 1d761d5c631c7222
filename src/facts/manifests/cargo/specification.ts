import { canonicalPackage, type DependencyEntry, type DependencySource } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { within } from '../npm/paths.js';
import { isTable, type TomlDocument, type TomlTable } from '../python/toml.js';

/** `=1.2.3`, or a full version after it: the only range that settles one. */
const EXACT = /^=\s*(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)$/;

/** What stands for one package in a table of dependencies. */
export interface Specification
  extends Pick<
    DependencyEntry,
    'ecosystem' | 'name' | 'version' | 'range' | 'source' | 'integrity' | 'inherits'
  > {
  readonly alias?: string;
  readonly isOptional: boolean;
}

/**
 * @param path where it stands in the document; its last part is the name under which the package is used here
 * @throws ManifestError on what Cargo refuses
 */
export function specification(
  document: TomlDocument,
  manifest: string,
  path: readonly string[],
  value: unknown,
): Specification {
  const key = path.at(-1) ?? '';
  if (typeof value === 'string') return registry(document, path, key, value);
  if (!isTable(value)) return document.refuse(path, 'a version or a table');
  const text = (name: string): string | null => document.stringAt([...path, name]);
  const flag = (name: string): boolean | null => flagAt(document, [...path, name], value[name]);
  const isOptional = flag('optional') === true;
  const isInherited = flag('workspace');
  if (isInherited === false) return document.refuse([...path, 'workspace'], 'true');
  // What else it says of version or place, Cargo passes over.
  if (isInherited === true) return { ...base(key, null), isOptional, inherits: 'workspace' };
  const written = text('package');
  const source = sourceOf(document, manifest, path, value);
  const range = text('version');
  if (range === null && source.type === 'registry')
    return document.refuse(path, 'a version, path, git repository or workspace = true');
  return {
    ...base(written ?? key, range),
    ...(written === null || written === key ? {} : { alias: key }),
    source,
    isOptional,
  };
}

function registry(
  document: TomlDocument,
  path: readonly string[],
  name: string,
  range: string,
): Specification {
  if (range.trim() === '') return document.refuse(path, 'a version');
  return { ...base(name, range), isOptional: false };
}

function base(name: string, range: string | null): Omit<Specification, 'isOptional'> {
  return {
    ecosystem: 'cargo',
    name: canonicalPackage('cargo', name),
    version: range === null ? null : (EXACT.exec(range.trim())?.[1] ?? null),
    range,
    source: { type: 'registry', url: null },
    integrity: [],
  };
}

function sourceOf(
  document: TomlDocument,
  manifest: string,
  path: readonly string[],
  table: TomlTable,
): DependencySource {
  const text = (name: string): string | null => document.stringAt([...path, name]);
  const [git, folder] = [text('git'), text('path')];
  const at = (['branch', 'tag', 'rev'] as const).flatMap(name => text(name) ?? []);
  if (git !== null && (folder !== null || text('registry') !== null))
    return document.refuse(path, 'one source: git, path or registry');
  if (at.length > 1) return document.refuse(path, 'one of branch, tag and rev');
  if (git !== null && !URL.canParse(git)) return document.refuse([...path, 'git'], 'an absolute address');
  if (git !== null) return { type: 'git', url: git, revision: at[0] ?? null };
  if (folder !== null) return { type: 'path', path: within(folderOf(manifest), folder), written: folder };
  // A registry has its address in Cargo's own settings: here it is a name.
  const index = text('registry-index') ?? text('registry');
  if (table['base'] !== undefined) return document.refuse([...path, 'base'], 'a stable feature of Cargo');
  return { type: 'registry', url: index === 'crates-io' ? null : index };
}

function flagAt(document: TomlDocument, path: readonly string[], value: unknown): boolean | null {
  if (value === undefined) return null;
  return typeof value === 'boolean' ? value : document.refuse(path, 'true or false');
}
