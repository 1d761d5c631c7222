import type { DependencyEntry } from '../../../model/dependency.js';
import { isTable, type TomlDocument } from '../python/toml.js';
import { specification } from './specification.js';

/**
 * `[patch.crates-io]`, `[patch."https://…"]`: packages of that source come from elsewhere.
 * @param manifest the Cargo.toml whose folder paths are written from
 */
export function patches(document: TomlDocument, manifest: string): readonly DependencyEntry[] {
  return Object.keys(document.tableAt(['patch']) ?? {}).flatMap(source =>
    Object.entries(document.tableAt(['patch', source]) ?? {}).map(([key, value]) =>
      redirect(document, manifest, ['patch', source, key], value, null),
    ),
  );
}

/** `[replace]`, of old: `"name:1.2.3"`, also with an address and `#` before it. */
export function replacements(document: TomlDocument, manifest: string): readonly DependencyEntry[] {
  return Object.entries(document.tableAt(['replace']) ?? {}).map(([key, value]) => {
    const specifier = key.slice(key.lastIndexOf('#') + 1);
    return redirect(document, manifest, ['replace', key], value, specifier.split(/[:@]/)[0] ?? specifier);
  });
}

function redirect(
  document: TomlDocument,
  manifest: string,
  place: readonly string[],
  value: unknown,
  replaced: string | null,
): DependencyEntry {
  const { isOptional: _, ...facts } = specification(document, manifest, place, value);
  if (facts.inherits !== undefined) return document.refuse(place, 'a version, path or git repository');
  // A patch answers the package that it is; the key only tells several versions apart.
  const written = isTable(value) ? value['package'] : undefined;
  const name = replaced ?? (typeof written === 'string' ? written : (place.at(-1) ?? ''));
  return {
    ...facts,
    name: replaced === null || typeof written === 'string' ? facts.name : name.replaceAll('_', '-'),
    alias: name,
    id: place.join('/'),
    role: 'redirect',
    scope: 'production',
    direct: true,
    line: document.line(place),
  };
}
