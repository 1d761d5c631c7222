import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Environment } from '../command.js';
import { hooksPaths } from '../hooks-folder.js';
import { HOOK_MANAGERS_IN_ORDER } from '../managers/index.js';
import { LINTEL } from '../messages.js';
import type { Place } from '../place.js';
import type { Check } from './check.js';

/** What leads git, or a hook manager, past the hooks: settings of every scope, the environment, other managers. */
export function shadowChecks(place: Place, environment: Environment): readonly Check[] {
  return [
    ...hooksPathChecks(place),
    ...configuredHooks(place),
    ...worktreeChecks(place),
    ...otherManagers(place),
    ...skipVariables(environment),
  ];
}

function hooksPathChecks(place: Place): readonly Check[] {
  const all = hooksPaths(place);
  const last = all.at(-1);
  if (last === undefined)
    return [
      {
        id: 'hooks-path',
        state: 'ok',
        what: 'core.hooksPath is not set: git uses its own hooks folder',
        mend: null,
      },
    ];
  const checks: Check[] = [];
  if (!existsSync(last.folder))
    checks.push({
      id: 'hooks-path',
      state: 'problem',
      what: `core.hooksPath = ${last.value} (${last.scope}, ${last.origin}) leads to no folder: git runs no hook at all`,
      mend:
        last.scope === 'command'
          ? 'unset it in the environment'
          : `git config --${last.scope} --unset core.hooksPath, then ${LINTEL} install`,
    });
  else
    checks.push({
      id: 'hooks-path',
      state: 'ok',
      what: `core.hooksPath = ${last.value} (${last.scope}, ${last.origin})`,
      mend: null,
    });
  const differing = all.filter(one => one.folder !== last.folder);
  for (const one of differing)
    checks.push({
      id: 'hooks-path-shadowed',
      state: 'warn',
      what: `core.hooksPath = ${one.value} (${one.scope}, ${one.origin}) has no effect here: ${last.value} (${last.scope}) goes before it`,
      mend: `keep one of them: git config --${one.scope} --unset core.hooksPath`,
    });
  // One command's configuration, or one worktree's, is where a by-pass hides.
  if (last.scope === 'command' || last.scope === 'worktree')
    checks.push({
      id: 'hooks-path-scope',
      state: 'warn',
      what: `core.hooksPath comes from ${last.scope === 'command' ? 'the environment (GIT_CONFIG_*)' : 'this worktree’s own configuration'}`,
      mend:
        last.scope === 'command'
          ? 'unset GIT_CONFIG_COUNT and GIT_CONFIG_PARAMETERS'
          : 'git config --worktree --unset core.hooksPath',
    });
  return checks;
}

/** Git 2.54 and later run hooks named in configuration, and can be told to leave any of them out. */
function configuredHooks(place: Place): readonly Check[] {
  const answer = place.git('config', '-z', '--get-regexp', '^hook\\..*\\.enabled$');
  if (answer.status !== 0) return [];
  return answer.stdout
    .split('\0')
    .map(entry => entry.split('\n'))
    .filter(([, value]) => /^(?:false|no|off|0)$/i.test(value ?? ''))
    .map(([key = '']) => ({
      id: 'hook-disabled',
      state: 'problem' as const,
      what: `${key} = false: git leaves this hook out (2.54 and later)`,
      mend: `git config --unset ${key}`,
    }));
}

/** Does git find the hooks in every linked worktree too? A relative core.hooksPath leads nowhere in most. */
function worktreeChecks(place: Place): readonly Check[] {
  const listed = place.git('worktree', 'list', '--porcelain', '-z');
  // Older git has no -z: names with a newline can't be told apart there.
  const text =
    listed.status === 0
      ? listed.stdout
      : place.git('worktree', 'list', '--porcelain').stdout.replaceAll('\n', '\0');
  const folders = text
    .split('\0')
    .filter(line => line.startsWith('worktree '))
    .map(line => line.slice('worktree '.length))
    .filter(folder => folder !== place.root && existsSync(join(folder, '.git')));
  return folders.map(folder => {
    const answer = place.git('-C', folder, 'config', '--type=path', '--get', 'core.hooksPath');
    const path = answer.stdout.replace(/\n$/, '');
    const hooks = answer.status === 0 ? resolve(folder, path) : join(place.commonDirectory, 'hooks');
    const good = existsSync(join(hooks, 'pre-commit'));
    return {
      id: 'worktree',
      state: good ? ('ok' as const) : ('problem' as const),
      what: good
        ? `the worktree ${folder} has hooks`
        : `the worktree ${folder} is silently without hooks: git looks in ${hooks}`,
      mend: good ? null : `${LINTEL} install`,
    };
  });
}

function otherManagers(place: Place): readonly Check[] {
  const found = HOOK_MANAGERS_IN_ORDER.flatMap(manager => {
    const evidence = manager.id === 'hooks-path' ? null : manager.detect(place);
    return evidence === null ? [] : [`${manager.title} (${evidence})`];
  });
  if (found.length < 2) return [];
  return [
    {
      id: 'managers',
      state: 'warn',
      what: `more than one hook manager is here: ${found.join('; ')}. Whichever installs last decides what git runs`,
      mend: 'keep one of them, and run init again',
    },
  ];
}

/** Variables by which hook managers leave their hooks out. */
const SKIPPING: readonly { readonly name: string; readonly skips: (value: string) => boolean }[] = [
  { name: 'HUSKY', skips: value => value === '0' },
  { name: 'LEFTHOOK', skips: value => value === '0' || value === 'false' },
  { name: 'LEFTHOOK_EXCLUDE', skips: value => /lintel/.test(value) },
  { name: 'SKIP', skips: value => /lintel/.test(value) },
  { name: 'SKIP_SIMPLE_GIT_HOOKS', skips: value => value === '1' },
];

function skipVariables(environment: Environment): readonly Check[] {
  return SKIPPING.flatMap(({ name, skips }) => {
    const value = environment[name];
    if (value === undefined || !skips(value)) return [];
    return [
      {
        id: 'skip-variable',
        state: 'problem' as const,
        what: `${name}=${value} in the environment: hooks are left out`,
        mend: `unset ${name}`,
      },
    ];
  });
}
