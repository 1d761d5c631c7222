import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from '../../src/model/verdict.js';
import { install } from '../lintel.js';
import { hookEnvironment } from '../measures.js';
import { git } from '../process.js';
import { BASE } from '../repositories.js';
import { editedFile, editInPlace } from './edit.js';
import { commandOf } from './process.js';
import { type Findings, type Pair, pair, type Rule, type RuleSet } from './rules.js';
import type { Staging } from './staging.js';
import type { Prepared, Tool, Workspace } from './tool.js';

const CLI = 'node_modules/lintel/dist/cli.js';
/** The rules as decisions of the repository that is measured. `acyclic` leaves imports for types out by itself. */
export function decisionFiles(rules: RuleSet, wanted: readonly Rule[]): Map<string, string> {
  const quote = JSON.stringify;
  const said: Record<Rule, string> = {
    cycles: `acyclic: { in: ${quote(`${rules.root}/**`)} }`,
    layers: `layers: [${rules.layers.map(({ name }) => name).join(', ')}]`,
    reach: `forbid-import: { from: ${quote(rules.reach.from)}, to: ${quote(rules.reach.to)}, transitive: true }`,
  };
  const invariants = wanted.map(rule => `  - id: ${rule}\n    ${said[rule]}\n`).join('');
  const components = rules.layers.map(({ name, files }) => `  ${name}: ${quote(files)}\n`).join('');
  return new Map([
    ['.architecture/config.yaml', `version: 1\ncomponents:\n${components}`],
    [
      '.architecture/decisions/0001-peers.md',
      `---\nid: ADR-0001\ntitle: The rules that every tool is given\nstatus: accepted\ndate: 2026-01-05\ninvariants:\n${invariants}---\n# The rules that every tool is given\n`,
    ],
  ]);
}

/** This checkout's build, installed into the workspace as npm would. */
export function lintelTool(workspace: Workspace, staging: Staging): Tool {
  const { repository, wanted } = workspace;
  const root = repository.path;
  const checkAll = commandOf(root, process.execPath, [CLI, 'check', '--all', '--format', 'json']);
  const findings = (output: string): Findings => readVerdict(output, wanted);
  const nothing = (): void => {};
  const edited = (): Prepared => {
    editInPlace(workspace);
    git(root, ['commit', '--quiet', '--no-verify', '--message', 'one edit', '--', editedFile(workspace)]);
    return { command: checkAll, undo: () => git(root, ['reset', '--quiet', '--hard', BASE]) };
  };
  return {
    name: 'lintel',
    version: versionHere(),
    cannot: {},
    reach: 'shortest pairs',
    async setUp() {
      install(repository);
    },
    measures: [
      {
        name: 'cold',
        prepare() {
          staging.cold();
          return { command: checkAll, undo: nothing };
        },
        findings,
        exits: [0, 1],
      },
      {
        name: 'cached',
        prepare() {
          staging.warm();
          return { command: checkAll, undo: nothing };
        },
        findings,
        exits: [0, 1],
      },
      {
        name: 'cached, one edit (committed)',
        prepare() {
          staging.warm();
          return edited();
        },
        findings,
        exits: [0, 1],
      },
      {
        name: `pre-commit hook, ${staging.count} staged files`,
        prepare() {
          staging.warm();
          const { undo } = staging.stage();
          const hook = {
            file: 'sh',
            args: ['.git/hooks/pre-commit'],
            cwd: root,
            environment: hookEnvironment(),
          };
          return { command: hook, undo };
        },
        exits: [0],
      },
    ],
  };
}

function versionHere(): string {
  const manifest = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

function readVerdict(output: string, wanted: readonly Rule[]): Findings {
  const verdict = JSON.parse(output) as Verdict;
  const { expected, evaluated } = verdict.policy.invariants;
  if (expected !== wanted.length || evaluated !== expected)
    throw new Error(`lintel evaluated ${evaluated} of ${wanted.length} rules`);
  const found = new Map<string, Set<Pair>>(wanted.map(rule => [rule, new Set<Pair>()]));
  // What follows the target's name says what sort of import it is.
  for (const { invariant, path, subject } of verdict.findings)
    found.get(invariant)?.add(pair(path, subject.replace(/ \([a-z]+\)$/, '')));
  return Object.fromEntries(found);
}
