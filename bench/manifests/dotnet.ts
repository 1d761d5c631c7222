/** Project files, packages.config and packages.lock.json beside a second parser (Python's xml.etree and json). */
import { ManifestError } from '../../src/facts/manifests/format.js';
import type { DependencyEntry, DependencyFile } from '../../src/model/dependency.js';
import { askPython, type Facts, factsOf, inFolder, readManifests, repoOption, report } from './comparison.js';

const repo = repoOption();
const files = await readManifests(repo, ['msbuild', 'nuget-lock', 'nuget-config']);

function project({ entries }: DependencyFile): Facts {
  return factsOf(
    entries
      .filter(({ id }) => !id.startsWith('Sdk/'))
      .map(({ id, inherits }): [string, string] => {
        const at = id.indexOf('/');
        const kind = id.slice(0, at);
        const name = id
          .slice(at + 1)
          .replace(/#\d+$/, '')
          .toLowerCase();
        if (kind === 'ProjectReference' || kind === 'Reference') return [`${kind} ${name}`, ''];
        return [`${kind} ${name}`, inherits?.split('|')[1] ?? ''];
      }),
  );
}

/** Ours keeps no private flag of its own: it is a scope, as others are. */
function versions(facts: Facts): Facts {
  return new Map(
    [...facts].map(([key, value]) => [
      key,
      value === '' ? '' : String((JSON.parse(value) as unknown[])[0] ?? ''),
    ]),
  );
}

function list({ entries }: DependencyFile): Facts {
  return factsOf(
    entries.map(({ name, range, scope }) => [`${name} ${range}`, JSON.stringify(scope === 'development')]),
  );
}

function type({ direct, source }: DependencyEntry): string {
  return source.type === 'workspace' ? 'Project' : direct === true ? 'Direct' : 'Transitive';
}

function lock({ entries }: DependencyFile): Facts {
  return factsOf(
    entries.map(entry => [
      `${entry.id.slice(0, entry.id.lastIndexOf('/'))} ${entry.name}`,
      JSON.stringify([entry.version, entry.range, entry.integrity[0] ?? null, type(entry)]),
    ]),
  );
}

function centralAsTransitive(facts: Facts): Facts {
  return new Map(
    [...facts].map(([key, value]) => [key, value.replace('"CentralTransitive"', '"Transitive"')]),
  );
}

for (const format of ['msbuild', 'nuget-lock', 'nuget-config']) {
  const these = files.filter(file => file.format === format);
  if (these.length === 0) continue;
  const paths = these.map(({ path }) => path);
  const theirs = inFolder(these, folder => askPython('./dotnet_oracle.py', folder, paths));
  report(
    'nuget',
    repo,
    format,
    `second parser: Python's ${format === 'nuget-lock' ? 'json' : 'xml.etree'}`,
    these.map(({ path, file }, index) => {
      const other = theirs[index] ?? '';
      if (file instanceof ManifestError || typeof other === 'string')
        return { path, ours: file instanceof ManifestError ? file : project(file), theirs: other };
      if (format === 'msbuild') return { path, ours: project(file), theirs: versions(other) };
      if (format === 'nuget-config') return { path, ours: list(file), theirs: other };
      return { path, ours: lock(file), theirs: centralAsTransitive(other) };
    }),
  );
}
