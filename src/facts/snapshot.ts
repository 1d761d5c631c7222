import type { Oid, RepoPath } from '../model/brand.js';
import { DEFAULT_LIMITS, type ResolveSettings } from '../model/decision.js';
import type { Edge, FileImports, ImportSite, Target } from '../model/edges.js';
import { inBatches } from '../model/in-batches.js';
import type { TreeEntry, TreeListing } from '../model/tree.js';
import type { CodeFacts, CodeQuery } from './code/query.js';
import { searchCode } from './code/search.js';
import { type BlobReader, readContent } from './content.js';
import type { Extractor } from './extraction.js';
import type { ImportGraph } from './graph/import-graph.js';
import { ImportReading, type Unread } from './import-reading.js';
import { type ImportLanguage, languageOf } from './imports/index.js';
import { Links, throughLinks } from './links.js';
import type { DependencyFacts } from './manifests/dependency-facts.js';
import { manifestFormat } from './manifests/names.js';
import { type ManifestSource, ParsedManifests, readDependencies } from './manifests/read.js';
import { Remembered, type ResolverContext, readContext } from './resolve/index.js';
import { decodeText } from './text/decode.js';
import type { Fact, SourceText, TreeFacts } from './tree-facts.js';
import { linkError, missing, notUtf8 } from './unreadable.js';

/** Imports by blob id, kept between runs. */
export interface ImportCache {
  imports(blob: Oid, language: string): FileImports | null;
  saveImports(blob: Oid, language: string, imports: FileImports): void;
}

export interface SnapshotOptions {
  readonly listing: TreeListing;
  readonly reader: BlobReader;
  readonly cache: ImportCache;
  /** Bytes. */
  readonly fileBytes: number;
  /** Where many files are read at once. */
  readonly extractor?: Extractor | null;
  /** Shared with the other sides of a change. */
  readonly manifests?: ParsedManifests;
}

const SYMLINK = '120000';
const GITLINK = '160000';
/** Lock files are larger than what people write. */
const MANIFEST_BYTES = 1 << 27;
/** Fewer where each holds a syntax tree. */
const CODE_BATCH = 8;

/**
 * The facts of one tree, read on demand and kept: `prepare…` reads (asynchronously), `facts()` answers
 * (synchronously) from what was prepared. A fact that can't be had is kept as such, never dropped.
 */
export class Snapshot {
  readonly listing: TreeListing;
  private links: Links | null = null;
  private readonly texts = new Map<RepoPath, Fact<SourceText> | null>();
  private readonly codes = new WeakMap<CodeQuery, Map<RepoPath, Fact<CodeFacts> | null>>();
  private readonly sizes = new Map<RepoPath, Fact<number> | null>();
  private readonly resolvers = new WeakMap<ResolverContext, Remembered>();
  private resolved: {
    readonly context: ResolverContext;
    readonly edges: Map<RepoPath, Fact<readonly Edge[]> | null>;
  } | null = null;
  private readonly read = new Map<RepoPath, Fact<FileImports> | null>();
  private dependencies: Promise<DependencyFacts> | null = null;

  constructor(private readonly options: SnapshotOptions) {
    this.listing = options.listing;
  }

  /** Reads where the tree's symbolic links point; asked once, before anything else. */
  async prepareLinks(): Promise<Links> {
    if (this.links !== null) return this.links;
    const targets = new Map<string, string>();
    const entries = [...this.listing.entries()].filter(entry => entry.mode === SYMLINK);
    await inBatches(entries, async entry => {
      targets.set(entry.path, (await this.options.reader.readBlob(entry.oid, 65_536)).toString('utf8'));
    });
    this.links = new Links(this.listing, targets);
    return this.links;
  }

  async prepareTexts(paths: Iterable<RepoPath>): Promise<void> {
    const wanted = [...paths].filter(path => !this.texts.has(path));
    await this.prepareLinksFor(wanted);
    await inBatches(wanted, async path => {
      this.texts.set(path, await this.readText(path));
    });
  }

