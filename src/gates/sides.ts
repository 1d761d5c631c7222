import type { Change, Side } from '../change/change.js';
import type { ImportGraph } from '../facts/graph/import-graph.js';
import { ParsedManifests } from '../facts/manifests/read.js';
import type { ResolverContext } from '../facts/resolve/index.js';
import { Snapshot } from '../facts/snapshot.js';
import type { TreeFacts } from '../facts/tree-facts.js';
import { readsImports } from '../invariants/kind.js';
import { KINDS } from '../invariants/registry.js';
import type { RepoPath } from '../model/brand.js';
import { canonicalJson, type Json } from '../model/canonical.js';
import type { CompiledInvariant, ResolveSettings, Waiver } from '../model/decision.js';
import type { FileChange } from '../model/tree.js';
import { loadWaivers } from '../policy/index.js';
import { graphOf, type TreeGraphAnswer } from './graphs.js';
import { leftOut } from './left-out.js';
import type { PolicyReader } from './policies.js';
import { reresolvedFiles } from './reresolved.js';
import type { GateContext } from './types.js';

export const NO_SETTINGS: ResolveSettings = {};

/** A side of the change with the facts read from it so far. */
export class FactSide {
  readonly snapshot: Snapshot;
  private readonly contexts = new Map<string, Promise<ResolverContext>>();
  private readonly graphs = new Map<string, Promise<TreeGraphAnswer>>();
  private waivers: ReturnType<typeof loadWaivers> | null = null;

  constructor(
    readonly side: Side,
    private readonly gate: GateContext,
    private readonly policies: PolicyReader,
    private readonly waiversFolders: readonly RepoPath[],
    private readonly fileBytes: number,
    /** A side whose graph is wanted anyway, and what this one changes against it. */
    readonly from: { readonly side: FactSide; readonly changes: readonly FileChange[] } | null = null,
    manifests: ParsedManifests = new ParsedManifests(),
  ) {
    this.snapshot = new Snapshot({
      listing: side.listing,
      reader: gate.repository,
      cache: gate.store,
      fileBytes,
      extractor: gate.extractor ?? null,
      manifests,
    });
  }

  /** Where the graph is at hand, the context that it was made with: it is this tree's, read or known to be the same. */
  async resolver(settings: ResolveSettings): Promise<ResolverContext> {
    const graph = this.graphs.get(canonicalJson(settings as unknown as Json));
    return graph === undefined ? this.readContext(settings) : (await graph).graph.context;
  }

  private readContext(settings: ResolveSettings): Promise<ResolverContext> {
    const name = canonicalJson(settings as unknown as Json);
    let resolver = this.contexts.get(name);
    if (resolver === undefined) {
      resolver = this.snapshot.context(settings);
      this.contexts.set(name, resolver);
    }
    return resolver;
  }

  /** The graph of the whole tree, resolved with these settings. */
  treeGraph(settings: ResolveSettings): Promise<TreeGraphAnswer> {
    const name = canonicalJson(settings as unknown as Json);
    let graph = this.graphs.get(name);
    if (graph === undefined) {
      graph = this.makeGraph(settings);
      this.graphs.set(name, graph);
    }
    return graph;
  }

  private makeGraph(settings: ResolveSettings): Promise<TreeGraphAnswer> {
    const { gate, snapshot, fileBytes, from } = this;
    return graphOf(gate, {
      tree: this.side.tree,
      snapshot,
      settings,
      fileBytes,
      context: () => this.readContext(settings),
      ...(from === null
        ? {}
        : {
            from: {
              graph: async () => (await from.side.treeGraph(settings)).graph,
              changes: from.changes,
            },
          }),
    });
  }

  async graph(settings: ResolveSettings): Promise<ImportGraph> {
    return (await this.treeGraph(settings)).graph.imports;
  }

  async graphFacts(settings: ResolveSettings): Promise<TreeFacts> {
    const { graph } = await this.treeGraph(settings);
    return this.snapshot.facts(graph.context, graph.imports);
  }

