/**
 * Gemfile.lock beside Bundler's own LockfileParser (needs ruby and bundler; Debian: ruby-bundler); Gemfiles and
 * gemspecs beside a second parser (Ruby's own, Ripper, which runs nothing).
 */
import { ManifestError } from '../../src/facts/manifests/format.js';
import type { DependencyEntry, DependencyFile } from '../../src/model/dependency.js';
import { ask } from './ask.js';
import { type Facts, factsOf, inFolder, readManifests, repoOption, report } from './comparison.js';

const repo = repoOption();
const files = await readManifests(repo, ['gemfile', 'gemfile-lock', 'gemspec']);

function lock({ entries }: DependencyFile): Facts {
  const names = new Map(entries.map(({ id, name }) => [id, name]));
  return factsOf(
    entries.map(({ id, name, requires, direct, source }) => {
      const wants = [...new Set((requires ?? []).map(one => names.get(one)))].sort();
      // RubyGems leaves the C library out of a platform's name.
      return [
        `${name} ${id.slice(name.length + 1).replace(/-linux-gnu$/, '-linux')}`,
        JSON.stringify([wants, direct, placeOf(source)]),
      ];
    }),
  );
}

function placeOf(source: DependencyEntry['source']): string {
  if (source.type === 'git') return `git ${source.url} ${source.revision}`;
  if (source.type === 'path') return `path ${source.written}`;
  const remotes = source.type === 'registry' ? (source.url ?? '').split(' ') : [];
  return `gem ${remotes
    .map(url => url.replace(/\/$/, ''))
    .sort()
    .join(' ')}`;
}

function calls({ entries, includes }: DependencyFile): Facts {
  const rows = entries.map(({ id, name, range, scope, source, line }): [string, string] => {
    const call = id.split('/')[0]?.replace(/#\d+$/, '') ?? '';
    if (call === 'gemspec' || call === 'eval_gemfile') return [`${line} ${call}`, ''];
    const shown = name.startsWith('?') ? '?' : name;
    return [`${line} ${call} ${shown}`, JSON.stringify([range, scope === 'development', source.type])];
  });
  return factsOf([
    ...rows,
    ...includes.filter(path => path.endsWith('Gemfile')).map((path): [string, string] => [path, '']),
  ]);
}

/** Blocks of `path`, `git` and the like give a place that the call itself doesn't name: only its own is compared. */
function ownPlaces(own: Facts, other: Facts): Facts {
  return new Map(
    [...own].map(([key, value]) => {
      if (value === '') return [key, value];
      const [range, development, type]: [string | null, boolean, string] = JSON.parse(value);
      const named: unknown = JSON.parse(other.get(key) || '[null,null,null]')[2];
      const agrees = named === null || (named === 'path' ? type === 'path' : type === 'git');
      return [key, JSON.stringify([range, development, agrees ? named : type])];
    }),
  );
}

for (const format of ['gemfile-lock', 'gemfile', 'gemspec']) {
  const these = files.filter(file => file.format === format);
  if (these.length === 0) continue;
  const isLock = format === 'gemfile-lock';
  const theirs = inFolder(these, folder =>
    ask(
      ['ruby'],
      isLock ? './ruby_lock.rb' : './ruby_calls.rb',
      folder,
      these.map(({ path }) => path),
    ),
  );
  report(
    'gem',
    repo,
    format,
    isLock ? "Bundler's LockfileParser" : "second parser: Ruby's Ripper",
    these.map(({ path, file }, index) => {
      const other = theirs[index] ?? '';
      if (file instanceof ManifestError) return { path, ours: file, theirs: other };
      if (isLock || typeof other === 'string') return { path, ours: lock(file), theirs: other };
      const included = new Map([...other].filter(([key]) => !key.endsWith(' eval_gemfile')));
      return { path, ours: ownPlaces(withoutIncludes(calls(file)), included), theirs: included };
    }),
  );
}

function withoutIncludes(facts: Facts): Facts {
  return new Map([...facts].filter(([key]) => /^\d+ (?!eval_gemfile)/.test(key)));
}
