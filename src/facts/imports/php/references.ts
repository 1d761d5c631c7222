import type { EdgeKind } from '../../../model/edges.js';

/**
 * How a name is looked up. `use`: a class or a namespace; `name`: a class by its whole name; `relative`: a class
 * of the file's own namespace, named without it; `include`: a path from the file's own folder; `include-path`:
 * a path that PHP looks for along its include path.
 */
export type PhpForm = 'use' | 'function' | 'const' | 'name' | 'relative' | 'include' | 'include-path';

export interface Found {
  readonly specifier: string | null;
  readonly kind: EdgeKind;
  readonly form: PhpForm;
  readonly at: number;
  readonly names?: readonly string[];
}

/** Types that the language itself knows; never classes. Lower case. */
const NO_CLASS: ReadonlySet<string> = new Set(
  (
    'self static parent int float string bool array mixed void null never object iterable callable true false ' +
    'class array list'
  ).split(' '),
);

function isOwnType(name: string): boolean {
  return name.length <= 8 && NO_CLASS.has(name.toLowerCase());
}

export function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('\\') + 1);
}

/** Collects what a file refers to: each class, function and constant once, at its first place. */
export class References {
  private namespace = '';
  private aliases = new Map<string, string>();
  private functionAliases = new Set<string>();
  private readonly found: Found[] = [];
  private readonly used = new Set<string>();
  private readonly named = new Map<string, Found>();
  private readonly declared = new Map<string, string>();

  /** Aliases end with their namespace. */
  enterNamespace(name: string): void {
    this.namespace = name;
    this.aliases = new Map();
    this.functionAliases = new Set();
  }

  /** @param written as in `use`, with the prefix of its group */
  use(written: string, alias: string, form: 'use' | 'function' | 'const', at: number): void {
    const specifier = written.startsWith('\\') ? written.slice(1) : written;
    if (form === 'use') this.aliases.set(alias.toLowerCase(), specifier);
    else if (form === 'function') this.functionAliases.add(alias.toLowerCase());
    this.used.add(`${form === 'use' ? '' : form}:${specifier.toLowerCase()}`);
    this.found.push({ specifier, kind: 'value', form, at, names: [lastSegment(specifier)] });
  }

  include(specifier: string | null, form: 'include' | 'include-path', at: number): void {
    this.found.push({ specifier, kind: 'require', form, at });
  }

  /** A class, interface, trait or enum, wherever it is named but in `use`. */
  classNamed(written: string, at: number): void {
    if (isOwnType(written)) return;
    const whole = this.whole(written);
    if (whole !== null) this.name(whole, at, '');
    else if (!this.aliases.has(written.toLowerCase())) {
      const isGlobal = this.namespace === '';
      this.name(isGlobal ? written : `${this.namespace}\\${written}`, at, '', isGlobal ? 'name' : 'relative');
    }
  }

  /** A function or constant by a name with a backslash; without one it may be PHP's own, which only running tells. */
  memberNamed(written: string, form: 'function' | 'const', at: number): void {
    const whole = this.whole(written);
    if (whole?.includes('\\')) this.name(whole, at, form, form);
  }

  /** Functions and constants count only in a namespace: the others are found without any import. */
  declare(name: string, group: '' | 'function' | 'const'): void {
    if (group !== '' && this.namespace === '') return;
    const whole = this.namespace === '' ? name : `${this.namespace}\\${name}`;
    const shown = group === 'function' ? `${whole}()` : group === 'const' ? `const ${whole}` : whole;
    this.declared.set(`${group}:${whole.toLowerCase()}`, shown);
  }

  /** A name that is written with a backslash, made whole; `null`: it has none. */
  private whole(written: string): string | null {
    const slash = written.indexOf('\\');
    if (slash === 0) return written.slice(1);
    if (slash === -1) return null;
    const first = written.slice(0, slash).toLowerCase();
    const rest = written.slice(slash);
    if (first === 'namespace') return this.namespace === '' ? rest.slice(1) : this.namespace + rest;
    const alias = this.aliases.get(first);
    if (alias !== undefined) return alias + rest;
    return this.namespace === '' ? written : `${this.namespace}\\${written}`;
  }

  private name(specifier: string, at: number, group: string, form: PhpForm = 'name'): void {
    const key = `${group}:${specifier.toLowerCase()}`;
    if (!this.named.has(key))
      this.named.set(key, { specifier, kind: 'value', form, at, names: [lastSegment(specifier)] });
  }

  /** What the file itself declares is nothing that it imports. */
  all(): { readonly found: readonly Found[]; readonly declares: readonly string[] } {
    const found = [...this.found];
    for (const [key, one] of this.named) if (!this.used.has(key) && !this.declared.has(key)) found.push(one);
    return { found, declares: [...this.declared.values()].sort() };
  }
}
