import type { RepoPath } from '../../../model/brand.js';
import type { DependencyEntry, DependencyFile } from '../../../model/dependency.js';
import { folderOf } from '../../resolve/paths.js';
import { ManifestError } from '../format.js';
import { LineCounter } from '../lines.js';
import { calledBy, realName, splitDescriptor } from './lock-entry.js';
import { type Placed, placedBy, rootsOf, type Want } from './lock-graph.js';
import { yamlLines } from './yaml-lines.js';
import { YamlMap, type YamlPair, yamlDocuments } from './yaml-tree.js';
import { YarnAnswers } from './yarn-answers.js';
import { yarnExports } from './yarn-exports.js';
import { locatorSource, patchedBy } from './yarn-locator.js';

const REMEDY = 'Write the lock file anew with `yarn install`.';
/** Of Yarn 2 to 4. */
const OLDEST = 4;
const NEWEST = 10;

interface Block {
  readonly descriptors: readonly string[];
  readonly locator: string;
  readonly name: string;
  readonly content: YamlMap;
  readonly line: number;
  readonly folder: string | null;
}

/** A yarn.lock of Yarn 2 or later. */
export function parseBerry(path: RepoPath, text: string): DependencyFile {
  if (!text.endsWith('\n'))
    throw new ManifestError('the last line has no end: the file is cut off', null, REMEDY);
  const { top, lines } = readTop(text);
  checkVersion(top, lines);
  const folder = folderOf(path);
  const blocks = top.pairs
    .filter(({ key }) => key !== '__metadata')
    .map(pair => readBlock(pair, folder, lines.lineAt(pair.at)));
  const linker = new Linker(blocks, folder);
  const wants = linker.wants();
  const folders = blocks.flatMap(block => (block.folder === null ? [] : [block.folder]));
  return {
    path,
    format: 'yarn-lock',
    ecosystem: 'npm',
    role: 'lock',
    project: { name: null, version: null, license: null },
    entries: linker.entries(wants),
    roots: rootsOf(folders, wants),
    includes: [],
    exports: yarnExports(linker.wanted(), linker.optional),
  };
}

function readTop(text: string): { top: YamlMap; lines: LineCounter } {
  const plain = yamlLines(text);
  if (plain !== null) return { top: plain, lines: new LineCounter(text) };
  const { documents, lines } = yamlDocuments(text, { duplicates: 'last' });
  const [top, more] = documents;
  if (!(top instanceof YamlMap) || more !== undefined)
    throw new ManifestError('not a lock file of Yarn: no mapping', 1, REMEDY);
  return { top, lines };
}

function checkVersion(top: YamlMap, lines: LineCounter): void {
  const metadata = top.pair('__metadata');
  const written = metadata?.value instanceof YamlMap ? metadata.value.text('version') : null;
  const version = written !== null && /^\d+$/.test(written) ? Number(written) : Number.NaN;
  if (version >= OLDEST && version <= NEWEST) return;
  throw new ManifestError(
    `__metadata: version ${written ?? 'missing'} is not known: ${OLDEST} to ${NEWEST} are`,
    metadata === undefined ? 1 : lines.lineAt(metadata.at),
    'Write the lock file anew with a Yarn that writes one of those.',
  );
}

function readBlock({ key, value }: YamlPair, folder: string, line: number): Block {
  const content = value instanceof YamlMap ? value : new YamlMap();
  const locator = content.text('resolution');
  if (locator === null || content.text('version') === null || content.text('linkType') === null)
    throw new ManifestError(`${key} lacks its resolution, version or linkType`, line, REMEDY);
  const { called: name, range } = splitDescriptor(locator);
  if (range === '') throw new ManifestError(`${key}: ${locator} is no resolution`, line, REMEDY);
  const source = range.startsWith('workspace:') ? locatorSource(locator, folder) : null;
  const place = source?.type === 'workspace' ? (source.path ?? range.slice(10)) : null;
  return {
    descriptors: key.includes(',') ? key.split(/ *, */) : [key],
    locator,
    name,
    content,
    line,
    folder: place,
  };
}

interface Ask {
  readonly descriptor: string;
  readonly optional: boolean;
}

const NONE: readonly string[] = [];

const BOUND = /^(?:file|link|portal|exec|patch):/;

/** Descriptors of patches that manifests ask for by themselves. */
function askedPatches(blocks: readonly Block[]): ReadonlySet<string> {
  const asked = new Set<string>();
  for (const { content } of blocks) {
    const dependencies = content.get('dependencies');
    if (dependencies instanceof YamlMap)
      for (const { key, value } of dependencies.pairs)
        if (typeof value === 'string' && value.startsWith('patch:')) asked.add(`${key}@${value}`);
  }
  return asked;
}

function unbound(descriptor: string): string {
  const mark = descriptor.indexOf('::');
  return mark === -1 ? descriptor : descriptor.slice(0, mark);
}

class Linker {
  readonly optional = new Map<string, ReadonlySet<string>>();
  private readonly answers = new Map<string, string>();
  private readonly answered: YarnAnswers;
  /** Patches that nobody asks for: Yarn's own, and those of `resolutions`. They answer for what they are laid over. */
  private readonly patches = new Map<string, string>();
  private readonly ids = new Map<Block, readonly string[]>();

