import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { InstallError } from './command.js';
import type { Place } from './place.js';

/**
 * What lintel has changed in this clone, so that `uninstall` can put it back byte for byte:
 * `<git-common-dir>/lintel/install.json`, with the bytes that were there before in `originals/`.
 *
 * A file that somebody else has changed since is not put back (their edits would be lost): uninstall then
 * takes out just lintel's part.
 */
interface Entry {
  /** `worktree/…` or `common/…`, so that a repository may be moved. */
  readonly path: string;
  /** `null`: there was no such file. */
  readonly before: { readonly copy: string; readonly mode: number } | null;
  /** SHA-256 of what lintel left. */
  after: string;
  /** False once somebody else has edited the file between two of lintel's own edits. */
  restorable: boolean;
}

interface Content {
  readonly version: 1;
  readonly entries: Entry[];
  /** Folders that lintel made, outermost first. */
  readonly folders: string[];
  /** Configuration values before lintel set them. `null`: unset. */
  readonly settings: Record<string, string | null>;
}

export class Journal {
  readonly #place: Place;
  readonly #folder: string;
  readonly #content: Content;

  constructor(place: Place) {
    this.#place = place;
    this.#folder = join(place.commonDirectory, 'lintel');
    this.#content = this.#read();
  }

  get #file(): string {
    return join(this.#folder, 'install.json');
  }

  #read(): Content {
    if (statSync(this.#folder, { throwIfNoEntry: false })?.isDirectory() === false)
      throw new InstallError(
        `lintel: ${this.#folder} is in the way: it is no folder.\n  Mend: move it elsewhere, then run lintel again.`,
      );
    if (!existsSync(this.#file)) return { version: 1, entries: [], folders: [], settings: {} };
    try {
      const content = JSON.parse(readFileSync(this.#file, 'utf8')) as Content;
      if (content.version === 1 && Array.isArray(content.entries)) return content;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
    throw new InstallError(
      `lintel: ${this.#file} is damaged, so what stood before lintel is not known.\n` +
        `  Mend: delete it (the copies in ${join(this.#folder, 'originals')} stay), then run lintel again.`,
    );
  }

  /** Runs `act`, which changes `path`, keeping what was there. `act` may also create or delete it. */
  change<T>(path: string, act: () => T): T {
    const name = this.#name(path);
    const before = readBytes(path);
    const missing = missingFolders(dirname(path));
    let entry = this.#content.entries.find(one => one.path === name);
    if (entry === undefined) {
      entry = { path: name, before: this.#keep(path, before), after: '', restorable: true };
      this.#content.entries.push(entry);
    } else if (digest(before) !== entry.after) {
      entry.restorable = false;
    }
    // Written first: an interrupted change must still be known.
    entry.after = digest(before);
    this.#content.folders.push(...missing.map(folder => this.#name(folder)));
    this.#save();
    const result = act();
    entry.after = digest(readBytes(path));
    this.#save();
    return result;
  }

  /** The same for an act of another program, which writes several files. */
  changeAll<T>(paths: readonly string[], act: () => T): T {
    const [path, ...rest] = paths;
    return path === undefined ? act() : this.change(path, () => this.changeAll(rest, act));
  }

  write(path: string, text: string, mode?: number): void {
    this.change(path, () => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      if (mode !== undefined) chmodSync(path, mode);
    });
  }

  /** Remembers what a setting was before lintel's first change of it. */
  setting(key: string, before: string | null): void {
    if (key in this.#content.settings) return;
    this.#content.settings[key] = before;
    this.#save();
  }

  /** `undefined`: lintel never set it here. */
  settingBefore(key: string): string | null | undefined {
    return this.#content.settings[key];
  }

  knows(path: string): boolean {
    return this.#content.entries.some(entry => entry.path === this.#name(path));
  }

  /** Did lintel create this file, and is it still as lintel left it? */
  untouched(path: string): boolean {
    const entry = this.#content.entries.find(one => one.path === this.#name(path));
    return entry?.restorable === true && digest(readBytes(path)) === entry.after;
  }

  /** All files it has changed, absolute. */
  files(): readonly string[] {
    return this.#content.entries.map(entry => this.#path(entry.path));
  }

  /** @returns whether the file is again what it was; `false`: somebody else has changed it since. */
  restore(path: string): boolean {
    if (!this.untouched(path)) return false;
    const entry = this.#content.entries.find(one => one.path === this.#name(path));
    if (entry === undefined) return false;
    if (entry.before === null) {
      rmSync(path, { force: true });
      return true;
    }
    writeFileSync(path, readFileSync(join(this.#folder, entry.before.copy)));
    chmodSync(path, entry.before.mode);
    return true;
  }

  /** Removes the folders that lintel made and that are empty, then the journal itself. */
  close(): void {
    for (const name of [...this.#content.folders].reverse()) {
      const folder = this.#path(name);
      if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
    }
    rmSync(this.#file, { force: true });
    rmSync(join(this.#folder, 'originals'), { recursive: true, force: true });
  }

  #keep(path: string, bytes: Buffer | null): Entry['before'] {
    if (bytes === null) return null;
    const copy = `originals/${this.#content.entries.length}`;
    mkdirSync(join(this.#folder, 'originals'), { recursive: true });
    writeFileSync(join(this.#folder, copy), bytes);
    return { copy, mode: statSync(path).mode & 0o7777 };
  }

  #save(): void {
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(this.#file, `${JSON.stringify(this.#content, null, 2)}\n`);
  }

  #name(path: string): string {
    const inside = (folder: string) => path === folder || path.startsWith(folder + sep);
    // `.git` lies inside the main working tree: ask for it first.
    const common = this.#place.commonDirectory;
    return inside(common)
      ? `common/${relative(common, path).split(sep).join('/')}`
      : `worktree/${relative(this.#place.root, path).split(sep).join('/')}`;
  }

  #path(name: string): string {
    return name.startsWith('common/')
      ? join(this.#place.commonDirectory, name.slice('common/'.length))
      : join(this.#place.root, name.slice('worktree/'.length));
  }
}

function readBytes(path: string): Buffer | null {
  return existsSync(path) ? readFileSync(path) : null;
}

function digest(bytes: Buffer | null): string {
  return bytes === null ? 'absent' : createHash('sha256').update(bytes).digest('hex');
}

function missingFolders(folder: string): readonly string[] {
  return existsSync(folder) ? [] : [...missingFolders(dirname(folder)), folder];
}
