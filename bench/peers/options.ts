import { parseArgs } from 'node:util';
import { RULE_SETS } from './rule-sets.js';
import { RULES, type Rule } from './rules.js';

export interface PeerOptions {
  /** A repository that exists, or a size to generate. */
  readonly source: { readonly repo: string } | { readonly files: number };
  readonly set: keyof typeof RULE_SETS;
  readonly rules: readonly Rule[];
  readonly only: readonly string[];
  /** Only measures whose name begins with it. */
  readonly measure: string;
  readonly runs: number;
  readonly longRuns: number;
  readonly timeoutMs: number;
  readonly staged: number;
  readonly seed: number;
  readonly examples: number;
  readonly json: boolean;
}

export const USAGE = `Measures lintel beside other tools, on the same files with the same rules, and compares what they find.

  node --import tsx bench/peers.ts --repo PATH --set void     PATH: a clone of voideditor/void
  node --import tsx bench/peers.ts --repo PATH --set babel    PATH: a clone of babel/babel
  node --import tsx bench/peers.ts --repo PATH --set babel-sources     the same without test data
  node --import tsx bench/peers.ts --files 10000              a generated repository
  --rules LIST      of cycles,layers,reach (default: all)
  --only LIST       tools: floor,lintel,dependency-cruiser,eslint,oxlint,madge (default: all)
  --measure TEXT    only measures whose name begins with it: --measure cold compares findings soonest
  --runs N          runs of each measure (default 5)
  --long-runs N     runs of a measure that takes more than 20 s (default 2)
  --timeout N       minutes that one run is given (default 30)
  --staged N        files staged before each run of a hook (default 10)
  --seed N          order of runs and choice of files (default 1)
  --examples N      differences printed of each sort (default 5)
  --json            print figures and every difference as JSON

The peers are installed from the registry into the temporary folder; they are no dependency of lintel.
`;

/** @throws TypeError for a flag that does not exist or has an impossible value. */
export function readPeerOptions(args: readonly string[]): PeerOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      repo: { type: 'string' },
      set: { type: 'string' },
      files: { type: 'string' },
      rules: { type: 'string', default: RULES.join() },
      only: { type: 'string', default: '' },
      measure: { type: 'string', default: '' },
      runs: { type: 'string', default: '5' },
      'long-runs': { type: 'string', default: '2' },
      timeout: { type: 'string', default: '30' },
      staged: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      examples: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const { set = values.files === undefined ? '' : 'generated' } = values;
  if (!isSet(set)) throw new TypeError(`--set is one of ${Object.keys(RULE_SETS).join(', ')}`);
  return {
    source: sourceOf(values.repo, values.files),
    set,
    rules: listOf(values.rules).map(ruleOf),
    only: listOf(values.only),
    measure: values.measure,
    runs: positive('--runs', values.runs),
    longRuns: positive('--long-runs', values['long-runs']),
    timeoutMs: positive('--timeout', values.timeout) * 60_000,
    staged: positive('--staged', values.staged),
    seed: positive('--seed', values.seed),
    examples: positive('--examples', values.examples),
    json: values.json,
  };
}

function isSet(name: string): name is keyof typeof RULE_SETS {
  return Object.hasOwn(RULE_SETS, name);
}

function sourceOf(repo: string | undefined, files: string | undefined): PeerOptions['source'] {
  if (repo !== undefined && files === undefined) return { repo };
  if (files !== undefined && repo === undefined) return { files: positive('--files', files) };
  throw new TypeError('one of --repo PATH and --files N is needed');
}

function ruleOf(name: string): Rule {
  const rule = RULES.find(one => one === name);
  if (rule === undefined) throw new TypeError(`--rules knows ${RULES.join(', ')}, not "${name}"`);
  return rule;
}

function listOf(text: string): string[] {
  return text.split(',').filter(part => part !== '');
}

function positive(flag: string, text: string): number {
  const number = Number(text.replaceAll('_', ''));
  if (!Number.isInteger(number) || number < 1)
    throw new TypeError(`${flag} wants a positive whole number, not "${text}"`);
  return number;
}
