import type { DependencyFile } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { conflictLine } from '../lines.js';
import { EntryList } from '../syntax/entries.js';
import { linkGradle } from './gradle-link.js';
import { ScriptReader } from './gradle-script.js';
import { statementsOf } from './gradle-statements.js';
import { tokenize } from './gradle-tokens.js';

/**
 * build.gradle and settings.gradle, in Groovy or Kotlin. They are programs: what they declare in Gradle's own way is
 * read, without running them. What a dependency statement computes stands as `?expression`.
 */
export const gradleBuild: ManifestFormat = {
  parse(path, text): DependencyFile {
    const conflict = conflictLine(text);
    if (conflict !== null) throw new ManifestError('it holds conflict markers', conflict, 'finish the merge');
    const list = new EntryList('maven');
    const reader = new ScriptReader(list, folderOf(path));
    reader.read(statementsOf(tokenize(text, path.endsWith('.kts'))));
    return linkGradle({
      path,
      format: 'gradle-build',
      ecosystem: 'maven',
      role: 'manifest',
      project: { name: null, version: reader.values.known['version'] ?? null, license: null },
      entries: list.entries,
      roots: {},
      includes: reader.includes,
      exports: { ...reader.exports, ...prefixed(reader.values.known) },
    });
  },
  link: linkGradle,
};

function prefixed(values: Readonly<Record<string, string>>): Record<string, string> {
  const named: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(values)) named[`$${name}`] = value;
  return named;
}
