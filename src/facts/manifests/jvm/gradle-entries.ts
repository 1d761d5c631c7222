import type { DependencyScope, EntryRole } from '../../../model/dependency.js';
import { type EntryList, pathFrom } from '../syntax/entries.js';
import { exactVersion, pluginPackage } from './coordinates.js';
import type { Notation } from './gradle-arguments.js';

/** What a dependency statement says besides its notation. */
export interface Stated {
  /** Before the id: the configuration. */
  readonly at: string;
  readonly role: EntryRole;
  readonly scope: DependencyScope;
  readonly line: number;
  readonly alias?: string;
}

/** Adds the entry of a notation. What is open (`${…}`, accessors) stands in `inherits`, for `link`. */
export function addNotation(list: EntryList, notation: Notation, stated: Stated, folder: string): void {
  const { at, scope, line } = stated;
  const role = 'isPlatform' in notation && notation.isPlatform ? 'definition' : stated.role;
  const alias = stated.alias === undefined ? {} : { alias: stated.alias };
  switch (notation.kind) {
    case 'module': {
      const { name, range } = moduleOf(notation.written);
      list.add({
        id: `${at}/${name}`,
        role,
        name,
        range,
        version: range === null ? null : exactVersion(range),
        scope,
        line,
        ...alias,
        ...(notation.written.includes('${') ? { inherits: notation.written } : {}),
      });
      return;
    }
    case 'accessor':
      list.add({
        id: `${at}/${notation.written}`,
        role,
        name: `?${notation.written}`,
        scope,
        line,
        inherits: notation.written,
        ...alias,
      });
      return;
    case 'project': {
      const path = notation.written.includes('${')
        ? null
        : notation.written.split(':').filter(Boolean).join('/');
      list.add({
        id: `${at}/project(${notation.written})`,
        role,
        name: notation.written,
        scope,
        line,
        source: { type: 'workspace', path },
      });
      return;
    }
    case 'files':
      for (const written of notation.written)
        list.add({
          id: `${at}/files(${written})`,
          role,
          name: `?${written}`,
          scope,
          line,
          source: { type: 'path', path: written.includes('${') ? null : pathFrom(folder, written), written },
        });
      return;
    case 'npm':
      list.add({
        id: `${at}/npm(${notation.name})`,
        role,
        ecosystem: 'npm',
        name: notation.name,
        range: notation.version,
        scope,
        line,
      });
      return;
    default:
      list.add({ id: `${at}/${notation.written}`, role, name: `?${notation.written}`, scope, line });
  }
}

/** `group:artifact[:version[:classifier]][@ext]`, with `${…}` kept whole. */
export function moduleOf(written: string): { readonly name: string; readonly range: string | null } {
  const [group = '', artifact = '', version = ''] = partsOf(written);
  const plain = version.replace(/!!.*$/, '');
  const name = artifact === '' ? `?${written}` : `${group}:${artifact}`;
  return {
    name: name.includes('${') && !name.startsWith('?') ? `?${name}` : name,
    range: plain === '' ? null : plain,
  };
}

function partsOf(written: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (let at = 0; at < written.length; at++) {
    const char = written[at] ?? '';
    if (written.startsWith('${', at)) depth++;
    else if (char === '}' && depth > 0) depth--;
    else if (depth === 0 && char === '@') break;
    if (depth === 0 && char === ':') parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

export function addPlugin(
  list: EntryList,
  id: string,
  version: string | null,
  role: EntryRole,
  line: number,
): void {
  list.add({
    id: `plugins/${id}`,
    role,
    name: pluginPackage(id),
    range: version,
    version: version === null ? null : exactVersion(version),
    scope: 'build',
    line,
    ...(version?.includes('${') ? { inherits: `${pluginPackage(id)}:${version}` } : {}),
  });
}
