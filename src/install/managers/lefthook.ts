import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasBlock, withoutBlocks } from '../block.js';
import { runCommand } from '../command.js';
import { activeHooksFolder } from '../hooks-folder.js';
import type { Place } from '../place.js';
import { findProgram } from '../program.js';
import { type FileEdit, HOOK_NAMES, type HookName, type HookPlan } from '../types.js';
import { appendTopLevel, insertAtEnd, yamlValue } from '../yaml-insert.js';
import type { HookManager } from './manager.js';

const FILES = ['', '.'].flatMap(dot =>
  ['yml', 'yaml', 'json', 'jsonc', 'toml'].map(ending => `${dot}lefthook.${ending}`),
);

/**
 * lefthook leaves a command out when it believes that no file is concerned: pushing `topic` from an up-to-date
 * `main` skips every pre-push command in silence, an empty commit every pre-commit one (measured, 2.2.2).
 * A `files` of its own, named in `run` (here in a comment of the shell), makes it run always.
 * Commands run by priority, then by name: this one sorts last, behind lint-staged.
 */
const COMMAND = 'zz-lintel';

export const lefthook: HookManager = {
  id: 'lefthook',
  title: 'lefthook',

  detect: place => configurationOf(place),

  hookSources: place => FILES.map(file => join(place.root, file)),

  plan: (place, { lintStaged }) => {
    const file = configurationOf(place) ?? 'lefthook.yml';
    const path = join(place.root, file);
    const edit: FileEdit = {
      path,
      what: `lefthook runs ${lintStaged === null ? 'lintel' : 'lint-staged, then lintel'} last, in ${HOOK_NAMES.join(', ')}`,
      apply: before => addCommands(before ?? '', file, lintStaged) ?? before ?? '',
      remove: now => (hasBlock(now) ? withoutBlocks(now) : now),
    };
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (file.endsWith('ml') && !file.endsWith('toml') && addCommands(text, file, lintStaged) !== null)
      return { edits: [edit], manual: warnings(text, file) };
    return {
      edits: [],
      manual: [
        {
          where: file,
          why: 'lintel edits only a block-style YAML file, and this one is not',
          lines: HOOK_NAMES.flatMap(hook => [
            `${hook}:`,
            '  commands:',
            ...indented(commandLines(hook, file, lintStaged), 4),
          ]),
        },
      ],
    };
  },

  activate: (place, journal) => {
    const reached = HOOK_NAMES.every(hook => mentionsLefthook(join(activeHooksFolder(place), hook)));
    if (reached) return { done: [], manual: [] };
    const program = findProgram(place, 'lefthook');
    const result =
      program === null
        ? null
        : journal.changeAll(written(place), () =>
            runCommand(program, ['install'], { cwd: place.root, environment: place.environment }),
          );
    if (result?.status === 0) return { done: ['lefthook install'], manual: [] };
    return {
      done: [],
      manual: [
        {
          where: 'this clone',
          why:
            result === null
              ? 'the program lefthook was not found'
              : `lefthook says: ${(result.stderr + result.stdout).trim()}`,
          lines: ['lefthook install'],
        },
      ],
    };
  },

  // What `lefthook install` wrote is in the journal.
  deactivate: () => [],

  hookFile: (place, hook) => join(activeHooksFolder(place), hook),
};

function configurationOf(place: Place): string | null {
  return FILES.find(file => existsSync(join(place.root, file))) ?? null;
}

/** What `lefthook install` writes. */
function written(place: Place): readonly string[] {
  return [
    ...HOOK_NAMES.map(hook => join(activeHooksFolder(place), hook)),
    join(activeHooksFolder(place), 'prepare-commit-msg'),
    join(place.commonDirectory, 'info', 'lefthook.checksum'),
  ];
}

function mentionsLefthook(path: string): boolean {
  return existsSync(path) && readFileSync(path, 'utf8').includes('lefthook');
}

function commandLines(
  hook: HookName,
  file: string,
  lintStaged: string | null,
  key = `${COMMAND}:`,
): readonly string[] {
  const before = lintStaged !== null && hook === 'pre-commit' ? `${lintStaged} && ` : '';
  const args = hook === 'pre-push' ? ' "{1}" "{2}"' : '';
  const filtered = hook === 'pre-commit' || hook === 'pre-push';
  return [
    key,
    ...indented(
      [
        ...(filtered ? [`files: echo ${file}`] : []),
        `run: '${`${before}sh .architecture/run-hook ${hook}${args}${filtered ? ' # {files}' : ''}`.replaceAll("'", "''")}'`,
        ...(hook === 'pre-push' ? ['use_stdin: true'] : []),
      ],
      2,
    ),
  ];
}

/** @returns `null` when the lines can't be put in without touching others. */
function addCommands(before: string, file: string, lintStaged: string | null): string | null {
  let text: string | null = withoutBlocks(before);
  for (const hook of HOOK_NAMES) {
    if (text === null) return null;
    text = addCommand(text, hook, file, lintStaged);
  }
  return text;
}

function addCommand(text: string, hook: HookName, file: string, lintStaged: string | null): string | null {
  const value = yamlValue(text);
  if (value === undefined) return null;
  const stands = isRecord(value) ? value[hook] : undefined;
  const lines = commandLines(hook, file, lintStaged);
  if (stands === undefined || stands === null) {
    if (isRecord(value) && hook in value) return null;
    return appendTopLevel(text, [`${hook}:`, '  commands:', ...indented(lines, 4)]);
  }
  if (!isRecord(stands)) return null;
  const added = isRecord(stands['commands'])
    ? insertAtEnd(text, [hook, 'commands'], lines)
    : Array.isArray(stands['jobs'])
      ? insertAtEnd(text, [hook, 'jobs'], jobLines(hook, file, lintStaged))
      : insertAtEnd(text, [hook], ['commands:', ...indented(lines, 2)]);
  return added !== null && yamlValue(added) !== undefined ? added : null;
}

function jobLines(hook: HookName, file: string, lintStaged: string | null): readonly string[] {
  return commandLines(hook, file, lintStaged, '- name: lintel');
}

function warnings(text: string, file: string): HookPlan['manual'] {
  const value = yamlValue(text);
  return HOOK_NAMES.flatMap(hook => {
    const settings = isRecord(value) ? value[hook] : undefined;
    if (!isRecord(settings)) return [];
    const found = ['parallel', 'skip', 'only'].filter(key => key in settings && settings[key] !== false);
    if (found.length === 0) return [];
    return [
      {
        where: `${file}, ${hook}`,
        why:
          `its ${found.map(key => `\`${key}\``).join(' and ')} also holds for lintel: \`parallel\` lets it judge before another ` +
          'command has staged its changes, `skip` and `only` leave it out; take out what you do not need',
        lines: found.map(key => `${key}: …`),
      },
    ];
  });
}

function indented(lines: readonly string[], by: number): readonly string[] {
  return lines.map(line => ' '.repeat(by) + line);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
