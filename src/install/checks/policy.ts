import { createListing, GitError, openRepository } from '../../git/index.js';
import type { IsoDate } from '../../model/brand.js';
import type { CompiledPolicy, Problem, Waiver } from '../../model/decision.js';
import { loadPolicy, loadWaivers, type PolicySource, unmatchedGlobs } from '../../policy/index.js';
import { endsSoon } from '../../verdict/waivers.js';
import { LINTEL } from '../messages.js';
import type { Place } from '../place.js';
import type { Check } from './check.js';

/** The policy as the next commit will hold it: configuration, decisions, globs, waivers. Read from the index. */
export async function policyChecks(place: Place, asOf: IsoDate): Promise<readonly Check[]> {
  let repository: Awaited<ReturnType<typeof openRepository>> | null = null;
  try {
    const opened = await openRepository({ cwd: place.root, environment: place.environment });
    repository = opened;
    const source: PolicySource = {
      listing: createListing(await opened.listIndex()),
      read: oid => opened.readBlob(oid),
    };
    return await read(source, asOf);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return [
      {
        id: 'policy',
        state: 'problem',
        what: `the policy can’t be read: ${error.message}`,
        mend: error.remedy,
      },
    ];
  } finally {
    await repository?.close();
  }
}

async function read(source: PolicySource, asOf: IsoDate): Promise<readonly Check[]> {
  const outcome = await loadPolicy(source);
  switch (outcome.kind) {
    case 'none':
      return [
        {
          id: 'policy',
          state: 'warn',
          what: 'the index holds no configuration and no decision: nothing is governed',
          mend: `git add .architecture, or ${LINTEL} init`,
        },
      ];
    case 'invalid':
      return outcome.problems.map(problem => ofProblem('policy', problem));
    case 'policy': {
      const { waivers, problems } = await loadWaivers(source, outcome.policy.waiversFolder);
      return [
        compiled(outcome.policy, outcome.proposed.length),
        ...outcome.policy.warnings.map(problem => ofProblem('policy', problem)),
        ...unmatchedGlobs(outcome.policy, source.listing).map(problem => ofProblem('globs', problem)),
        ...problems.map(problem => ofProblem('waivers', problem)),
        ...waiverChecks(waivers, asOf),
      ];
    }
  }
}

function compiled(policy: CompiledPolicy, proposed: number): Check {
  const accepted = policy.decisions.filter(decision => decision.status === 'accepted').length;
  return {
    id: 'policy',
    state: 'ok',
    what:
      `configuration ${policy.configPath ?? '(defaults)'} is valid; ${count(policy.decisions.length, 'decision compiles', 'decisions compile')}, ` +
      `${accepted} accepted with ${count(policy.invariants.length, 'invariant', 'invariants')} in force${proposed > 0 ? `, ${proposed} more proposed` : ''}`,
    mend: null,
  };
}

function ofProblem(id: string, problem: Problem): Check {
  return {
    id,
    state: problem.severity === 'error' ? 'problem' : 'warn',
    what: `${problem.path}:${problem.line}:${problem.column}: ${problem.message}`,
    mend: problem.hint ?? `edit ${problem.path}`,
  };
}

function waiverChecks(waivers: readonly Waiver[], asOf: IsoDate): readonly Check[] {
  const expired = waivers.filter(({ until }) => until < asOf);
  const expiring = waivers.filter(waiver => endsSoon(waiver, asOf));
  const renewal = 'mend what it waives, or waive it again; then delete the file';
  return [
    {
      id: 'waivers',
      state: 'ok',
      what: `${count(waivers.length - expired.length, 'live waiver', 'live waivers')}, ${expiring.length} of them expiring soon, ${expired.length} expired`,
      mend: null,
    },
    ...expiring.map(({ id, path, until }) => ({
      id: 'waivers',
      state: 'warn' as const,
      what: `${id} (${path}) ends on ${until}`,
      mend: renewal,
    })),
    ...expired.map(({ id, path, until }) => ({
      id: 'waivers',
      state: 'warn' as const,
      what: `${id} (${path}) ended on ${until} and permits nothing`,
      mend: renewal,
    })),
  ];
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
