import { ManifestError } from '../../../src/facts/manifests/format.js';
import type { DependencyEntry, DependencyFile } from '../../../src/model/dependency.js';
import { type Facts, factsOf } from '../comparison.js';
import { type Oracle, oraclePackage, reason, sorted } from './oracle.js';

interface Block {
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Library {
  parse(text: string): { readonly type: string; readonly object: Readonly<Record<string, Block>> };
}

/** The parser of Yarn 1, as it is published: by descriptor. */
export const yarnLibrary: Oracle = {
  format: 'yarn-lock',
  label: 'yarn-lock (classic)',
  name: '@yarnpkg/lockfile',
  reads: text => !/^__metadata:/m.test(text),
  async compare(_repo, { text, file }) {
    return { ours: file instanceof ManifestError ? file : ownFacts(file), theirs: theirFacts(text) };
  },
};

function theirFacts(text: string): Facts | string {
  try {
    const { object } = oraclePackage<Library>('@yarnpkg/lockfile').parse(text);
    return factsOf(
      Object.entries(object).map(([descriptor, block]) => {
        const asked = { ...block.dependencies, ...block.optionalDependencies };
        const requires = Object.entries(asked).map(([name, range]) => {
          const found = object[`${name}@${range}`];
          return found === undefined ? '?' : place(found);
        });
        return [
          descriptor,
          `${block.version} ${place(block)} ${block.integrity ?? ''} → ${sorted(requires)}`,
        ];
      }),
    );
  } catch (error) {
    return reason(error);
  }
}

/** What tells a block from others: its archive, else its version. */
function place({ resolved, version }: Block): string {
  const commit = /^https:\/\/codeload\.github\.com\/([^/]+\/[^/]+)\/tar\.gz\/([^#]+)/.exec(resolved ?? '');
  if (commit !== null) return `https://github.com/${commit[1]}.git#${commit[2]}`;
  return resolved?.replace(/^git\+/, '').replace(/^ssh:\/\/git@/, 'https://') ?? version;
}

function ownFacts(file: DependencyFile): Facts {
  const byId = new Map(file.entries.map(entry => [entry.id, entry]));
  const facts: [string, string][] = [];
  for (const [key, id] of Object.entries(file.exports ?? {})) {
    const entry = byId.get(id);
    if (!key.startsWith('want:') || entry === undefined) continue;
    const requires = (entry.requires ?? []).map(one => {
      const found = byId.get(one);
      return found === undefined ? '?' : ownPlace(found);
    });
    const integrity = entry.integrity.filter(digest => !isPlainSha1(digest)).join(' ');
    facts.push([
      key.slice('want:'.length),
      `${entry.version} ${ownPlace(entry)} ${integrity} → ${sorted(requires)}`,
    ]);
  }
  return factsOf(facts);
}

function isPlainSha1(digest: string): boolean {
  return /^sha1-[0-9a-f]{40}$/.test(digest);
}

function ownPlace({ source, integrity, version }: DependencyEntry): string {
  const sha1 = integrity.find(isPlainSha1)?.slice('sha1-'.length);
  const mark = sha1 === undefined ? '' : `#${sha1}`;
  if (source.type === 'git') return `${source.url}#${source.revision}`;
  if ((source.type === 'registry' || source.type === 'url') && source.url !== null) return source.url + mark;
  return version ?? '?';
}
