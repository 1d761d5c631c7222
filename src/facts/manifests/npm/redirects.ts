import type { DependencyEntry } from '../../../model/dependency.js';
import { ManifestError } from '../format.js';
import { at, bareName, declared, specifiers, type Written } from './declared.js';
import { isObject, type JsonObject } from './json-text.js';

/** The fields of a project in which npm looks for what `$name` means, in its order. */
const REFERRED = ['devDependencies', 'optionalDependencies', 'dependencies', 'peerDependencies'] as const;
const MAX_DEPTH = 64;

/** npm's `overrides`: `{ "a": "1", "b@2": { ".": "3", "c": "npm:d@1" }, "e": "$e" }`. */
export function npmOverrides(written: Written): DependencyEntry[] {
  const overrides = at(written, 'overrides');
  return overrides === null ? [] : nested(written, overrides, ['overrides']);
}

function nested(written: Written, rules: JsonObject, path: readonly string[]): DependencyEntry[] {
  if (path.length > MAX_DEPTH)
    throw new ManifestError('Overrides are too deeply nested', written.line(...path));
  return Object.entries(rules).flatMap(([key, value]) => {
    const inner = [...path, key];
    if (isObject(value)) return nested(written, value, inner);
    const line = written.line(...inner);
    if (typeof value !== 'string') throw new ManifestError(`${inner.join('.')} is not a text`, line);
    const names = inner.slice(1).filter(name => name !== '.');
    const target = bareName(names.at(-1) ?? '');
    const selector = names.join('>');
    return [redirect(written, { id: inner.join('/'), target, selector, text: value, line })];
  });
}

interface Redirect {
  readonly id: string;
  readonly target: string;
  readonly selector: string;
  readonly text: string;
  readonly line: number;
}

function redirect(written: Written, rule: Redirect): DependencyEntry {
  const { text } = rule;
  if (!text.startsWith('$')) return declared(written, { ...rule, role: 'redirect' });
  const name = text.slice(1);
  for (const field of REFERRED) {
    const wanted = at(written, field);
    const found = wanted !== null && Object.hasOwn(wanted, name) ? wanted[name] : undefined;
    if (typeof found === 'string') {
      const entry = declared(written, { ...rule, role: 'redirect', target: name, text: found });
      return entry;
    }
  }
  // Another file's dependencies (pnpm-workspace.yaml's): `link` knows them.
  const open = declared(written, { ...rule, role: 'redirect', text: '*' });
  return { ...open, range: null, inherits: text };
}

/** Yarn's `resolutions`: a name, with parents before it, stars and versions. pnpm reads the field, too (`a>b`). */
export function resolutions(written: Written): DependencyEntry[] {
  return specifiers(written, 'resolutions').map(([selector, text]) => {
    const line = written.line('resolutions', selector);
    const target = selector.includes('>') ? pnpmTarget(selector) : yarnTarget(selector);
    return redirect(written, { id: `resolutions/${selector}`, target, selector, text, line });
  });
}

/** The last name of a path of names. What follows `@…:` is all one specifier, slashes and all. */
function yarnTarget(selector: string): string {
  let target = '';
  let rest = selector;
  while (rest !== '') {
    const scoped = rest.startsWith('@') ? rest.indexOf('/') + 1 : 0;
    const slash = rest.indexOf('/', scoped);
    const mark = rest.indexOf('@', 1);
    const versioned = mark !== -1 && (slash === -1 || mark < slash);
    const end = versioned ? mark : slash === -1 ? rest.length : slash;
    const name = rest.slice(0, end);
    if (name !== '**' && name !== '*' && name !== '') target = name;
    if (versioned && /^@[a-z+]+:/i.test(rest.slice(mark))) break;
    rest = slash === -1 ? '' : rest.slice(slash + 1);
  }
  return target;
}

/** Of `parent@1>name@range` the last: a `>` that begins a range stands after `@`, a blank or `|`. */
export function pnpmTarget(selector: string): string {
  const mark = /[^ |@]>/.exec(selector);
  return bareName(mark === null ? selector : selector.slice(mark.index + 2));
}

