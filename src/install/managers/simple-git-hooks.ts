import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../command.js';
import { readText } from '../files.js';
import { activeHooksFolder, handWrittenHooks } from '../hooks-folder.js';
import type { Journal } from '../journal.js';
import { removeJsonMember, setJsonMember } from '../json-text.js';
import { type Place, readManifest } from '../place.js';
import { findProgram } from '../program.js';
import { hookCommand } from '../shell-hook.js';
import { HOOK_NAMES, type HookName, type ManualStep } from '../types.js';
import type { Activation, HookManager } from './manager.js';

const JSON_FILES = ['.simple-git-hooks.json', 'simple-git-hooks.json'];
const CODE_FILES = [
  '.simple-git-hooks.cjs',
  '.simple-git-hooks.js',
  'simple-git-hooks.cjs',
  'simple-git-hooks.js',
  '.simple-git-hooks.mjs',
  'simple-git-hooks.mjs',
];

/**
 * simple-git-hooks keeps each hook as one shell command, in package.json or a file of its own, and writes git's hook
 * files from it, deleting those that it does not name: so lintel must be among them and can't stand beside.
 */
export const simpleGitHooks: HookManager = {
  id: 'simple-git-hooks',
  title: 'simple-git-hooks',

  detect: place => sourceOf(place)?.file ?? null,

  hookSources: place => {
    const source = sourceOf(place);
    return source === null || source.kind === 'package' ? [] : [join(folderOf(place), source.file)];
  },

  plan: (place, { lintStaged }) => {
    const source = sourceOf(place);
    if (source === null || source.kind === 'code')
      return { edits: [], manual: [byHand(source?.file ?? 'package.json', lintStaged)] };
    const parents = source.kind === 'package' ? ['simple-git-hooks'] : [];
    const path = join(folderOf(place), source.file);
    return {
      edits: [
        {
          path,
          what: `simple-git-hooks runs ${lintStaged === null ? 'lintel' : 'lint-staged, then lintel'} last, in ${HOOK_NAMES.join(', ')}`,
          apply: before =>
            HOOK_NAMES.reduce((text, hook) => joinMember(text, parents, hook, lintStaged), before ?? '{}\n'),
          remove: now => HOOK_NAMES.reduce((text, hook) => leaveMember(text, parents, hook), now),
        },
      ],
      manual: [],
    };
  },

  activate: (place, journal) => {
    const folder = activeHooksFolder(place);
    const stands = HOOK_NAMES.every(hook => {
      return readText(join(folder, hook))?.includes(`run-hook ${hook}`) === true;
    });
    return stands ? { done: [], manual: [] } : writeHooks(place, journal);
  },

  deactivate: (place, journal) => {
    const folder = activeHooksFolder(place);
    const stale = HOOK_NAMES.some(hook => {
      const text = readText(join(folder, hook));
      return text?.includes('SKIP_SIMPLE_GIT_HOOKS') === true && text.includes(`run-hook ${hook}`);
    });
    // Its configuration has lost lintel by now: let it write its hooks anew.
    return stale ? writeHooks(place, journal).done : [];
  },

  hookFile: (place, hook) => join(activeHooksFolder(place), hook),
};

type Source = { readonly kind: 'package' | 'json' | 'code'; readonly file: string };

function folderOf(place: Place): string {
  return place.packageFolder ?? place.root;
}

function sourceOf(place: Place): Source | null {
  const folder = folderOf(place);
  // Its own order: files of code, JSON files, package.json.
  const code = CODE_FILES.find(file => existsSync(join(folder, file)));
  if (code !== undefined) return { kind: 'code', file: code };
  const json = JSON_FILES.find(file => existsSync(join(folder, file)));
  if (json !== undefined) return { kind: 'json', file: json };
  const key = readManifest(folder)?.['simple-git-hooks'];
  return typeof key === 'object' && key !== null ? { kind: 'package', file: 'package.json' } : null;
}

function writeHooks(place: Place, journal: Journal): Activation {
  const program = findProgram(place, 'simple-git-hooks');
  const foreign = handWrittenHooks(place);
  const result =
    program === null || foreign.length > 0
      ? null
      : journal.changeAll(
          HOOK_NAMES.map(hook => join(activeHooksFolder(place), hook)),
          () => runCommand(program, [], { cwd: folderOf(place), environment: place.environment }),
        );
  if (result?.status === 0) return { done: ['simple-git-hooks (wrote its hooks anew)'], manual: [] };
  const why =
    foreign.length > 0
      ? `it would delete or overwrite hooks that are not its own: ${foreign.join(', ')}`
      : result === null
        ? 'the program simple-git-hooks was not found'
        : `simple-git-hooks says: ${(result.stderr + result.stdout).trim()}`;
  return { done: [], manual: [{ where: 'this clone', why, lines: ['node_modules/.bin/simple-git-hooks'] }] };
}

function byHand(file: string, lintStaged: string | null): ManualStep {
  return {
    where: file,
    why: 'it is code, which lintel does not edit; put these behind your own commands, with &&',
    lines: HOOK_NAMES.map(
      hook => `${JSON.stringify(hook)}: ${JSON.stringify(command(undefined, hook, lintStaged))},`,
    ),
  };
}

/** The command of one hook with lintel behind what was there. A pre-push gives both the same standard input. */
function command(own: string | undefined, hook: HookName, lintStaged: string | null): string {
  const lintel = hookCommand(hook);
  const first = own ?? (hook === 'pre-commit' && lintStaged !== null ? lintStaged : undefined);
  if (first === undefined) return lintel;
  if (hook !== 'pre-push') return `{ ${first}\n} && ${lintel}`;
  return `${SAVE} && ${FEED} { ${first}\n} && ${FEED} { ${lintel}; }`;
}

const SAVE = 'lintel_input=$(cat && echo .)';
// biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's braces, not a template's
const FEED = 'printf %s "${lintel_input%.}" |';

function own(command: string): string | undefined {
  return /^(?:lintel_input=.*? && printf %s "\$\{lintel_input%\.\}" \| )?\{ ([\s\S]*)\n\} && /.exec(
    command,
  )?.[1];
}

function joinMember(
  text: string,
  parents: readonly string[],
  hook: HookName,
  lintStaged: string | null,
): string {
  const stands = memberOf(text, parents, hook);
  if (stands?.includes(`.architecture/run-hook ${hook}`)) return text;
  return setJsonMember(text, keys(parents, hook), command(stands, hook, lintStaged)) ?? text;
}

function leaveMember(text: string, parents: readonly string[], hook: HookName): string {
  const stands = memberOf(text, parents, hook);
  if (stands === undefined || !stands.includes(`.architecture/run-hook ${hook}`)) return text;
  const rest = own(stands);
  return rest === undefined || rest.endsWith('.bin/lint-staged')
    ? removeJsonMember(text, keys(parents, hook))
    : (setJsonMember(text, keys(parents, hook), rest) ?? text);
}

function keys(parents: readonly string[], hook: HookName): readonly [string, ...string[]] {
  const [first, ...rest] = [...parents, hook];
  return [first ?? hook, ...rest];
}

function memberOf(text: string, parents: readonly string[], hook: HookName): string | undefined {
  let value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  for (const key of [...parents, hook])
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}
