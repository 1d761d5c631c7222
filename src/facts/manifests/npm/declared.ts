import type { DependencyEntry, DependencyScope, EntryRole } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import { isObject, type JsonObject } from './json-text.js';
import { npmSpecifier, type SpecifierOptions } from './specifier.js';

/** A file that people write, as whoever reads its fields needs it. */
export interface Written extends SpecifierOptions {
  readonly content: JsonObject;
  /** 1-based, of the deepest key of the path that is there. */
  line(...path: readonly string[]): number;
}

export interface Declaration {
  readonly id: string;
  readonly role: EntryRole;
  /** The name that it stands under, without a version. */
  readonly target: string;
  /** What is answered, where more than a name says it: `a>b`, `a@1`. */
  readonly selector?: string;
  readonly text: string;
  readonly scope?: DependencyScope;
  readonly line: number;
}

/** The entry of one specifier that people have written. */
export function declared(written: Written, declaration: Declaration): DependencyEntry {
  const { id, role, target, text, scope = 'production', line } = declaration;
  if (target === '') throw new ManifestError(`A name is empty (${id})`, line);
  const spec = npmSpecifier(target, text, written);
  const called = declaration.selector ?? target;
  return {
    id,
    role,
    ecosystem: 'npm',
    name: spec.name,
    ...(called === spec.name ? {} : { alias: called }),
    version: spec.version,
    range: spec.range,
    scope,
    direct: true,
    source: spec.source,
    integrity: [],
    line,
    ...(spec.inherits === undefined ? {} : { inherits: spec.inherits }),
  };
}

/**
 * Names and specifiers of a field; none, if it isn't there.
 * @throws ManifestError where the field isn't an object of texts
 */
export function specifiers(written: Written, ...path: readonly string[]): [name: string, text: string][] {
  const field = at(written, ...path);
  if (field === null) return [];
  return Object.entries(field).map(([name, text]) => {
    if (typeof text === 'string') return [name, text];
    const where = path.join('.');
    throw new ManifestError(`${where}: what "${name}" asks for is not a text`, written.line(...path, name));
  });
}

/** The object at a path; `null`: nothing is. @throws ManifestError where it is something else */
export function at(written: Written, ...path: readonly string[]): JsonObject | null {
  let value: unknown = written.content;
  for (const name of path) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return null;
    value = value[name];
  }
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return null;
  if (isObject(value)) return value;
  throw new ManifestError(`"${path.join('.')}" is not an object`, written.line(...path));
}

/** `name`, `@scope/name`, each perhaps with `@range`, which is cut off. */
export function bareName(selector: string): string {
  const mark = selector.indexOf('@', 1);
  return mark === -1 ? selector : selector.slice(0, mark);
}
