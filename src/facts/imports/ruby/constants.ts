import { isNamePart } from '../tokens/characters.js';
import type { Nesting } from './frames.js';

/** `A::B::C` as it is written. */
export interface ConstantPath {
  readonly segments: readonly string[];
  /** `::A` */
  readonly isAbsolute: boolean;
  readonly at: number;
  readonly end: number;
}

interface Reference extends ConstantPath {
  readonly nesting: Nesting | null;
}

/** A constant as the resolver wants it: `Outer>Inner>A::B`, `::A::B` when it is looked up nowhere else. */
export interface ConstantSite {
  readonly specifier: string;
  readonly at: number;
}

/** Reads on from a constant's first letter. */
export function readPath(text: string, at: number, isAbsolute: boolean): ConstantPath {
  const segments: string[] = [];
  let end = at;
  for (;;) {
    const from = end;
    while (isNamePart(text.charCodeAt(end))) end++;
    segments.push(text.slice(from, end));
    if (!text.startsWith('::', end) || !isUpper(text.charAt(end + 2))) break;
    end += 2;
  }
  return { segments, isAbsolute, at, end };
}

/** `A, B = 1, 2`: what stands before and behind one name of it. */
const BEFORE = /^[ \t]*(?:[\w:@$*]{1,99}[ \t]*,[ \t]*){0,9}$/;
const BEHIND = /[ \t]*(?:,[ \t\n]*[\w:@$*]{1,99}[ \t]*){1,9}=(?![=~>])/y;

function isAssignedWithOthers(text: string, at: number, end: number): boolean {
  BEHIND.lastIndex = end;
  return BEHIND.test(text) && BEFORE.test(text.slice(Math.max(text.lastIndexOf('\n', at) + 1, at - 500), at));
}

const MODIFIER = /(?:if|unless|while|until|and|or|do|then|rescue|in|end|not)\b/y;

/** What a name with a capital is, told by what stands behind it. */
function roleOf(text: string, { at: start, end }: ConstantPath): 'reference' | 'definition' | 'call' {
  if (text.charAt(end) === '(') return 'call';
  let at = end;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
  const char = text.charAt(at);
  const next = text.charAt(at + 1);
  if (char === ',' && isAssignedWithOthers(text, start, end)) return 'definition';
  if (char === '=') return /[=~>]/.test(next) ? 'reference' : 'definition';
  if (/^(?:\|\||&&|[-+*/%|&^]|<<|>>|\*\*)=(?![=~>])/.test(text.slice(at, at + 4))) return 'definition';
  if (at === end) return 'reference';
  // `Integer "1"`, `Array x`: methods with a capital.
  if (char === '"' || char === "'") return 'call';
  if (!/[a-z_]/.test(char)) return 'reference';
  MODIFIER.lastIndex = at;
  return MODIFIER.test(text) ? 'reference' : 'call';
}

/** The constants that a file refers to and defines. */
export class Constants {
  private readonly references: Reference[] = [];
  private readonly definitions = new Set<string>();

  constructor(private readonly text: string) {}

  /** A name with a capital, wherever it stands but behind `class`, `module` and a dot. */
  add(path: ConstantPath, nesting: Nesting | null): void {
    const role = roleOf(this.text, path);
    if (role === 'definition') this.assign(path, nesting);
    else if (role === 'reference') this.refer(path, nesting);
    else this.refer(outer(path), nesting);
  }

  /** What is certainly referred to. */
  refer(path: ConstantPath, nesting: Nesting | null): void {
    if (path.segments.length > 0) this.references.push({ ...path, nesting });
  }

  /** A class or module: what stands before its last name is referred to. @returns its scope's name */
  define(path: ConstantPath, nesting: Nesting | null): string {
    this.assign(path, nesting);
    return (path.isAbsolute ? '::' : '') + path.segments.join('::');
  }

  private assign(path: ConstantPath, nesting: Nesting | null): void {
    const name = path.segments.join('::');
    this.definitions.add(path.isAbsolute ? name : below(scopeName(nesting), name));
    if (path.segments.length === 1) return;
    this.definitions.add(name);
    this.refer(outer(path), nesting);
  }

  /** Every distinct constant that is not the file's own, at its first place. */
  sites(): readonly ConstantSite[] {
    return this.distinct(this.references);
  }

  private distinct(references: readonly Reference[]): readonly ConstantSite[] {
    const first = new Map<string, number>();
    for (const reference of references) {
      const specifier = this.specifierOf(reference);
      if (specifier !== null && (first.get(specifier) ?? Number.POSITIVE_INFINITY) > reference.at)
        first.set(specifier, reference.at);
    }
    return [...first].map(([specifier, at]) => ({ specifier, at }));
  }

  /** `null`: the file defines it itself. */
  private specifierOf({ segments, isAbsolute, nesting }: Reference): string | null {
    const name = segments.join('::');
    if (isAbsolute) return this.definitions.has(name) ? null : `::${name}`;
    for (let scope = nesting; ; scope = scope.outer) {
      const prefix = scopeName(scope);
      if (this.definitions.has(below(prefix, name))) return null;
      if (scope === null) break;
    }
    for (let scope = nesting; ; scope = scope.outer) {
      const own = below(scopeName(scope), segments[0] ?? '');
      if (segments.length > 1 && this.definitions.has(own)) return `::${below(scopeName(scope), name)}`;
      if (scope === null) break;
    }
    let written = name;
    for (let scope = nesting; scope !== null; scope = scope.outer) written = `${scope.name}>${written}`;
    return written;
  }
}

function outer(path: ConstantPath): ConstantPath {
  return { ...path, segments: path.segments.slice(0, -1) };
}

function below(scope: string, name: string): string {
  return scope === '' ? name : `${scope}::${name}`;
}

/** The whole name of a scope; `''`: the top. */
export function scopeName(nesting: Nesting | null): string {
  let name = '';
  for (let scope = nesting; scope !== null; scope = scope.outer) {
    if (scope.name.startsWith('::')) return below(scope.name.slice(2), name).replace(/::$/, '');
    name = name === '' ? scope.name : `${scope.name}::${name}`;
  }
  return name;
}

/** Does a name begin with a capital? */
export function isUpper(name: string): boolean {
  const code = name.charCodeAt(0);
  return code < 128 ? code >= 65 && code <= 90 : /^\p{Lu}/u.test(name);
}
