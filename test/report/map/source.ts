import type { EdgeKind } from '../../../src/model/edges.js';
import type { PathSet } from '../../../src/model/path-set.js';
import {
  type MapSource,
  type Picture,
  type PictureImport,
  toPicture,
} from '../../../src/report/map/picture.js';
import type { MapFinding } from '../../../src/report/map/violations.js';

/** Every path that begins so. */
export function below(prefix: string): PathSet {
  return { include: [{ glob: `${prefix}**`, source: `^${prefix.replace(/[/.]/g, '\\$&')}.*$`, prefix }] };
}

/** `a.ts:3 -> b.ts`, `a.ts -> npm:pg/native`, `a.ts -> computed`, `a.ts -> pkg/`, `a.ts -> gone.ts?`, with `(type)`. */
export function imported(text: string): PictureImport {
  const [, from = '', line = '1', to = '', missing, kind = 'value'] =
    /^(.+?)(?::(\d+))? -> (.+?)(\?)?(?: \(([a-z-]+)\))?$/s.exec(text) ?? [];
  const type =
    missing === '?'
      ? 'unresolved'
      : to === 'computed'
        ? 'computed'
        : to.startsWith('node:')
          ? 'builtin'
          : to.startsWith('npm:')
            ? 'package'
            : to.endsWith('/')
              ? 'folder'
              : 'file';
  return {
    from,
    to,
    type,
    ...(type === 'package' ? { package: /^npm:(?:@[^/]+\/)?[^/]+/.exec(to)?.[0] ?? to } : {}),
    specifier: type === 'computed' ? null : `./${to}`,
    kind: kind as EdgeKind,
    line: Number(line),
  };
}

export function source(imports: readonly string[], given: Partial<MapSource> = {}): MapSource {
  const read = imports.map(imported);
  const files = [...new Set(read.flatMap(one => (one.type === 'file' ? [one.from, one.to] : [one.from])))];
  return { files: files.sort(), imports: read, components: {}, rules: [], findings: [], ...given };
}

export const RULE = {
  decision: 'ADR-0001',
  title: 'The UI stays off the database',
  invariant: 'ui-off-the-database',
  governs: (path: string): boolean => path.startsWith('ui/'),
};

export function found(path: string, subject: string, given: Partial<MapFinding> = {}): MapFinding {
  return {
    state: 'standing',
    path,
    line: 1,
    subject,
    message: `${path} must not import it`,
    invariant: RULE.invariant,
    decision: { id: RULE.decision, title: RULE.title },
    chain: [],
    ...given,
  };
}

export function picture(
  imports: readonly string[],
  level: Picture['level'] = 'folder',
  given: Partial<MapSource> = {},
): Picture {
  return toPicture(source(imports, given), { level, paths: [], decision: null, packages: false });
}
