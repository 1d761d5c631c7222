import type { DependencyEntry } from '../../../model/dependency.js';
import { calledBy, lockEntry, splitDescriptor } from './lock-entry.js';
import { npmSpecifier } from './specifier.js';

/**
 * Which entry of a yarn.lock answers a descriptor. One that none answers is answered by an override (`resolutions`),
 * whose descriptors nobody in the lock file asks for, or not at all.
 */
export class YarnAnswers {
  private byName: Map<string, { descriptor: string; id: string }[]> | null = null;
  private asked: ReadonlySet<string> | null = null;
  /** Asked for, but not locked: by id. */
  private readonly missing = new Map<string, DependencyEntry>();

  /**
   * @param answers the last block that has a descriptor answers it
   * @param all every descriptor that some entry asks for; called where one has no answer
   */
  constructor(
    private readonly answers: ReadonlyMap<string, string>,
    private readonly folder: string,
    private readonly all: () => ReadonlySet<string>,
  ) {}

  /** Ids of the entries that may come: more than one where an override can't be told from another. */
  of(descriptor: string, line: number): readonly string[] {
    const exact = this.answers.get(descriptor);
    return exact === undefined ? this.overriding(descriptor, line) : [exact];
  }

  private overriding(descriptor: string, line: number): readonly string[] {
    const named = this.named(splitDescriptor(descriptor).called);
    this.asked ??= this.all();
    const unasked = named.filter(one => this.asked?.has(one.descriptor) === false);
    const ids = new Set((unasked.length === 0 ? named : unasked).map(one => one.id));
    return ids.size === 0 ? [this.unlocked(descriptor, line)] : [...ids];
  }

  unlockedEntries(): readonly DependencyEntry[] {
    return [...this.missing.values()];
  }

  private named(called: string): readonly { descriptor: string; id: string }[] {
    this.byName ??= this.index();
    return this.byName.get(called) ?? [];
  }

  private index(): Map<string, { descriptor: string; id: string }[]> {
    const index = new Map<string, { descriptor: string; id: string }[]>();
    for (const [descriptor, id] of this.answers) {
      const { called } = splitDescriptor(descriptor);
      const list = index.get(called);
      if (list === undefined) index.set(called, [{ descriptor, id }]);
      else list.push({ descriptor, id });
    }
    return index;
  }

  /** A package that is asked for will come, locked or not: without version and digest. */
  private unlocked(descriptor: string, line: number): string {
    const id = `${descriptor} (not locked)`;
    if (!this.missing.has(id)) {
      const { called, range } = splitDescriptor(descriptor);
      const spec = npmSpecifier(called, range, { folder: this.folder });
      const { name, source } = spec;
      this.missing.set(
        id,
        lockEntry({ id, name, ...calledBy(name, called), range: spec.range, source, line }),
      );
    }
    return id;
  }
}
