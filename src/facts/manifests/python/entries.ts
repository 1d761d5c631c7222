import {
  canonicalPackage,
  type DependencyEntry,
  type DependencyScope,
  type DependencySource,
  type EntryRole,
} from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import { parseRequirement, type Requirement } from './pep508.js';
import { addressSource, fragmentDigests, REGISTRY } from './sources.js';
import { SyntaxProblem } from './text-scanner.js';

/** What tells an entry of a Python file from a plain one: the rest is filled in. */
export interface NewEntry {
  /** Made unique by the list. */
  readonly id: string;
  /** As written; or the expression with `?` in front, where no name can be told. */
  readonly name: string;
  readonly line: number;
  readonly scope: DependencyScope;
  readonly role?: EntryRole;
  readonly alias?: string;
  readonly version?: string | null;
  readonly range?: string | null;
  readonly direct?: boolean | null;
  readonly source?: DependencySource;
  readonly integrity?: readonly string[];
  readonly inherits?: string;
  readonly requires?: readonly string[];
}

/** The entries of one file, with ids of their own. */
export class EntryList {
  readonly entries: DependencyEntry[] = [];
  private readonly counts = new Map<string, number>();

  add(entry: NewEntry): DependencyEntry {
    const { name, alias, inherits, requires } = entry;
    const full: DependencyEntry = {
      id: this.unique(entry.id),
      role: entry.role ?? 'dependency',
      ecosystem: 'pypi',
      name: name.startsWith('?') ? name : canonicalPackage('pypi', name),
      ...(alias === undefined ? {} : { alias }),
      version: entry.version ?? null,
      range: entry.range ?? null,
      scope: entry.scope,
      direct: entry.direct === undefined ? true : entry.direct,
      source: entry.source ?? REGISTRY,
      integrity: entry.integrity ?? [],
      line: entry.line,
      ...(requires === undefined ? {} : { requires }),
      ...(inherits === undefined ? {} : { inherits }),
    };
    this.entries.push(full);
    return full;
  }

  /** The second `x` is `x#2`. */
  private unique(id: string): string {
    const count = (this.counts.get(id) ?? 0) + 1;
    this.counts.set(id, count);
    return count === 1 ? id : this.unique(`${id}#${count}`);
  }
}

/** Where a requirement is written. */
export interface RequirementPlace {
  /** The file. */
  readonly path: string;
  /** Of the id: `project.dependencies`. */
  readonly section: string;
  readonly line: number;
  readonly scope: DependencyScope;
  readonly role?: EntryRole;
}

/** @throws ManifestError: it is none by PEP 508 */
export function readRequirement(text: string, line: number): Requirement {
  try {
    return parseRequirement(text);
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    throw new ManifestError(
      error.message,
      line,
      'write a requirement as PEP 508 says: name[extra]>=1.0; marker',
    );
  }
}

/** The entry that a PEP 508 requirement makes. @throws ManifestError: it is none */
export function requirementEntry(text: string, place: RequirementPlace): NewEntry {
  const { name, range, version, url } = readRequirement(text, place.line);
  const { path, section, line, scope, role } = place;
  return {
    id: `${section}/${canonicalPackage('pypi', name)}`,
    name,
    line,
    scope,
    range,
    version,
    ...(role === undefined ? {} : { role }),
    ...(url === null ? {} : { source: addressSource(path, url), integrity: fragmentDigests(url) }),
  };
}
