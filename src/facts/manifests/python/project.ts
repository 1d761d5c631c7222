import type { DependencyScope, EntryRole } from '../../../model/dependency.js';
import { folderOf, join } from '../../resolve/paths.js';
import { EntryList, type NewEntry, requirementEntry } from './entries.js';
import { isTable, type TomlDocument } from './toml.js';

/** A pyproject.toml while it is read: each tool's part adds its own. */
export class Project {
  readonly entries = new EntryList();
  readonly includes: string[] = [];
  readonly members: string[] = [];
  readonly exports = new Map<string, string>();
  readonly folder: string;

  constructor(
    readonly path: string,
    readonly document: TomlDocument,
  ) {
    this.folder = folderOf(path);
  }

  /** Requirements in a list of strings; none: nothing. */
  requirements(at: readonly string[], scope: DependencyScope, role?: EntryRole): void {
    const texts = this.document.stringsAt(at) ?? [];
    for (const [index, text] of texts.entries()) this.requirement([...at, index], text, scope, role);
  }

  /** One requirement, in a list at `at`. */
  requirement(
    at: readonly (string | number)[],
    text: string,
    scope: DependencyScope,
    role?: EntryRole,
  ): void {
    const section = at.filter(key => typeof key === 'string').join('.');
    const line = this.document.line(at);
    const place = { path: this.path, section, line, scope, ...(role === undefined ? {} : { role }) };
    const entry = requirementEntry(text, place);
    this.add(role === 'redirect' ? { ...entry, alias: entry.name } : entry);
  }

  add(entry: NewEntry): void {
    this.entries.add(entry);
  }

  /** An index besides the usual one, from which any package may come. */
  index(id: string, url: string, line: number): void {
    const entry = indexEntry(id, url, line);
    if (entry !== null) this.add(entry);
  }

  /** A file beside it that holds requirements. */
  include(file: string): void {
    const path = join(this.folder, file);
    if (path !== null && path !== '' && !this.includes.includes(path)) this.includes.push(path);
  }

  /** Keys of a table of tables; a value that is no table is refused. */
  tables(at: readonly string[]): readonly string[] {
    const table = this.document.tableAt(at) ?? {};
    return Object.keys(table).filter(
      key => isTable(table[key]) || this.document.refuse([...at, key], 'a table'),
    );
  }
}

/** The index that every tool asks without being told. */
const USUAL_INDEX = /^https:\/\/pypi\.org\/simple\/?$/;

/** A place from which any package may come. `null`: it is the one that every tool asks. */
export function indexEntry(
  id: string,
  url: string,
  line: number,
  scope: DependencyScope = 'production',
): NewEntry | null {
  if (USUAL_INDEX.test(url)) return null;
  return { id, role: 'redirect', name: '*', alias: '*', line, scope, source: { type: 'registry', url } };
}
