import type { RepoPath } from '../../../model/brand.js';
import type { DependencyEntry, DependencyFile, DependencySource } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { ManifestError } from '../format.js';
import { gitArchive, gitSource } from './git-url.js';
import { calledBy, digests, lockEntry, splitDescriptor } from './lock-entry.js';
import { npmSpecifier } from './specifier.js';
import { YarnAnswers } from './yarn-answers.js';
import { type ClassicBlock, classicBlocks } from './yarn-classic-syntax.js';
import { yarnExports } from './yarn-exports.js';

const SECTIONS = ['dependencies', 'optionalDependencies'];

/** A yarn.lock of Yarn 1. It doesn't name its projects: `link` finds them. */
export function parseClassic(path: RepoPath, text: string): DependencyFile {
  const folder = folderOf(path);
  const blocks = liveBlocks(classicBlocks(text));
  const ids = new Map<ClassicBlock, string>();
  const taken = new Set<string>();
  const answers = new Map<string, string>();
  for (const block of blocks) {
    const id = idOf(block, taken);
    taken.add(id);
    ids.set(block, id);
    for (const key of block.keys) answers.set(key, id);
  }
  const all = () => new Set(blocks.flatMap(block => asked(block, SECTIONS)));
  const answered = new YarnAnswers(answers, folder, all);
  const optional = new Map<string, ReadonlySet<string>>();
  const entries = blocks.map(block => {
    const id = ids.get(block) ?? '';
    const idsOf = (sections: readonly string[]): string[] =>
      asked(block, sections).flatMap(descriptor => answered.of(descriptor, block.line));
    const edges = idsOf(['optionalDependencies']);
    if (edges.length > 0) optional.set(id, new Set(edges));
    return entryOf(block, id, [...new Set(idsOf(SECTIONS))], folder);
  });
  return {
    path,
    format: 'yarn-lock',
    ecosystem: 'npm',
    role: 'lock',
    project: { name: null, version: null, license: null },
    entries: [...entries, ...answered.unlockedEntries()],
    roots: {},
    includes: [],
    exports: yarnExports(answers, optional),
  };
}

/** Of a descriptor that is there twice, Yarn takes the last block. */
function liveBlocks(blocks: readonly ClassicBlock[]): readonly ClassicBlock[] {
  const last = new Map<string, ClassicBlock>();
  for (const block of blocks) for (const key of block.keys) last.set(key, block);
  return blocks.filter(block => block.keys.some(key => last.get(key) === block));
}

function idOf(block: ClassicBlock, taken: ReadonlySet<string>): string {
  const version = block.fields.get('version');
  if (version === undefined)
    throw new ManifestError(
      `${block.keys[0]} has no version`,
      block.line,
      'The lock file is broken: write it anew with `yarn install`.',
    );
  const { called } = splitDescriptor(block.keys[0] ?? '');
  const id = `${called}@${version}`;
  return taken.has(id) ? `${id} (${block.keys[0]})` : id;
}

/** A package that stands in both sections is optional: Yarn writes the ones it can do without into the second. */
function asked(block: ClassicBlock, sections: readonly string[]): string[] {
  return sections.flatMap(section =>
    Array.from(block.sections.get(section) ?? [], ([name, range]) => `${name}@${range}`),
  );
}

function entryOf(
  block: ClassicBlock,
  id: string,
  requires: readonly string[],
  folder: string,
): DependencyEntry {
  const specs = block.keys.map(key => {
    const { called, range } = splitDescriptor(key);
    return { called, spec: isPlain(range) ? null : npmSpecifier(called, range, { folder }) };
  });
  // A place of its own, if one descriptor gives it: the others were answered by the same.
  const placed = specs.find(({ spec }) => spec !== null && spec.source.type !== 'registry')?.spec;
  const first = specs[0];
  const name = block.fields.get('name') ?? first?.spec?.name ?? first?.called ?? '';
  const real = specs.some(({ called }) => called === name);
  const { source, sha1 } = resolved(block.fields.get('resolved'), placed?.source);
  const integrity = [...sha1, ...digests(block.fields.get('integrity'))];
  const version = block.fields.get('version') ?? null;
  return lockEntry({
    id,
    name,
    ...(real ? {} : calledBy(name, first?.called)),
    version,
    source,
    integrity,
    line: block.line,
    ...(requires.length === 0 ? {} : { requires }),
  });
}

/** Most are: a semver range, nothing else. */
function isPlain(range: string): boolean {
  return /^[\^~<>=*\d]/.test(range) && !range.includes('/');
}

const SHA1 = /^[0-9a-f]{40}$/;

/** An archive's address ends in its SHA-1, a repository's in its commit. */
function resolved(
  written: string | undefined,
  asked: DependencySource | undefined,
): { source: DependencySource; sha1: readonly string[] } {
  if (written === undefined) return { source: asked ?? { type: 'registry', url: null }, sha1: [] };
  const hash = written.lastIndexOf('#');
  const fragment = hash === -1 ? '' : written.slice(hash + 1);
  const archive = gitArchive(hash === -1 ? written : written.slice(0, hash));
  if (archive === null && asked?.type === 'git') return { source: gitSource(written), sha1: [] };
  const url = SHA1.test(fragment) ? written.slice(0, hash) : written;
  const sha1 = SHA1.test(fragment) ? [`sha1-${fragment}`] : [];
  if (asked?.type === 'path') return { source: asked, sha1 };
  if (asked?.type === 'git' || asked?.type === 'url')
    return { source: archive ?? { type: 'url', url }, sha1 };
  return { source: { type: 'registry', url }, sha1 };
}