  constructor(
    private readonly blocks: readonly Block[],
    private readonly lockFolder: string,
  ) {
    const patches = askedPatches(blocks);
    for (const { descriptors, locator } of blocks)
      for (const descriptor of descriptors) {
        this.answers.set(descriptor, locator);
        const inner = patches.has(unbound(descriptor)) ? null : patchedBy(descriptor);
        if (inner !== null) this.patches.set(inner, locator);
      }
    this.answered = new YarnAnswers(
      this.answers,
      lockFolder,
      () => new Set(blocks.flatMap(block => this.asks(block).map(ask => ask.descriptor))),
    );
    for (const block of blocks) this.ids.set(block, this.resolve(block));
  }

  private asks(block: Block): Ask[] {
    const dependencies = block.content.get('dependencies');
    const found: Ask[] = [];
    if (dependencies instanceof YamlMap) {
      const meta = block.content.get('dependenciesMeta');
      for (const { key, value } of dependencies.pairs) {
        const about = meta instanceof YamlMap ? meta.get(key) : null;
        const optional = about instanceof YamlMap && about.text('optional') === 'true';
        found.push({
          descriptor: this.written(block, key, typeof value === 'string' ? value : ''),
          optional,
        });
      }
    }
    // What a patch is laid over comes along.
    for (const descriptor of block.descriptors) {
      const inner = patchedBy(descriptor);
      if (inner !== null && this.answers.has(inner)) found.push({ descriptor: inner, optional: false });
    }
    return found;
  }

  /** Up to format 6, a range stands without its protocol; a path stands with the project that it starts from. */
  private written({ locator }: Block, name: string, range: string): string {
    const plain = `${name}@${range}`;
    if (BOUND.test(range)) {
      const bound = `${plain}::locator=${encodeURIComponent(locator)}`;
      return this.answers.has(bound) ? bound : plain;
    }
    if (range.includes(':')) return plain;
    const usual = `${name}@npm:${range}`;
    return this.answers.has(usual) ? usual : plain;
  }

  private resolve(block: Block): readonly string[] {
    const asks = this.asks(block);
    if (asks.length === 0) return NONE;
    const all: string[] = [];
    let needed: Set<string> | null = null;
    for (const { descriptor, optional } of asks) {
      const patch = this.patches.get(descriptor);
      const ids =
        patch !== undefined && patch !== block.locator ? [patch] : this.answered.of(descriptor, block.line);
      all.push(...ids);
      if (optional) needed ??= new Set();
    }
    if (needed !== null) {
      for (const { descriptor, optional } of asks)
        if (!optional) for (const id of this.answered.of(descriptor, block.line)) needed.add(id);
      const edges = all.filter(id => needed?.has(id) === false);
      if (edges.length > 0) this.optional.set(block.locator, new Set(edges));
    }
    return all.length < 2 ? all : [...new Set(all)];
  }

  /** What answers the projects' own wishes: `link` learns from the manifests what they are for. */
  wanted(): ReadonlyMap<string, string> {
    const wanted = new Map<string, string>();
    for (const block of this.blocks) {
      if (block.folder === null) continue;
      for (const { descriptor } of this.asks(block)) {
        const id = this.patches.get(descriptor) ?? this.answers.get(descriptor);
        if (id !== undefined) wanted.set(descriptor, id);
      }
    }
    return wanted;
  }

  /** A project's wishes: the lock file doesn't part those for development from the others. */
  wants(): readonly Want[] {
    return this.blocks.flatMap(block => {
      const { folder } = block;
      if (folder === null) return [];
      const optional = this.optional.get(block.locator);
      return (this.ids.get(block) ?? []).map(
        (id): Want => ({ folder, id, scope: optional?.has(id) === true ? 'optional' : 'production' }),
      );
    });
  }

  /** Projects are entries where others link to them. */
  entries(wants: readonly Want[]): readonly DependencyEntry[] {
    const projects = new Set(this.blocks.flatMap(block => (block.folder === null ? [] : [block.locator])));
    const linked = new Set<string>();
    for (const ids of this.ids.values()) for (const id of ids) if (projects.has(id)) linked.add(id);
    const requires = new Map(Array.from(this.ids, ([block, ids]) => [block.locator, ids]));
    const placed = placedBy(requires, wants, this.optional);
    const entries: DependencyEntry[] = [];
    for (const block of this.blocks)
      if (block.folder === null || linked.has(block.locator))
        entries.push(this.entry(block, placed(block.locator)));
    for (const entry of this.answered.unlockedEntries()) entries.push({ ...entry, ...placed(entry.id) });
    return entries;
  }

  private entry(block: Block, placed: Placed): DependencyEntry {
    const { content, locator } = block;
    const source = locatorSource(locator, this.lockFolder);
    const name = realName(block.name, source);
    const checksum = content.text('checksum');
    const version = content.text('version');
    const requires = this.ids.get(block) ?? NONE;
    return {
      id: locator,
      role: 'dependency',
      ecosystem: 'npm',
      name,
      ...this.alias(block, name),
      version: version === '0.0.0-use.local' ? null : version,
      range: null,
      scope: placed.scope,
      direct: placed.direct,
      source,
      integrity: checksum === null ? [] : [checksum],
      line: block.line,
      ...(requires.length === 0 ? {} : { requires }),
    };
  }

  private alias({ descriptors }: Block, name: string): { alias?: string } {
    if (descriptors.some(descriptor => splitDescriptor(descriptor).called === name)) return {};
    return calledBy(name, splitDescriptor(descriptors[0] ?? name).called);
  }
}