  /** Waiver files of this side's tree, with what is wrong in them. */
  async readWaivers(): ReturnType<typeof loadWaivers> {
    this.waivers ??= this.loadAllWaivers();
    return this.waivers;
  }

  private async loadAllWaivers(): ReturnType<typeof loadWaivers> {
    const source = this.policies.source(this.side);
    const loaded = await Promise.all(this.waiversFolders.map(folder => loadWaivers(source, folder)));
    return {
      waivers: loaded.flatMap(part => part.waivers) as readonly Waiver[],
      problems: loaded.flatMap(part => part.problems),
    };
  }
}

/** Files of the head in which a rule that reads imports may find what no base has, beside the changed ones. */
export class Reresolution {
  private readonly found = new Map<string, Promise<readonly ReadonlySet<RepoPath>[]>>();

  constructor(
    private readonly change: Change,
    private readonly head: FactSide,
    private readonly bases: readonly FactSide[],
    private readonly invariants: readonly CompiledInvariant[],
    private readonly gate: GateContext,
  ) {}

  /** One set a base, for all rules with these settings together. */
  files(settings: ResolveSettings): Promise<readonly ReadonlySet<RepoPath>[]> {
    const name = canonicalJson(settings as unknown as Json);
    let files = this.found.get(name);
    if (files === undefined) {
      files = this.find(settings, name);
      this.found.set(name, files);
    }
    return files;
  }

  private async find(settings: ResolveSettings, name: string): Promise<readonly ReadonlySet<RepoPath>[]> {
    const head = {
      side: this.change.head,
      snapshot: this.head.snapshot,
      context: await this.head.resolver(settings),
    };
    const written = JSON.stringify(head.context);
    let files: readonly RepoPath[] | null = null;
    const governed = (): readonly RepoPath[] => {
      files ??= governedFiles(this.change.head, this.rulesWith(name));
      return files;
    };
    const sets: ReadonlySet<RepoPath>[] = [];
    for (const [index, base] of this.change.bases.entries()) {
      const facts = this.bases[index];
      if (facts === undefined) throw new Error('a base has no facts');
      // Against the empty tree every file has changed already.
      const context = base.listing.size === 0 ? null : await facts.resolver(settings);
      const sameContext = context !== null && JSON.stringify(context) === written;
      if (context === null || (sameContext && base.changes.every(({ status }) => status === 'modify'))) {
        sets.push(new Set());
        continue;
      }
      const before = { side: base, snapshot: facts.snapshot, context };
      sets.push(
        (await this.fromGraph(facts, settings)) ??
          (await reresolvedFiles(head, before, sameContext, governed(), (done, total) =>
            this.gate.progress?.({ stage: 'imports', done, total }),
          )),
      );
    }
    return sets;
  }

  private rulesWith(settings: string): readonly CompiledInvariant[] {
    return this.invariants.filter(
      invariant =>
        canonicalJson((invariant.resolve ?? NO_SETTINGS) as unknown as Json) === settings &&
        readsImports(KINDS.get(invariant.kind)),
    );
  }

  /** Where the head's graph is made from this base's, that tells; `null`: it has to be looked for. */
  private async fromGraph(base: FactSide, settings: ResolveSettings): Promise<ReadonlySet<RepoPath> | null> {
    if (this.head.from?.side !== base) return null;
    const { reresolved } = await this.head.treeGraph(settings);
    return reresolved === null ? null : new Set(reresolved);
  }
}

/** Files of a side that at least one of the rules looks at. */
function governedFiles(side: Side, rules: readonly CompiledInvariant[]): readonly RepoPath[] {
  const paths: RepoPath[] = [];
  for (const { path } of side.listing.entries())
    if (rules.some(rule => governs(rule, path))) paths.push(path);
  return paths;
}

/** Does the rule look at this file: by its kind, and not left out by `except` or `ignore`? */
export function governs(invariant: CompiledInvariant, path: RepoPath): boolean {
  const kind = KINDS.get(invariant.kind);
  if (kind === undefined) throw new Error(`no such kind of invariant: ${invariant.kind}`);
  return kind.governs(invariant.rule, path) && !leftOut(invariant, path);
}
