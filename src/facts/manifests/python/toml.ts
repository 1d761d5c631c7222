import { parse, TomlError } from 'smol-toml';
import { ManifestError } from '../format.js';
import { conflictLine, LineCounter } from '../lines.js';
import { type TomlPosition, tomlPositions } from './toml-positions.js';

/** Without a prototype, so that a package may have any name. */
export type TomlTable = Readonly<Record<string, unknown>>;

export function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** A TOML file, its values read with checks: what has another shape than its tool takes is a ManifestError. */
export class TomlDocument {
  readonly table: TomlTable;
  private positions: TomlPosition | null = null;

  /** @throws ManifestError with the line on what is not TOML */
  constructor(private readonly text: string) {
    const conflict = conflictLine(text);
    if (conflict !== null) throw new ManifestError('it holds conflict markers', conflict, 'finish the merge');
    try {
      this.table = parse(text);
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      const [message = ''] = error.message.split('\n', 1);
      throw new ManifestError(message, error.line, 'correct the TOML, or let its tool write the file anew');
    }
  }

  /** 1-based line of the deepest part of the path that the file writes. */
  line(path: readonly (string | number)[]): number {
    this.positions ??= tomlPositions(this.text);
    let node = this.positions;
    for (const key of path) {
      const next = node.children.get(key);
      if (next === undefined) break;
      node = next;
    }
    return node.line;
  }

  /** Lines of the headers `[[name]]`, in order: cheap on a lock file of many megabytes. */
  headerLines(name: string, count: number): readonly number[] {
    const found = this.plainHeaders(`[[${name}]]`);
    if (found.length === count) return found;
    return Array.from({ length: count }, (_, index) => this.line([name, index]));
  }

  /** Right where no string goes over several lines and no header holds blanks. */
  private plainHeaders(header: string): readonly number[] {
    if (this.text.includes('"""') || this.text.includes("'''")) return [];
    const lines = new LineCounter(this.text);
    const found: number[] = [];
    for (let at = this.text.indexOf(header); at !== -1; at = this.text.indexOf(header, at + header.length))
      if (at === 0 || this.text[at - 1] === '\n') found.push(lines.lineAt(at));
    return found;
  }

  /** @throws ManifestError always: `path` has not the shape that its tool takes */
  refuse(path: readonly (string | number)[], expected: string): never {
    throw new ManifestError(
      `${path.join('.')} is not ${expected}`,
      this.line(path),
      `write ${expected} there, as the format says`,
    );
  }

  /** The table at the path; `null`: there is none. */
  tableAt(path: readonly string[]): TomlTable | null {
    let value: unknown = this.table;
    for (const [index, key] of path.entries()) {
      if (!isTable(value)) return this.refuse(path.slice(0, index), 'a table');
      value = value[key];
      if (value === undefined) return null;
    }
    return isTable(value) ? value : this.refuse(path, 'a table');
  }

  /** A list of strings at the path; `null`: there is none. */
  stringsAt(path: readonly string[]): readonly string[] | null {
    const value = this.valueAt(path);
    if (value === undefined) return null;
    if (!Array.isArray(value)) return this.refuse(path, 'a list of strings');
    return value.map((item: unknown, index) =>
      typeof item === 'string' ? item : this.refuse([...path, index], 'a string'),
    );
  }

  stringAt(path: readonly string[]): string | null {
    const value = this.valueAt(path);
    if (value === undefined) return null;
    return typeof value === 'string' ? value : this.refuse(path, 'a string');
  }

  /** A list of tables at the path; none: empty. */
  tablesAt(path: readonly string[]): readonly TomlTable[] {
    const value = this.valueAt(path);
    if (value === undefined) return [];
    if (!Array.isArray(value)) return this.refuse(path, 'a list of tables');
    return value.map((item: unknown, index) =>
      isTable(item) ? item : this.refuse([...path, index], 'a table'),
    );
  }

  private valueAt(path: readonly string[]): unknown {
    return this.tableAt(path.slice(0, -1))?.[path.at(-1) ?? ''];
  }
}

/** The string in the table under a key; `null`: there is none, or something else. */
export function stringIn(table: TomlTable, key: string): string | null {
  const value = table[key];
  return typeof value === 'string' ? value : null;
}
