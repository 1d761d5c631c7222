import type { RepoPath } from '../../../model/brand.js';
import type { DependencyFile, DependencySource } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import type { ManifestFormat } from '../format.js';
import { within } from '../npm/paths.js';
import { isTable, stringIn, TomlDocument } from '../python/toml.js';
import { EntryList } from '../syntax/entries.js';
import { patches } from './redirects.js';

/**
 * Cargo's settings, as far as they say where packages come from: patches, sources in place of others (`?all of
 * crates-io`: every package of it), folders that override packages (`?folder`), and further files of settings
 * (`?settings of file`), which may say all of that.
 */
export const cargoConfig: ManifestFormat = { parse };

const CRATES_IO = 'crates-io';
const PLACES = ['registry', 'local-registry', 'directory', 'git'] as const;

function parse(path: RepoPath, text: string): DependencyFile {
  return new CargoConfig(path, text).read();
}

class CargoConfig {
  private readonly document: TomlDocument;
  private readonly list = new EntryList('cargo');
  /** The folder that holds `.cargo`: paths are written from there. */
  private readonly home: string;
  private readonly included: string[] = [];

  constructor(
    private readonly path: RepoPath,
    text: string,
  ) {
    this.document = new TomlDocument(text);
    this.home = folderOf(folderOf(path));
  }

  read(): DependencyFile {
    const { document, list, home } = this;
    for (const patch of patches(document, home === '' ? 'Cargo.toml' : `${home}/Cargo.toml`)) list.add(patch);
    this.sources();
    for (const [index, written] of (document.stringsAt(['paths']) ?? []).entries())
      list.add({
        id: `paths/${written}`,
        role: 'redirect',
        name: `?${written}`,
        source: this.folder(written),
        line: document.line(['paths', index]),
      });
    this.includes();
    return {
      path: this.path,
      format: 'cargo-config',
      ecosystem: 'cargo',
      role: 'manifest',
      project: { name: null, version: null, license: null },
      entries: list.entries,
      roots: {},
      includes: this.included,
      ...this.exports(),
    };
  }

  private folder(written: string): DependencySource {
    return { type: 'path', path: within(this.home, written), written };
  }

  /**
   * A source that another one of the file is replaced with is told there. One that is not may be so in the settings of
   * another folder, and crates.io itself is answered by whatever place is given here.
   */
  private sources(): void {
    const names = Object.keys(this.document.tableAt(['source']) ?? {});
    const targets = new Set(names.flatMap(name => this.replacement(name) ?? []));
    for (const name of names) {
      const place = this.place(name);
      const next = this.replacement(name);
      if (next === null && (place === null || (targets.has(name) && name !== CRATES_IO))) continue;
      this.list.add({
        id: `source/${name}`,
        role: 'redirect',
        name: `?all of ${name}`,
        source: this.end(name),
        line: this.document.line(['source', name, next === null ? '' : 'replace-with']),
      });
    }
  }

  private replacement(name: string): string | null {
    if (this.document.tableAt(['source'])?.[name] === undefined) return null;
    return this.document.stringAt(['source', name, 'replace-with']);
  }

  /** Where the last of the sources lies that are put in each other's place. */
  private end(name: string): DependencySource {
    const seen = new Set([name]);
    let last = name;
    for (let next = this.replacement(last); next !== null; next = this.replacement(last)) {
      if (seen.has(next))
        return this.document.refuse(['source', last, 'replace-with'], 'another source: they go in a circle');
      seen.add(next);
      last = next;
    }
    const known = this.document.tableAt(['source'])?.[last] === undefined ? null : this.place(last);
    if (known !== null) return known;
    // Of the settings of another folder, or of the user: here it is a name.
    return { type: 'registry', url: last === CRATES_IO ? null : (this.registry(last) ?? last) };
  }

  /** `null`: the file gives none. */
  private place(name: string): DependencySource | null {
    const { document } = this;
    const at = (key: string): readonly string[] => ['source', name, key];
    const [kind, ...more] = PLACES.filter(key => document.stringAt(at(key)) !== null);
    if (more.length > 0) return document.refuse(['source', name], 'one place: registry, directory or git');
    if (kind === undefined) return null;
    const written = document.stringAt(at(kind)) ?? '';
    if (kind === 'directory' || kind === 'local-registry') return this.folder(written);
    if (!URL.canParse(written)) return document.refuse(at(kind), 'an absolute address');
    if (kind === 'registry') return { type: 'registry', url: written };
    // As Cargo takes them where there are several.
    const [revision = null] = ['branch', 'tag', 'rev'].flatMap(key => document.stringAt(at(key)) ?? []);
    return { type: 'git', url: written, revision };
  }

  /** Index of a registry; `null`: the file has none of the name. */
  private registry(name: string): string | null {
    const table = this.document.tableAt(['registries'])?.[name];
    return isTable(table) ? stringIn(table, 'index') : null;
  }

  /** Index of each registry that manifests may name. */
  private exports(): Pick<DependencyFile, 'exports'> {
    const indexes = Object.keys(this.document.tableAt(['registries']) ?? {}).flatMap(name => {
      const index = this.registry(name);
      return index === null ? [] : [[`registries.${name}`, index] as const];
    });
    return indexes.length === 0 ? {} : { exports: Object.fromEntries(indexes) };
  }

  /** `include`, of files beside this one: a list of names, or of tables with `path`. */
  private includes(): void {
    const { document } = this;
    const value = document.table['include'];
    if (value === undefined) return;
    const items: readonly unknown[] = Array.isArray(value)
      ? value
      : document.refuse(['include'], 'a list of files');
    for (const [index, item] of items.entries()) {
      const written = this.settings(['include', index], item);
      const path = within(folderOf(this.path), written);
      if (path !== null) this.included.push(path);
      this.list.add({
        id: `include/${written}`,
        role: 'redirect',
        name: `?settings of ${written}`,
        source: { type: 'path', path, written },
        line: document.line(['include', index]),
      });
    }
  }

  private settings(place: readonly (string | number)[], item: unknown): string {
    const written = isTable(item) ? stringIn(item, 'path') : item;
    return typeof written === 'string' && written.endsWith('.toml')
      ? written
      : this.document.refuse(place, 'a .toml file');
  }
}
