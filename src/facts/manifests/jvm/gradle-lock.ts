import { ManifestError, type ManifestFormat } from '../format.js';
import { conflictLine } from '../lines.js';
import { EntryList } from '../syntax/entries.js';
import { scopeOfAll } from './configurations.js';

const REMEDY = 'write it anew with `gradle dependencies --write-locks`';

/** gradle.lockfile: `group:artifact:version=configurations`, one a line. */
export const gradleLock: ManifestFormat = {
  parse(path, text) {
    const conflict = conflictLine(text);
    if (conflict !== null) throw new ManifestError('it holds conflict markers', conflict, 'finish the merge');
    const list = new EntryList('maven');
    const isBuildscript = path.slice(path.lastIndexOf('/') + 1).startsWith('buildscript-');
    let isWhole = false;
    let number = 0;
    for (const raw of text.split('\n')) {
      number++;
      const line = raw.trim();
      if (line === '' || line.startsWith('#')) continue;
      const at = line.indexOf('=');
      const left = at === -1 ? line : line.slice(0, at);
      if (left === 'empty' && at !== -1) {
        isWhole = true;
        continue;
      }
      const [group = '', artifact = '', version = '', ...more] = left.split(':');
      const configurations = line.slice(at + 1).split(',');
      if (at === -1 || group === '' || artifact === '' || version === '' || more.length > 0)
        throw new ManifestError('a line that is not group:artifact:version=configurations', number, REMEDY);
      list.add({
        id: left,
        name: `${group}:${artifact}`,
        version,
        scope: isBuildscript ? 'build' : scopeOfAll(configurations),
        direct: null,
        line: number,
      });
    }
    // Gradle always writes this line, and as the last one.
    if (!isWhole) throw new ManifestError('it has no line `empty=`: the file is cut off', number, REMEDY);
    return {
      path,
      format: 'gradle-lock',
      ecosystem: 'maven',
      role: 'lock',
      project: { name: null, version: null, license: null },
      entries: list.entries,
      roots: {},
      includes: [],
    };
  },
};