  async prepareSizes(paths: Iterable<RepoPath>): Promise<void> {
    const wanted = [...paths].filter(path => !this.sizes.has(path));
    await this.prepareLinksFor(wanted);
    const ends = wanted.map(path => this.end(path));
    const oids = ends.flatMap(end => (end?.ok ? [end.value.oid] : []));
    const sizes = oids.length === 0 ? [] : await this.options.reader.blobSizes(oids);
    let next = 0;
    wanted.forEach((path, index) => {
      const end = ends[index] ?? null;
      if (end === null || !end.ok) {
        this.sizes.set(path, end);
        return;
      }
      const size = sizes[next++];
      this.sizes.set(path, size == null ? { ok: false, error: missing(path) } : { ok: true, value: size });
    });
  }

  /** Reads every manifest and lock file. */
  prepareDependencies(): Promise<DependencyFacts> {
    this.dependencies ??= this.readManifests();
    return this.dependencies;
  }

  private async readManifests(): Promise<DependencyFacts> {
    await this.prepareLinks();
    const sources: ManifestSource[] = [];
    for (const { path } of this.listing.entries()) {
      const end = manifestFormat(path) === null ? null : this.end(path);
      if (end?.ok) sources.push({ path, oid: end.value.oid });
    }
    const { manifests = new ParsedManifests() } = this.options;
    return readDependencies(sources, manifests, async ({ path, oid }) => {
      const content = await this.readContent(path, oid, MANIFEST_BYTES);
      if (!content.ok) return content;
      const text = decodeText(path, content.value);
      if (!text.ok) return text;
      return text.value.lossy ? { ok: false, error: notUtf8(path) } : { ok: true, value: text.value.text };
    });
  }

  /** Lets go of what takes the most memory; asking for a text again needs preparing it again. */
  forgetTexts(): void {
    this.texts.clear();
  }

  /**
   * Looks for code. Texts are let go of at once; each syntax tree is the native engine's, given back only when the
   * event loop turns, so it does after every few.
   */
  async prepareCode(paths: Iterable<RepoPath>, query: CodeQuery): Promise<void> {
    const found = this.codes.get(query) ?? new Map<RepoPath, Fact<CodeFacts> | null>();
    this.codes.set(query, found);
    const wanted = [...paths].filter(path => !found.has(path));
    await this.prepareLinksFor(wanted);
    await inBatches(
      wanted,
      async path => {
        const text = this.texts.get(path) ?? (await this.readText(path));
        found.set(path, text?.ok ? searchCode(path, text.value.text, query) : text);
        await new Promise(resolve => setImmediate(resolve));
      },
      CODE_BATCH,
    );
  }

  hasImports(path: RepoPath): boolean {
    return this.read.has(path);
  }

  /** Lets go of imports; asking for them again needs preparing them again. */
  forgetImports(paths: Iterable<RepoPath>): void {
    for (const path of paths) {
      this.read.delete(path);
      this.resolved?.edges.delete(path);
    }
  }

  /** Reads the imports of code files; others get `null`. */
  async prepareImports(
    paths: Iterable<RepoPath>,
    progress?: (done: number, total: number) => void,
  ): Promise<void> {
    await this.prepareLinks();
    const { reading, copies } = this.readImports([...paths], progress);
    await reading.finish();
    if (copies.length > 0) await this.prepareImports(copies);
  }

