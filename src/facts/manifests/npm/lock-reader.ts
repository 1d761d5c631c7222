import type { DependencyScope } from '../../../model/dependency.js';
import { JsonScanner, Unusual } from './json-scanner.js';
import type { JsonObject } from './json-text.js';
import { digestsOf, licenseOf, scopeOf } from './lock-fields.js';
import { TextIds } from './text-ids.js';

/** A folder of a lock file, or one that only others lie in. */
export interface Folder {
  parent: Folder | null;
}

/**
 * What is used of one member of `packages` of a lock file of npm: a package that lies there, a project, or a link to
 * one. The fields that aren't read are for `Places` to fill in.
 */
export interface LockNode extends Folder {
  readonly key: string;
  /** Of the key's first character in the text that was read. */
  readonly start: number;
  /** The number of the key. */
  readonly id: number;
  /** 1-based. */
  readonly line: number;
  readonly name: string | null;
  readonly version: string | null;
  readonly resolved: string | null;
  readonly integrity: readonly string[];
  readonly license: string | null;
  readonly scope: DependencyScope;
  readonly link: boolean;
  readonly bundled: boolean;
  readonly installScript: boolean;
  readonly workspaces: unknown;
  /** What it asks for: from here on in `wants`, and up to there. */
  readonly from: number;
  readonly to: number;
  /** The folder's name below `node_modules/`; `null`: a project's folder. */
  called: string | null;
  /** Of a link. */
  target: LockNode | null;
  direct: boolean;
  /** Comes from an address that isn't of a registry's form, or that a project asks for as such. */
  byUrl: boolean;
  /** For whoever collects nodes: the collection that has it already. */
  round: number;
  requires: readonly string[];
}

export interface ReadLock {
  /** All that is not `packages`. */
  readonly rest: JsonObject;
  /** `null`: there is no `packages`. */
  readonly nodes: readonly LockNode[] | null;
  /** Names that are asked for: `id << 2`, and the flags below. */
  readonly wants: readonly number[];
  /** Of names and of keys. */
  readonly ids: TextIds;
}

const NONE: readonly string[] = [];

/** Asked for in development. */
export const FOR_DEVELOPMENT = 1;
/** Asked for by an address on the web. */
export const BY_ADDRESS = 2;

export interface ReadOptions {
  /** The text is what JSON.stringify makes: keys are alike where they are written alike, whatever is in them. */
  readonly canonical: boolean;
}

/**
 * Reads a lock file without making objects of what isn't used: in less time than JSON.parse takes.
 * @returns `null`: the file may be wrong, or only uncommon: JSON.parse is to say what it is
 */
export function readLock(text: string, options: ReadOptions): ReadLock | null {
  try {
    return new LockReader(text, options.canonical).read();
  } catch (error) {
    if (error instanceof Unusual) return null;
    throw error;
  }
}

/** Members of `packages` alone, as an object. @returns `null`: as of `readLock` */
export function readMembers(text: string): readonly LockNode[] | null {
  try {
    return new LockReader(text, false).readMembers();
  } catch (error) {
    if (error instanceof Unusual) return null;
    throw error;
  }
}

class LockReader {
  private readonly scanner: JsonScanner;
  private readonly wants: number[] = [];
  private readonly ids: TextIds;

  constructor(
    text: string,
    private readonly canonical: boolean,
  ) {
    this.scanner = new JsonScanner(text);
    this.ids = new TextIds(text);
  }

  read(): ReadLock {
    const { scanner, wants, ids } = this;
    const rest: Record<string, unknown> = Object.create(null);
    let nodes: readonly LockNode[] | null = null;
    scanner.open();
    for (let first = true; scanner.key(first); first = false) {
      const name = scanner.read();
      if (name !== 'packages') rest[name] = JSON.parse(scanner.value());
      else if (nodes !== null) throw new Unusual();
      else nodes = this.members();
    }
    if (!Number.isNaN(scanner.peek())) throw new Unusual();
    return { rest, nodes, wants, ids };
  }

  readMembers(): readonly LockNode[] {
    const nodes = this.members();
    if (!Number.isNaN(this.scanner.peek())) throw new Unusual();
    return nodes;
  }

