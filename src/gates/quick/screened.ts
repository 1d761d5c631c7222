import { languageOf } from '../../facts/imports/registry.js';
import { possibleTargets, type ResolverContext } from '../../facts/resolve/index.js';
import type { ScreenedFile } from '../../invariants/kind.js';
import type { RepoPath } from '../../model/brand.js';
import { type Edge, type ImportSite, targetPaths } from '../../model/edges.js';
import type { ChangeStatus } from '../../model/tree.js';
import type { PrefetchedChange } from './prefetch.js';
import { REGULAR, throughLink } from './special.js';
import type { Filters, QuickState } from './state.js';
import { quickSites, quickText } from './text.js';

const STATUS: Readonly<Record<string, ChangeStatus>> = { A: 'add', M: 'modify', D: 'delete', T: 'type' };

/** A changed file as the gate's kinds see it: each part is worked out when it is asked for. */
export class Screened implements ScreenedFile {
  readonly path: RepoPath;
  readonly status: ChangeStatus;
  readonly regular: boolean;
  private head: string | null | undefined;
  private base: string | null | undefined;
  private settings = '';
  private readonly edges = new Map<string, readonly Edge[] | null>();
  private sites: readonly ImportSite[] | null | undefined;

  constructor(
    private readonly change: PrefetchedChange,
    private readonly state: QuickState,
    private readonly filters: () => Filters | null,
    private readonly added: ReadonlySet<string>,
  ) {
    this.path = change.path;
    this.status = STATUS[change.letter] ?? 'type';
    this.regular = [change.before, change.after].every(side => side === null || REGULAR.has(side.mode));
  }

  /** The same file, its imports resolved with other settings. */
  under(settings: string): this {
    this.settings = settings;
    return this;
  }

  get tooLarge(): boolean {
    const { fileBytes } = this.state.policy.limits;
    return this.headBytes > fileBytes || (this.baseBytes ?? 0) > fileBytes;
  }

  get headBytes(): number {
    return this.change.after?.content.length ?? 0;
  }

  get baseBytes(): number | null {
    return this.change.before?.content.length ?? null;
  }

  get headText(): string | null {
    if (this.head === undefined) this.head = quickText(this.change.after?.content);
    return this.head;
  }

  get baseText(): string | null {
    if (this.base === undefined) this.base = quickText(this.change.before?.content);
    return this.base;
  }

  newEdges(): readonly Edge[] | null {
    const { settings } = this;
    let edges = this.edges.get(settings);
    if (edges === undefined) {
      edges = this.resolveNew(this.state.contexts[settings]);
      this.edges.set(settings, edges);
    }
    return edges;
  }

  private resolveNew(context: ResolverContext | undefined): readonly Edge[] | null {
    if (context === undefined) return null;
    if (this.sites === undefined) this.sites = this.newSites();
    if (this.sites === null) return null;
    const edges: Edge[] = [];
    for (const site of this.sites) {
      const ends = this.ends(context, site);
      if (ends === null) return null;
      edges.push(...ends);
    }
    return edges;
  }

  /** Imports that the base lacks. An import written twice is one edge: `(specifier, kind, names)` tell them apart. */
  private newSites(): readonly ImportSite[] | null {
    const language = languageOf(this.path);
    if (language === null) return [];
    const after = quickSites(this.path, this.headText);
    if (after === null) return null;
    if (this.status === 'add') return after;
    const before = quickSites(this.path, this.baseText);
    if (before === null) return after;
    const known = new Set(before.map(siteName));
    return after.filter(site => !known.has(siteName(site)));
  }

  /** Every way in which the import could end in the tree that is about to be committed. */
  private ends(context: ResolverContext, site: ImportSite): readonly Edge[] | null {
    const edges: Edge[] = [];
    for (const target of possibleTargets(context, this.path, site)) {
      if (targetPaths(target).some(path => throughLink(path, this.state))) return null;
      const isFile = target.type === 'file' || target.type === 'asset';
      const isThere =
        target.type === 'folder' ? this.mayExist(`${target.path}/`) : !isFile || this.mayExist(target.path);
      if (isThere) edges.push({ site, target });
    }
    return edges;
  }

  private mayExist(path: string): boolean {
    return this.added.has(path) || (this.filters()?.paths.has(path) ?? true);
  }
}

function siteName({ specifier, kind, typeOnly, form, names }: ImportSite): string {
  return `${specifier}\0${kind}\0${typeOnly}\0${form ?? ''}\0${names === undefined ? '' : JSON.stringify(names)}`;
}