  /**
   * Begins to read imports; workers go on with it while others are looked at. Links must have been prepared.
   * @param ahead whether workers begin at once; if not, they read what only they can
   * @returns `copies`: files equal to some that are being read, to be prepared when these are
   */
  readImports(
    paths: readonly RepoPath[],
    progress?: (done: number, total: number) => void,
    ahead = true,
  ): { readonly reading: ImportReading; readonly copies: readonly RepoPath[] } {
    const wanted = paths.filter(path => !this.read.has(path));
    const unknown: Unread[] = [];
    const blobs = new Set<string>();
    const copies: RepoPath[] = [];
    for (const path of wanted) {
      const known = this.knownImports(path);
      if (known === null || !('oid' in known)) this.read.set(path, known);
      else if (blobs.has(`${known.oid} ${known.cacheName}`)) copies.push(path);
      else {
        blobs.add(`${known.oid} ${known.cacheName}`);
        unknown.push(known);
      }
    }
    let done = wanted.length - unknown.length;
    const settle = (file: Unread, fact: Fact<FileImports>): void => {
      this.read.set(file.path, fact);
      if (fact.ok) this.options.cache.saveImports(file.oid, file.cacheName, fact.value);
      progress?.(++done, wanted.length);
    };
    const { extractor, reader, fileBytes } = this.options;
    const isWorthwhile = extractor != null && unknown.length >= extractor.worthwhile;
    const sources = { reader, fileBytes, extractor: isWorthwhile ? extractor : null, ahead };
    return { reading: new ImportReading(unknown, sources, settle), copies };
  }

  /** What the tree's own files say about resolution. */
  async context(settings: ResolveSettings): Promise<ResolverContext> {
    const links = await this.prepareLinks();
    return readContext(
      throughLinks(this.listing, links),
      async path => {
        const fact = await this.readText(path);
        return fact?.ok ? fact.value.text : null;
      },
      settings,
      family => this.declarations(family),
    );
  }

  /** Reads every file of the family. One that can't be read declares nothing; where a rule governs it, that is an error. */
  private async declarations(family: string): Promise<ReadonlyMap<RepoPath, readonly string[]>> {
    const paths: RepoPath[] = [];
    for (const { path } of this.listing.entries()) if (languageOf(path)?.family === family) paths.push(path);
    await this.prepareImports(paths);
    const found = new Map<RepoPath, readonly string[]>();
    for (const path of paths) {
      const fact = this.read.get(path);
      if (fact?.ok && fact.value.declares !== undefined) found.set(path, fact.value.declares);
    }
    return found;
  }

  /** Imports as written, where they were prepared. */
  sitesOf(path: RepoPath): Fact<readonly ImportSite[]> | null {
    const fact = prepared(this.read, path, 'imports');
    return fact?.ok ? { ok: true, value: fact.value.sites } : fact;
  }

  /** The facts as seen with one resolver context; without one, asking for imports throws. */
  facts(
    context: ResolverContext | null,
    graph: ImportGraph | null = null,
    dependencies: DependencyFacts | null = null,
  ): TreeFacts {
    const links = this.links ?? new Links(this.listing, new Map());
    const listing = throughLinks(this.listing, links);
    const resolved = this.resolvedWith(context);
    return {
      tree: this.listing,
      text: path => prepared(this.texts, path, 'text'),
      size: path => prepared(this.sizes, path, 'size'),
      code: (path, query) => prepared(this.codes.get(query) ?? new Map(), path, 'code'),
      imports: path => {
        const known = resolved.get(path);
        if (known !== undefined) return known;
        const sites = this.sitesOf(path);
        let fact: Fact<readonly Edge[]> | null = null;
        if (sites !== null && !sites.ok) fact = sites;
        else if (sites !== null) {
          if (context === null) throw new Error(`no resolver context was prepared for ${path}`);
          const from = links.real(path);
          fact = { ok: true, value: edges(this.resolverOf(context, listing), links, from, sites.value) };
        }
        resolved.set(path, fact);
        return fact;
      },
      graph: () => {
        if (graph === null) throw new Error('the graph was not prepared');
        return graph;
      },
      dependencies: () => {
        if (dependencies === null) throw new Error('the manifests were not prepared');
        return dependencies;
      },
    };
  }

