import { ManifestError } from '../format.js';
import { indentOf, strip, stripEnd } from './python-text.js';

export interface IniLine {
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

export interface IniValue {
  /** Of the key, 1-based. */
  readonly line: number;
  /** Stripped: the rest of the key's own line, then those that continue it. The last of several is not empty. */
  readonly lines: readonly IniLine[];
}

export type IniSection = ReadonlyMap<string, IniValue>;

/** What stands here is in every other section, too. */
const DEFAULTS = 'DEFAULT';
const REMEDY = 'write what configparser reads: [section] headers, and key = value lines below them';

/**
 * Reads as Python's `configparser.RawConfigParser` does when keys keep their case: section → key → value.
 * @throws ManifestError on what it refuses
 */
export function readIni(text: string): ReadonlyMap<string, IniSection> {
  const reader = new Reader();
  let line = 1;
  // As text files are opened: a carriage return ends a line, too. It counts as none where a line feed follows later.
  for (const part of text.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g)) {
    if (part[0] === '') break;
    reader.read(part[1] ?? '', line);
    if (part[2]?.endsWith('\n') === true) line++;
  }
  return reader.finished();
}

interface Option {
  readonly line: number;
  readonly lines: IniLine[];
}

class Reader {
  private readonly sections = new Map<string, Map<string, Option>>();
  private name = '';
  private section: Map<string, Option> | null = null;
  private option: Option | null = null;
  private indent = 0;

  read(written: string, line: number): void {
    const text = strip(written);
    if (text.startsWith('#') || text.startsWith(';')) return;
    if (text === '') {
      this.option?.lines.push({ text, line });
      return;
    }
    const indent = indentOf(written);
    if (this.option !== null && indent > this.indent) {
      this.option.lines.push({ text, line });
      return;
    }
    this.indent = indent;
    // To the last bracket: what stands behind it is passed over.
    const header = /^\[(.+)\]/.exec(text)?.[1];
    if (header !== undefined) this.open(header, line);
    else this.key(text, line);
  }

  private open(name: string, line: number): void {
    if (name !== DEFAULTS && this.sections.has(name))
      throw new ManifestError(`section [${name}] stands twice`, line, 'merge the two sections');
    this.name = name;
    this.section = this.sections.get(name) ?? new Map<string, Option>();
    this.sections.set(name, this.section);
    this.option = null;
  }

  private key(text: string, line: number): void {
    const { section, name } = this;
    if (section === null)
      throw new ManifestError(`${JSON.stringify(text.slice(0, 80))} stands before any section`, line, REMEDY);
    const at = text.search(/[=:]/);
    const key = at === -1 ? '' : stripEnd(text.slice(0, at));
    if (key === '')
      throw new ManifestError(`${JSON.stringify(text.slice(0, 80))} is no key = value`, line, REMEDY);
    if (section.has(key))
      throw new ManifestError(`${key} stands twice in [${name}]`, line, 'keep one of the two');
    this.option = { line, lines: [{ text: strip(text.slice(at + 1)), line }] };
    section.set(key, this.option);
  }

  finished(): ReadonlyMap<string, IniSection> {
    for (const section of this.sections.values())
      for (const { lines } of section.values())
        while (lines.length > 1 && lines.at(-1)?.text === '') lines.pop();
    const defaults = this.sections.get(DEFAULTS) ?? new Map<string, Option>();
    this.sections.delete(DEFAULTS);
    return new Map(
      [...this.sections].map(([name, section]) => [name, new Map([...defaults, ...section])] as const),
    );
  }
}
