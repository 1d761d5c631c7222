import assert from 'node:assert/strict';
import { ManifestError, type ManifestFormat } from '../../../../src/facts/manifests/format.js';
import { repoPath } from '../../../../src/model/brand.js';
import type { DependencyEntry, DependencyFile } from '../../../../src/model/dependency.js';

/** One line an entry: role, name, version, range, scope, source where it is no plain registry, line. */
export function shown({ entries }: DependencyFile): readonly string[] {
  return entries.map(entry =>
    [
      entry.role === 'dependency' ? '' : `${entry.role} `,
      entry.alias === undefined ? '' : `${entry.alias} → `,
      entry.name,
      ` ${entry.version ?? '-'} (${entry.range ?? '-'}) ${entry.scope}`,
      sourceOf(entry),
      `:${entry.line}`,
    ].join(''),
  );
}

function sourceOf({ source }: DependencyEntry): string {
  switch (source.type) {
    case 'registry':
      return source.url === null ? '' : ` ${source.url}`;
    case 'git':
      return ` git ${source.url} ${source.revision ?? '-'}`;
    case 'url':
      return ` url ${source.url}`;
    default:
      return ` ${source.type} ${source.path ?? '-'}`;
  }
}

/** Files of one tree, parsed and linked. */
export function linkedTree(
  formats: Readonly<Record<string, ManifestFormat>>,
  texts: Readonly<Record<string, string>>,
): (path: string) => DependencyFile {
  const parsed = new Map<string, DependencyFile>();
  const formatOf = (path: string): ManifestFormat => {
    const end = Object.keys(formats).find(key => path.endsWith(key));
    const format = end === undefined ? undefined : formats[end];
    if (format === undefined) throw new Error(`no format for ${path}`);
    return format;
  };
  for (const [path, text] of Object.entries(texts))
    parsed.set(path, formatOf(path).parse(repoPath(path), text));
  const others = { file: (path: string) => parsed.get(path) ?? null, all: () => parsed.values() };
  return path => {
    const file = parsed.get(path);
    if (file === undefined) throw new Error(`no file ${path}`);
    return formatOf(path).link?.(file, others) ?? file;
  };
}

/** The format must refuse the text, and name the line. */
export function refuses(
  format: ManifestFormat,
  path: string,
  text: string,
  line: number | null,
  message: RegExp,
): void {
  assert.throws(
    () => format.parse(repoPath(path), text),
    (error: unknown) => {
      assert.ok(error instanceof ManifestError, String(error));
      assert.match(error.message, message);
      assert.equal(error.line, line);
      return true;
    },
  );
}
