import { languageOf } from '../../facts/imports/registry.js';
import {
  isKnownFamily,
  isLandmark,
  isResolverFile,
  possibleTargets,
  type ResolverContext,
  resolverOf,
} from '../../facts/resolve/index.js';
import type { ScreenedFile } from '../../invariants/kind.js';
import { readsImports } from '../../invariants/kind.js';
import { KINDS } from '../../invariants/registry.js';
import type { RepoPath } from '../../model/brand.js';
import { type Edge, type ImportSite, targetPaths } from '../../model/edges.js';
import { inPaths } from '../../model/path-set.js';
import type { ChangeStatus } from '../../model/tree.js';
import { isGovernancePath } from '../../policy/compiled.js';
import type { PrefetchedChange } from './prefetch.js';
import { settingsName } from './settings.js';
import type { Filters, QuickPolicy, QuickState } from './state.js';
import { folderStemOf, stemOf } from './stems.js';
import { quickImports, quickSites, quickText } from './text.js';

/** `admitted`: proved to bring in nothing. Else why the full judge has to look. */
export type Screening = { readonly clear: true } | { readonly clear: false; readonly why: string };

const STATUS: Readonly<Record<string, ChangeStatus>> = { A: 'add', M: 'modify', D: 'delete', T: 'type' };
const REGULAR = new Set(['100644', '100755']);

/**
 * Proves, where it can, that a change against HEAD brings in no finding, from the changed blobs alone.
 * Sound, not complete: whatever it can't show is a matter for the full judge.
 */
export function screen(
  changes: readonly PrefetchedChange[],
  state: QuickState,
  filters: () => Filters | null,
): Screening {
  const { policy } = state;
  const importing = policy.invariants.filter(invariant => readsImports(KINDS.get(invariant.kind)));
  const added = new Set<string>();
  for (const change of changes) {
    if (isGovernancePath(change.path, policy)) return doubt(`${change.path} is part of what governs`);
    if (change.letter === 'A') added.add(change.path);
    if (importing.length === 0) continue;
    if (concernsResolution(change, state)) return doubt(`${change.path} is part of how imports are resolved`);
    if (change.letter !== 'M' && mayReresolve(change.path, state, filters)) {
      return doubt(`imports of other files may end elsewhere now: ${change.path}`);
    }
  }
  for (const change of changes) {
    const file = new Screened(change, state, filters, added);
    for (const invariant of policy.invariants) {
      const why = screenRule(invariant, file);
      if (why !== null) return doubt(why);
    }
  }
  return { clear: true };
}

function doubt(why: string): Screening {
  return { clear: false, why };
}

function screenRule(invariant: QuickPolicy['invariants'][number], file: Screened): string | null {
  const kind = KINDS.get(invariant.kind);
  if (kind === undefined) return `${invariant.kind} is unknown here`;
  // Whatever is left out of the rule, the file may still be what another file's violation is about.
  if (kind.reaches(invariant.rule, file.path, file.status))
    return `${invariant.id} reaches beyond ${file.path}`;
  const { except, ignore } = invariant;
  if (except !== undefined && inPaths(except, file.path)) return null;
  if (ignore !== undefined && inPaths(ignore, file.path)) return null;
  if (file.tooLarge && kind.governs(invariant.rule, file.path)) return `${file.path} is large`;
  return kind.screen(invariant.rule, file.under(settingsName(invariant.resolve ?? {}))) === 'clear'
    ? null
    : `${invariant.id} on ${file.path}`;
}

export function concernsResolution(change: PrefetchedChange, state: QuickState): boolean {
  const { path } = change;
  if (isResolverFile(path) || (change.letter !== 'M' && isLandmark(path))) return true;
  if (declaresOtherwise(change)) return true;
  // The first file of a language: nothing is known of how its imports are resolved.
  if (Object.values(state.contexts).some(context => !isKnownFamily(context, path))) return true;
  for (const name in state.contexts) if (state.contexts[name]?.files.includes(path)) return true;
  const special = [change.before, change.after].some(side => side !== null && !REGULAR.has(side.mode));
  return special || throughLink(path, state);
}

/** Does what the file declares differ, where other files' imports are resolved by that? */
function declaresOtherwise({ path, letter, before, after }: PrefetchedChange): boolean {
  const language = languageOf(path);
  if (language === null || resolverOf(language.family)?.usesDeclarations !== true) return false;
  if (letter !== 'M') return true;
  const [was, is] = [before, after].map(side => quickImports(path, quickText(side?.content)));
  if (was == null || is == null) return true;
  return JSON.stringify(was.declares ?? []) !== JSON.stringify(is.declares ?? []);
}

function throughLink(path: string, state: QuickState): boolean {
  return state.links.some(link => path === link || path.startsWith(`${link}/`));
}

/** Could an import of an unchanged file end at this path, now or before? */
function mayReresolve(path: string, state: QuickState, filters: () => Filters | null): boolean {
  if (!state.stemsKnown) return true;
  const stems = filters()?.stems;
  return stems === undefined || stems.has(stemOf(path)) || stems.has(folderStemOf(path));
}

class Screened implements ScreenedFile {
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
      // A folder may exist or not; a file that may exist may also not.
      if (!isFile || this.mayExist(target.path)) edges.push({ site, target });
    }
    return edges;
  }

  private mayExist(path: string): boolean {
    return this.added.has(path) || (this.filters()?.paths.has(path) ?? true);
  }
}

function siteName(site: ImportSite): string {
  return JSON.stringify([site.specifier, site.kind, site.typeOnly, site.form ?? '', site.names ?? null]);
}
