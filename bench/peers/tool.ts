import type { Command } from '../process.js';
import type { BenchRepository } from '../repositories.js';
import type { Reading } from './graph.js';
import type { Findings, Rule, RuleSet } from './rules.js';

/** The repository in which everything runs: a clean checkout whose HEAD holds lintel's decisions, too. */
export interface Workspace {
  readonly repository: BenchRepository;
  readonly rules: RuleSet;
  /** Those that are asked for; a tool is given those that it can say. */
  readonly wanted: readonly Rule[];
  /** Source files below the root, which every tool reads. */
  readonly sources: readonly string[];
  /** A folder outside of the checkout for configurations, caches and output. */
  readonly scratch: string;
  /** Where the peers are installed. */
  readonly tools: string;
}

/** A command in the state that it wants to find. */
export interface Prepared {
  readonly command: Command;
  /** Makes everything as it was; not measured. */
  undo(): void;
}

export interface Measure {
  readonly name: string;
  /** Makes the state that is measured; not measured itself. */
  prepare(): Prepared;
  /**
   * What the run found, from its output. Absent: the run is for its time only.
   * @throws Error when the output is none of this tool: it crashed or refused.
   */
  readonly findings?: (output: string) => Findings;
  /** Exit codes that are no failure; those of an ordinary run with findings. Absent: any but a signal's. */
  readonly exits?: readonly number[];
}

export interface Tool {
  readonly name: string;
  readonly version: string;
  /** Why a rule can't be said, by rule; what is absent can be. */
  readonly cannot: Readonly<Partial<Record<Rule, string>>>;
  /** Which pairs it reports of a chain of imports; absent where it can't say `reach`. */
  readonly reach?: Reading;
  /** Once, before anything is measured: writes configurations, fills caches. */
  setUp(): Promise<void>;
  readonly measures: readonly Measure[];
}
