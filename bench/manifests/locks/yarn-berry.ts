import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { parseSyml } from '@yarnpkg/parsers';
import { ManifestError } from '../../../src/facts/manifests/format.js';
import type { DependencyFile } from '../../../src/model/dependency.js';
import { type Facts, factsOf, type ReadFile } from '../comparison.js';
import { type Oracle, oracleFolder, sorted, withTree } from './oracle.js';

interface Info {
  readonly value: string;
  readonly children: {
    readonly Version?: string;
    readonly Dependencies?: readonly { readonly locator: string }[];
  };
}

/** `yarn info --all --recursive` of the newest Yarn, without network; digests by Yarn's own parser. */
export const yarnInfo: Oracle = {
  format: 'yarn-lock',
  label: 'yarn-lock (berry)',
  name: '`yarn info -A -R`',
  reads: text => /^__metadata:/m.test(text),
  async compare(repo, file) {
    if (file.file instanceof ManifestError) return { ours: file.file, theirs: theirFacts(repo, file, null) };
    return { ours: ownFacts(file.file), theirs: theirFacts(repo, file, file.file) };
  },
};

/** Projects that no other links to are roots with lintel: their wishes are compared as such. */
function theirFacts(repo: string, { path, text }: ReadFile, ours: DependencyFile | null): Facts | string {
  const folder = dirname(path) === '.' ? '' : `${dirname(path)}/`;
  const wanted =
    /(?:^|\/)(?:package\.json|yarn\.lock|\.yarnrc\.yml)$|\.patch$|\/\.yarn\/plugins\/|^\.yarn\/plugins\//;
  const output = withTree(
    repo,
    file => file.startsWith(folder) && wanted.test(file),
    root => {
      // A newer Yarn takes an older lock file for one that is to be written anew.
      const old = /^ {2}version: [4-8]$/m.test(text.slice(0, 300));
      const program = join(oracleFolder(), old ? 'yarn8' : '', 'node_modules/@yarnpkg/cli-dist/bin/yarn.js');
      const run = spawnSync('node', [program, 'info', '-A', '-R', '--json'], {
        cwd: join(root, folder),
        encoding: 'utf8',
        maxBuffer: 1 << 30,
        env: { ...process.env, YARN_IGNORE_PATH: '1', YARN_ENABLE_NETWORK: '0', YARN_PLUGINS: '' },
      });
      return run.status === 0 ? run.stdout : `refused: ${run.stdout.slice(0, 300)}`;
    },
  );
  if (output.startsWith('refused')) return output;
  const digests = new Map<string, string>();
  for (const block of Object.values<Record<string, string>>(parseSyml(text)))
    digests.set(block.resolution ?? '', block.checksum ?? '');
  const facts = new Map<string, { version: string; requires: Set<string> }>();
  for (const line of output.split('\n').filter(one => one !== '')) {
    const { value, children }: Info = JSON.parse(line);
    const known = facts.get(devirtualized(value)) ?? { version: '', requires: new Set() };
    known.version = children.Version ?? '';
    for (const { locator } of children.Dependencies ?? []) known.requires.add(devirtualized(locator));
    facts.set(devirtualized(value), known);
  }
  const own = new Set(ours?.entries.map(entry => entry.id));
  return factsOf(
    [...facts].map(([locator, { version, requires }]) => [
      locator.includes('@workspace:') && !own.has(locator) ? project(locator, folder) : locator,
      `${version === '0.0.0-use.local' ? '-' : version} ${digests.get(locator) ?? ''} → ${sorted(requires)}`,
    ]),
  );
}

/** `a@virtual:hash#npm:1.0.0` → `a@npm:1.0.0`: a package with its peers is one for each way to meet them. */
function devirtualized(locator: string): string {
  const mark = locator.indexOf('@virtual:');
  return mark === -1 ? locator : `${locator.slice(0, mark)}@${locator.slice(locator.indexOf('#', mark) + 1)}`;
}

function project(locator: string, folder: string): string {
  const place = locator.slice(locator.indexOf('@workspace:') + '@workspace:'.length);
  return `project ${join(folder, place).replace(/^\.$|\/$/, '')}`;
}

/** Yarn does not list what a patch is laid over as something that it requires. */
function ownFacts(file: DependencyFile): Facts {
  const entries = file.entries.map(({ id, version, integrity, requires, source }): [string, string] => {
    const [name = ''] = id.split('@patch:');
    const listed = (requires ?? []).filter(one => name === id || !one.startsWith(`${name}@npm:`));
    const shown = source.type === 'registry' ? version : '-';
    return [id, `${shown} ${integrity.join(' ')} → ${sorted(listed)}`];
  });
  const listed = new Set(
    file.entries.flatMap(({ source }) => (source.type === 'workspace' ? [source.path] : [])),
  );
  const projects = Object.entries(file.roots)
    .filter(([folder]) => !listed.has(folder))
    .map(([folder, ids]): [string, string] => [`project ${folder}`, `-  → ${sorted(ids)}`]);
  return factsOf([...entries, ...projects]);
}