/** pnpm's settings: under `pnpm` of a package.json, or at the top of pnpm-workspace.yaml. */
export function pnpmRedirects(written: Written, ...under: readonly string[]): DependencyEntry[] {
  const id = (...path: readonly string[]) => [...under, ...path].join('/');
  const overrides = specifiers(written, ...under, 'overrides')
    // A lone hyphen takes the dependency away.
    .filter(([, text]) => text !== '-')
    .map(([selector, text]) =>
      redirect(written, {
        id: id('overrides', selector),
        target: pnpmTarget(selector),
        selector,
        text,
        line: written.line(...under, 'overrides', selector),
      }),
    );
  return [...overrides, ...patches(written, ...under), ...extensions(written, ...under)];
}

/** `{ "name@1.0.0": "patches/name.patch" }`: pnpm, and Bun at the top of a package.json. */
export function patches(written: Written, ...under: readonly string[]): DependencyEntry[] {
  const path = [...under, 'patchedDependencies'];
  return specifiers(written, ...path).map(([selector, file]) => {
    const target = bareName(selector);
    const line = written.line(...path, selector);
    const version = selector.slice(target.length + 1);
    const own = declared(written, {
      id: [...path, selector].join('/'),
      role: 'redirect',
      target,
      selector,
      text: version,
      line,
    });
    const { source } = declared(written, {
      id: selector,
      role: 'redirect',
      target,
      text: `file:${file}`,
      line,
    });
    return { ...own, source };
  });
}

/** `packageExtensions`: dependencies that are added to other people's packages. */
function extensions(written: Written, ...under: readonly string[]): DependencyEntry[] {
  const path = [...under, 'packageExtensions'];
  return Object.keys(at(written, ...path) ?? {}).flatMap(parent =>
    (['dependencies', 'optionalDependencies', 'peerDependencies'] as const).flatMap(field =>
      specifiers(written, ...path, parent, field).map(([target, text]) =>
        declared(written, {
          id: [...path, parent, field, target].join('/'),
          role: 'redirect',
          target,
          selector: `${parent}>${target}`,
          text,
          line: written.line(...path, parent, field, target),
        }),
      ),
    ),
  );
}

/** `catalog` and `catalogs`, of which the first is also called `default`. */
export function catalogs(written: Written, ...under: readonly string[]): DependencyEntry[] {
  const named = Object.keys(at(written, ...under, 'catalogs') ?? {}).map(name => ['catalogs', name]);
  return [['catalog'], ...named].flatMap(path =>
    specifiers(written, ...under, ...path).map(([target, text]) =>
      declared(written, {
        id: [...under, 'catalogs', path[1] ?? 'default', target].join('/'),
        role: 'definition',
        target,
        text,
        line: written.line(...under, ...path, target),
      }),
    ),
  );
}

/** pnpm's `configDependencies`: installed before all others. `1.0.0+sha512-…`, or an object with both. */
export function configDependencies(written: Written, ...under: readonly string[]): DependencyEntry[] {
  const path = [...under, 'configDependencies'];
  return Object.entries(at(written, ...path) ?? {}).map(([target, value]) => {
    const line = written.line(...path, target);
    const object = isObject(value) ? value : null;
    const text = object === null ? value : object.integrity;
    if (typeof text !== 'string')
      throw new ManifestError(`${path.join('.')}: "${target}" has no version`, line);
    const plus = text.search(/\+(?=sha\d+-)/);
    const id = [...path, target].join('/');
    const version = plus === -1 ? text : text.slice(0, plus);
    const entry = declared(written, { id, role: 'dependency', target, text: version, scope: 'build', line });
    const tarball = typeof object?.tarball === 'string' ? object.tarball : null;
    return {
      ...entry,
      ...(tarball === null ? {} : { source: { type: 'registry' as const, url: tarball } }),
      integrity: plus === -1 ? [] : [text.slice(plus + 1)],
    };
  });
}
