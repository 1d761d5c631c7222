import type { RepoPath } from '../../../model/brand.js';
import type { DependencyEntry, DependencyFile, DependencyScope } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { within } from '../npm/paths.js';
import { isTable, TomlDocument } from '../python/toml.js';
import { patches, replacements } from './redirects.js';
import { specification } from './specification.js';
import { linkManifest } from './workspace.js';

/** The manifest of a Rust package or workspace. */
export const cargoToml: ManifestFormat = { parse, link: linkManifest };

/** Names of the tables, old spellings too; where both stand, Cargo takes the first. */
const TABLES: readonly (readonly [DependencyScope, readonly string[]])[] = [
  ['production', ['dependencies']],
  ['development', ['dev-dependencies', 'dev_dependencies']],
  ['build', ['build-dependencies', 'build_dependencies']],
];

function parse(path: RepoPath, text: string): DependencyFile {
  return new CargoToml(path, text).read();
}

class CargoToml {
  private readonly document: TomlDocument;
  private readonly entries: DependencyEntry[] = [];

  constructor(
    private readonly path: RepoPath,
    text: string,
  ) {
    this.document = new TomlDocument(text);
  }

  read(): DependencyFile {
    const { document } = this;
    const old = document.tableAt(['package']) === null && document.tableAt(['project']) !== null;
    const head = old ? 'project' : 'package';
    const project = document.tableAt([head]);
    const workspace = document.tableAt(['workspace']);
    if (project === null && workspace === null)
      throw new ManifestError('it has neither [package] nor [workspace]', 1, 'add one of them');
    const name = project === null ? null : document.stringAt([head, 'name']);
    if (project !== null && (name === null || name === ''))
      throw new ManifestError('the package has no name', document.line([head]), 'add name = "…"');
    this.tables([]);
    for (const platform of Object.keys(document.tableAt(['target']) ?? {})) this.tables(['target', platform]);
    if (project === null && this.entries.length > 0)
      throw new ManifestError(
        'a workspace without a package can’t have dependencies of its own',
        this.entries[0]?.line ?? 1,
        'move them to [workspace.dependencies] or to a member',
      );
    this.table(['workspace', 'dependencies'], 'production');
    this.entries.push(...patches(document, this.path), ...replacements(document, this.path));
    const pointer = document.tableAt([head]) === null ? null : document.stringAt([head, 'workspace']);
    const folder = folderOf(this.path);
    const root = pointer === null ? null : within(folder, pointer);
    return {
      path: this.path,
      format: 'cargo-toml',
      ecosystem: 'cargo',
      role: 'manifest',
      project: { name, version: this.own(head, 'version'), license: this.own(head, 'license') },
      entries: this.entries,
      roots: {},
      includes: root === null ? [] : [root === '' ? 'Cargo.toml' : `${root}/Cargo.toml`],
      ...(workspace === null ? {} : { members: this.members(folder) }),
      ...this.exports(head),
    };
  }

  /** `null` where it is the workspace's, too: `link` knows it. */
  private own(head: string, key: string): string | null {
    const value = this.document.tableAt([head])?.[key];
    if (value === undefined || isTable(value)) return null;
    return this.document.stringAt([head, key]);
  }

  /** What members take over from here, and what this package takes over itself. */
  private exports(head: string): Pick<DependencyFile, 'exports'> {
    const exports: [string, string][] = [];
    for (const key of ['version', 'license']) {
      const value = this.document.tableAt(['workspace', 'package'])?.[key];
      if (typeof value === 'string') exports.push([`workspace.package.${key}`, value]);
      if (isTable(this.document.tableAt([head])?.[key])) exports.push([`inherits.${key}`, 'workspace']);
    }
    return exports.length === 0 ? {} : { exports: Object.fromEntries(exports) };
  }

  /** Those left out have `!` before them. */
  private members(folder: string): readonly string[] {
    const { document } = this;
    const listed = (key: string): readonly string[] =>
      (document.stringsAt(['workspace', key]) ?? []).flatMap(glob => within(folder, glob) ?? []);
    return [...listed('members'), ...listed('exclude').map(glob => `!${glob}`)];
  }

  private tables(prefix: readonly string[]): void {
    const table = prefix.length === 0 ? this.document.table : this.document.tableAt(prefix);
    for (const [scope, names] of TABLES) {
      const name = names.find(one => table?.[one] !== undefined);
      if (name !== undefined) this.table([...prefix, name], scope);
    }
  }

  private table(path: readonly string[], scope: DependencyScope): void {
    const isDefinition = path[0] === 'workspace';
    if (isDefinition && this.document.tableAt(['workspace']) === null) return;
    for (const [key, value] of Object.entries(this.document.tableAt(path) ?? {})) {
      const place = [...path, key];
      const { isOptional, ...facts } = specification(this.document, this.path, place, value);
      if (isDefinition && facts.inherits !== undefined)
        this.document.refuse(place, 'a version, path or git repository');
      this.entries.push({
        ...facts,
        id: place.join('/'),
        role: isDefinition ? 'definition' : 'dependency',
        scope: isOptional && scope === 'production' ? 'optional' : scope,
        direct: true,
        line: this.document.line(place),
      });
    }
  }
}