  private members(): LockNode[] {
    const { scanner } = this;
    const nodes: LockNode[] = [];
    const seen: (true | undefined)[] = [];
    scanner.open();
    for (let first = true; scanner.key(first); first = false) {
      const id = this.idOfKey();
      // Of doubled keys objects keep the last value. Numbers they put first.
      if (seen[id] === true) throw new Unusual();
      seen[id] = true;
      const digit = scanner.text.charCodeAt(scanner.start);
      if (!this.canonical && digit >= 48 && digit <= 57) throw new Unusual();
      nodes.push(this.member(id));
    }
    return nodes;
  }

  private idOfKey(): number {
    const { scanner } = this;
    if (scanner.escaped && !this.canonical) throw new Unusual();
    return this.ids.id(scanner.start, scanner.end);
  }

  private member(id: number): LockNode {
    const { scanner, wants } = this;
    const { line, start } = scanner;
    const key = scanner.read();
    const from = wants.length;
    let name: string | null = null;
    let version: string | null = null;
    let resolved: string | null = null;
    let integrity: string | null = null;
    let license: string | null = null;
    let workspaces: unknown;
    let link = false;
    let bundled = false;
    let installScript = false;
    let dev = false;
    let optional = false;
    let devOptional = false;
    let peer = false;
    let fields = 0;
    scanner.open();
    for (let first = true; scanner.key(first); first = false) {
      switch (scanner.read()) {
        case 'name':
          name = this.text();
          break;
        case 'version':
          version = this.text();
          break;
        case 'resolved':
          resolved = this.text();
          break;
        case 'integrity':
          integrity = this.text();
          break;
        case 'license':
          license = scanner.atString() ? scanner.read() : licenseOf(JSON.parse(scanner.value()));
          break;
        case 'workspaces':
          workspaces = JSON.parse(scanner.value());
          break;
        case 'link':
          link = scanner.isTrue();
          break;
        case 'inBundle':
          bundled = scanner.isTrue();
          break;
        case 'hasInstallScript':
          installScript = scanner.isTrue();
          break;
        case 'dev':
          dev = scanner.isTrue();
          break;
        case 'optional':
          optional = scanner.isTrue();
          break;
        case 'devOptional':
          devOptional = scanner.isTrue();
          break;
        case 'peer':
          peer = scanner.isTrue();
          break;
        case 'dependencies':
          fields = this.names(fields, 1, 0);
          break;
        case 'optionalDependencies':
          fields = this.names(fields, 2, 0);
          break;
        case 'peerDependencies':
          fields = this.names(fields, 4, 0);
          break;
        case 'devDependencies':
          fields = this.names(fields, 8, FOR_DEVELOPMENT);
          break;
        default:
          scanner.skip(0);
      }
    }
    return {
      key,
      start,
      id,
      line,
      name,
      version,
      resolved,
      integrity: digestsOf(integrity),
      license,
      scope: scopeOf({ dev, optional, devOptional, peer }),
      link,
      bundled,
      installScript,
      workspaces,
      from,
      to: wants.length,
      called: null,
      parent: null,
      target: null,
      direct: false,
      byUrl: false,
      round: 0,
      requires: NONE,
    };
  }

  /** `null` and `false` (npm 3, of a link's version) are no text. */
  private text(): string | null {
    const { scanner } = this;
    if (scanner.atString()) return scanner.read();
    const written = scanner.value();
    if (written === 'null' || written === 'false') return null;
    throw new Unusual();
  }

  /** @returns the fields that were there, with this one. One that is there twice is for JSON.parse to sort out */
  private names(fields: number, field: number, flag: number): number {
    if ((fields & field) !== 0) throw new Unusual();
    const { scanner, wants } = this;
    scanner.open();
    for (let first = true; scanner.key(first); first = false) {
      const id = this.idOfKey();
      const address = scanner.atString() ? isAddress(scanner.text, scanner.start) : scanner.skip(0);
      wants.push((id << 2) | flag | (address === true ? BY_ADDRESS : 0));
    }
    return fields | field;
  }
}

const ADDRESS = /https?:/iy;

/** Does an address on the web begin here? */
export function isAddress(text: string, start: number): boolean {
  if ((text.charCodeAt(start) | 32) !== 104) return false;
  ADDRESS.lastIndex = start;
  return ADDRESS.test(text);
}
