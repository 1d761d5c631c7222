import type { Json } from '../model/canonical.js';
import type { PathPattern } from '../model/path-set.js';
import type { Config } from './config.js';
import type { KeyPath } from './document.js';
import type { Problems } from './problems.js';
import { readRefs } from './ref-reader.js';
import { type Component, type Components, type GlobUse, withoutPaths } from './refs.js';

/** Compiles the configuration's components, which may name each other as long as none ends in itself. */
export function compileComponents(config: Config, problems: Problems, uses: GlobUse[]): Components {
  const { document } = config;
  const written = config.value['components'];
  const compiled = new Map<string, Component>();
  if (document === null || typeof written !== 'object' || written === null || Array.isArray(written))
    return compiled;
  const all = written as { readonly [name: string]: Json | undefined };
  const open: string[] = [];

  const define = (name: string): readonly PathPattern[] => {
    const known = compiled.get(name);
    if (known !== undefined) return known.patterns;
    const keys: KeyPath = [...config.base, 'components', name];
    if (open.includes(name)) {
      const circle = [...open.slice(open.indexOf(name)), name].join(' → ');
      problems.error(
        document.atKey(keys),
        `components name each other in a circle: ${circle}`,
        'name the paths in one of them',
      );
      return [];
    }
    open.push(name);
    const value = all[name];
    const map = isMap(value) ? value : null;
    const refs = map === null ? value : map['paths'];
    const patterns = paths(refs, map === null ? keys : [...keys, 'paths']);
    const except = paths(map?.['except'], [...keys, 'except']);
    if (except.some(pattern => pattern.captures !== undefined || pattern.negated !== undefined))
      problems.error(
        document.at([...keys, 'except']),
        'captures bind nothing in an "except"',
        'write * instead',
      );
    open.pop();
    const result = patterns.map(pattern => withoutPaths(pattern, except));
    compiled.set(name, { patterns: result, utility: map?.['utility'] === true });
    return result;
  };

  const paths = (refs: Json | undefined, keys: KeyPath): readonly PathPattern[] => {
    if (refs === undefined) return [];
    const read = readRefs(refs, {
      at: step => document.at([...keys, ...step]),
      inBrackets: step => document.inBrackets([...keys, ...step]),
      names: Object.keys(all),
      component: name => (Object.hasOwn(all, name) ? define(name) : undefined),
      problem: (at, message, hint) => problems.error(at, message, hint),
      use: use => uses.push(use),
    });
    return read.flatMap(({ ref, at }) => {
      if (ref.type === 'component') return ref.patterns;
      if (ref.type === 'path') return [ref.pattern];
      problems.error(
        at,
        `"${ref.pattern.ref}" is a package; a component is a set of paths`,
        'name packages in the invariant itself',
      );
      return [];
    });
  };

  for (const name of Object.keys(all)) define(name);
  // One that others name is compiled before them; what is handed out is in the written order.
  return new Map(Object.keys(all).flatMap(name => entryOf(compiled, name)));
}

function entryOf(components: Components, name: string): readonly [string, Component][] {
  const component = components.get(name);
  return component === undefined ? [] : [[name, component]];
}

function isMap(value: Json | undefined): value is { readonly [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