  /** Rules come one after the other, and nearly always with one context: what is resolved for the first serves all. */
  private resolvedWith(context: ResolverContext | null): Map<RepoPath, Fact<readonly Edge[]> | null> {
    if (context === null) return new Map();
    if (this.resolved?.context !== context) this.resolved = { context, edges: new Map() };
    return this.resolved.edges;
  }

  private resolverOf(context: ResolverContext, listing: TreeListing): Remembered {
    let resolver = this.resolvers.get(context);
    if (resolver === undefined) {
      resolver = new Remembered(context, listing);
      this.resolvers.set(context, resolver);
    }
    return resolver;
  }

  /** The leaf whose content stands for a path: the file itself, or what its link leads to. */
  private end(path: RepoPath): Fact<TreeEntry> | null {
    const entry = this.listing.entry(path);
    if (entry === undefined || entry.mode === GITLINK) return null;
    if (entry.mode !== SYMLINK) return { ok: true, value: entry };
    const end = this.links?.follow(path) ?? null;
    switch (end?.type) {
      case 'file':
        return end.entry.mode === GITLINK ? null : { ok: true, value: end.entry };
      case 'folder':
        return null;
      case 'outside':
        return {
          ok: false,
          error: linkError(path, 'symlink-outside', `points out of the repository (${end.target})`),
        };
      default:
        return { ok: false, error: linkError(path, 'symlink-dangling', 'points to nothing in this tree') };
    }
  }

  private async readText(path: RepoPath): Promise<Fact<SourceText> | null> {
    await this.prepareLinksFor([path]);
    const end = this.end(path);
    if (end === null || !end.ok) return end;
    const content = await this.readContent(path, end.value.oid);
    if (!content.ok) return content;
    return decodeText(path, content.value);
  }

  /** What is known without reading the file, or where it is to be read. */
  private knownImports(path: RepoPath): Fact<FileImports> | Unread | null {
    const language = languageOf(path);
    if (language === null) return null;
    const end = this.end(path);
    if (end === null || !end.ok) return end;
    const { oid } = end.value;
    const name = cacheName(language, path, this.options.fileBytes);
    const cached = this.options.cache.imports(oid, name);
    return cached !== null ? { ok: true, value: cached } : { path, oid, cacheName: name };
  }

  private readContent(path: RepoPath, oid: Oid, atLeast = 0): Promise<Fact<Buffer>> {
    const { reader, fileBytes } = this.options;
    return readContent(reader, path, oid, Math.max(fileBytes, atLeast));
  }

  private async prepareLinksFor(paths: readonly RepoPath[]): Promise<void> {
    if (this.links === null && paths.length > 0) await this.prepareLinks();
  }
}

function edges(
  resolver: Remembered,
  links: Links,
  from: RepoPath,
  sites: readonly ImportSite[],
): readonly Edge[] {
  const found: Edge[] = [];
  for (const site of sites)
    for (const target of resolver.resolve(from, site)) found.push({ site, target: real(links, target) });
  return found;
}

/** A file reached through a link is judged as the file that it is. */
function real(links: Links, target: Target): Target {
  if (links.size === 0) return target;
  return target.type === 'file' || target.type === 'asset'
    ? { ...target, path: links.real(target.path) }
    : target;
}

/**
 * The same bytes may mean different things under another extension (`.ts` and `.tsx`). Under another limit for large
 * files they may be too many: what was read under one is not believed under another.
 */
function cacheName(language: ImportLanguage, path: string, fileBytes: number): string {
  const dot = path.lastIndexOf('.');
  const limit = fileBytes === DEFAULT_LIMITS.fileBytes ? '' : `~${fileBytes}`;
  return `${language.name}${dot < 0 ? '' : path.slice(dot).toLowerCase()}${limit}`;
}

function prepared<T>(facts: ReadonlyMap<RepoPath, T>, path: RepoPath, what: string): T {
  const fact = facts.get(path);
  if (fact === undefined) throw new Error(`the ${what} of ${path} was not prepared`);
  return fact;
}
