import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasBlock, withoutBlocks } from '../block.js';
import { runCommand } from '../command.js';
import { activeHooksFolder, effectiveHooksPath, gitHooksFolder } from '../hooks-folder.js';
import type { Journal } from '../journal.js';
import { removeLauncher, writeLauncher } from '../launcher.js';
import type { Place } from '../place.js';
import { findProgram } from '../program.js';
import type { HookName, ManualStep } from '../types.js';
import { appendTopLevel, insertAtEnd, yamlValue } from '../yaml-insert.js';
import type { Activation, HookManager } from './manager.js';

const FILE = '.pre-commit-config.yaml';
/** pre-push is not among them: pre-commit passes a hook only the first ref of a push, and no standard input. */
const STAGES = ['pre-commit', 'pre-merge-commit', 'post-commit'] as const satisfies readonly HookName[];

/**
 * pre-commit (the framework, https://pre-commit.com). lintel is a local hook in its file, except at pre-push: there
 * lintel's launcher is git's hook, which sees every ref, and pre-commit's own pre-push is chained to it.
 */
export const preCommit: HookManager = {
  id: 'pre-commit',
  title: 'pre-commit',

  detect: place => (existsSync(join(place.root, FILE)) ? FILE : null),

  hookSources: place => [join(place.root, FILE)],

  plan: (place, { lintStaged: command }) => {
    const wanted: Wanted = { lintStaged: command, stageNames: stageNames(place) };
    const path = join(place.root, FILE);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (addHooks(text, wanted) === null)
      return {
        edits: [],
        manual: [
          {
            where: FILE,
            why: 'its `repos` is no block-style list, so lines can’t be added to it safely',
            lines: ['repos:', ...repository(wanted)],
          },
        ],
      };
    return {
      edits: [
        {
          path,
          what: `pre-commit runs ${command === null ? 'lintel' : 'lint-staged, then lintel'} last, in ${STAGES.join(', ')}`,
          apply: before => addHooks(before ?? '', wanted) ?? before ?? '',
          remove: now => (hasBlock(now) ? withoutBlocks(now) : now),
        },
      ],
      manual: [],
    };
  },

  activate: (place, journal) => {
    const installed = installHooks(place, journal);
    if (effectiveHooksPath(place) !== null) return installed;
    const did = writeLauncher(place, journal, {
      folder: gitHooksFolder(place),
      hook: 'pre-push',
      lintStaged: false,
    });
    return { done: [...installed.done, ...did], manual: installed.manual };
  },

  deactivate: place => removeLauncher(gitHooksFolder(place), 'pre-push'),

  hookFile: (place, hook) => join(activeHooksFolder(place), hook),
};

function installHooks(place: Place, journal: Journal): Activation {
  const missing = STAGES.filter(stage => !isPreCommits(join(activeHooksFolder(place), stage)));
  if (missing.length === 0) return { done: [], manual: [] };
  const args = ['install', ...missing.flatMap(stage => ['-t', stage])];
  const program = findProgram(place, 'pre-commit');
  const result =
    program === null
      ? null
      : journal.changeAll(
          missing.map(stage => join(activeHooksFolder(place), stage)),
          () => runCommand(program, args, { cwd: place.root, environment: place.environment }),
        );
  const command = `pre-commit ${args.join(' ')}`;
  if (result?.status === 0) return { done: [command], manual: [] };
  const step: ManualStep = {
    where: 'this clone',
    why:
      result === null
        ? 'the program pre-commit was not found'
        : `pre-commit says: ${(result.stderr + result.stdout).trim()}`,
    lines: [command],
  };
  return { done: [], manual: [step] };
}

function isPreCommits(path: string): boolean {
  return existsSync(path) && /pre-commit\.com|pre_commit/.test(readFileSync(path, 'utf8'));
}

/** @returns `null` when the lines can't be put in without touching others. */
function addHooks(before: string, wanted: Wanted): string | null {
  const text = withoutBlocks(before);
  const value = yamlValue(text);
  if (value === undefined) return null;
  const stands = typeof value === 'object' && value !== null && 'repos' in value;
  const added = stands
    ? insertAtEnd(text, ['repos'], repository(wanted))
    : appendTopLevel(text, ['repos:', ...repository(wanted)]);
  return added !== null && yamlValue(added) !== undefined ? added : null;
}

interface Wanted {
  readonly lintStaged: string | null;
  readonly stageNames: Readonly<Record<(typeof STAGES)[number], string>>;
}

function repository({ lintStaged, stageNames: names }: Wanted): readonly string[] {
  const hook = (id: string, entry: string, stage: string) => [
    `    - id: ${id}`,
    `      name: ${id}`,
    `      entry: ${entry}`,
    '      language: system',
    '      pass_filenames: false',
    '      always_run: true',
    `      stages: [${stage}]`,
  ];
  const lintStagedEntry = `sh -c '${(lintStaged ?? '').replaceAll("'", "'\\''")}'`;
  return [
    '- repo: local',
    '  hooks:',
    ...(lintStaged === null ? [] : hook('lint-staged', lintStagedEntry, names['pre-commit'])),
    ...STAGES.flatMap(stage => hook(`lintel-${stage}`, `sh .architecture/run-hook ${stage}`, names[stage])),
  ];
}

/** Before 3.2 pre-commit called two of its stages differently, and knows no other names for them. */
function stageNames(place: Place): Wanted['stageNames'] {
  const program = findProgram(place, 'pre-commit');
  const printed =
    program === null
      ? ''
      : runCommand(program, ['--version'], { cwd: place.root, environment: place.environment }).stdout;
  const [, major = '4', minor = '0'] = /(\d+)\.(\d+)/.exec(printed) ?? [];
  const old = Number(major) < 3 || (Number(major) === 3 && Number(minor) < 2);
  return {
    'pre-commit': old ? 'commit' : 'pre-commit',
    'pre-merge-commit': old ? 'merge-commit' : 'pre-merge-commit',
    'post-commit': 'post-commit',
  };
}
