import type { Side } from '../change/change.js';
import type { Repository } from '../git/repository.js';
import type { Oid } from '../model/brand.js';
import type { CompiledPolicy, Problem } from '../model/decision.js';
import { loadPolicy, type PolicySource, policyKey } from '../policy/index.js';
import type { Store } from '../store/store.js';

export type LoadedPolicy =
  | { readonly kind: 'none' }
  | { readonly kind: 'policy'; readonly policy: CompiledPolicy }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Policies of trees, compiled once a digest: from the cache where it is whole, else anew. */
export class PolicyReader {
  constructor(
    private readonly repository: Repository,
    private readonly store: Store,
  ) {}

  source(side: Side): PolicySource {
    return { listing: side.listing, read: (oid: Oid) => this.repository.readBlob(oid) };
  }

  async load(side: Side | null): Promise<LoadedPolicy> {
    if (side === null) return { kind: 'none' };
    const source = this.source(side);
    const key = await policyKey(source.listing, oid => source.read(oid));
    if (key === null) return { kind: 'none' };
    const cached = this.store.policy(key);
    if (cached !== null) return { kind: 'policy', policy: cached };
    const outcome = await loadPolicy(source);
    if (outcome.kind === 'policy') this.store.savePolicy(outcome.policy);
    return outcome;
  }
}
