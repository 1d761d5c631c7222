import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import husky from 'husky';
import { effectiveHooksPath } from '../hooks-folder.js';
import type { Journal } from '../journal.js';
import { type Place, readManifest } from '../place.js';
import { hookLines, joinHook, leaveHook, unjoinable } from '../shell-hook.js';
import { type FileEdit, HOOK_NAMES, type HookName, type ManualStep } from '../types.js';
import { coverWorktrees, uncoverWorktrees } from '../worktrees.js';
import type { Activation, HookManager } from './manager.js';

/**
 * husky: hooks are files of the team in `.husky/`. From version 9 on git is sent to `.husky/_`, whose scripts run
 * them with `sh -e`; versions 5 to 8 sent it to `.husky` itself, whose files must be executable; version 4 kept
 * them in package.json.
 */
export const huskyHooks: HookManager = {
  id: 'husky',
  title: 'husky',

  detect: place => {
    if (styleOf(place) === '4') return '"husky" with its "hooks" in package.json (husky 4)';
    const folder = existingFolder(place);
    if (folder !== null) return `husky, with its hooks in ${folder}/`;
    const prepare = readManifest(place.packageFolder ?? place.root)?.['scripts'];
    return /\bhusky\b/.test(JSON.stringify(prepare ?? '')) ? 'husky, run by a script of package.json' : null;
  },

  hookSources: place => [join(place.root, folderOf(place), 'pre-commit')],

  plan: (place, { lintStaged }) => {
    const style = styleOf(place);
    if (style === '4') return { edits: [], manual: [huskyFour()] };
    const edits: FileEdit[] = [];
    const manual: ManualStep[] = [];
    for (const hook of HOOK_NAMES) {
      const path = join(place.root, folderOf(place), hook);
      const obstacle = existsSync(path) ? unjoinable(readFileSync(path, 'utf8')) : null;
      if (obstacle !== null) manual.push(byHand(place, hook, obstacle));
      else edits.push(hookEdit(path, hook, style, lintStaged));
    }
    return { edits, manual };
  },

  activate: (place, journal) => {
    if (styleOf(place) !== '9') return { done: [], manual: [] };
    const folder = folderOf(place);
    const ran = runHusky(place, journal, folder);
    const covered = coverWorktrees(place, journal, folder);
    return { done: [...ran.done, ...covered], manual: ran.manual };
  },

  deactivate: (place, journal) => {
    const did = [...uncoverWorktrees(place, journal)];
    // husky was not here before lintel: its setting and its runner go too.
    if (journal.settingBefore('core.hooksPath') !== null) return did;
    const folder = folderOf(place);
    const current = effectiveHooksPath(place);
    if (current?.scope === 'local' && current.value === `${folder}/_`) {
      journal.change(join(place.commonDirectory, 'config'), () =>
        place.git('config', '--local', '--unset', 'core.hooksPath'),
      );
      did.push('unset core.hooksPath');
    }
    rmSync(join(place.root, folder, '_'), { recursive: true, force: true });
    return did;
  },

  hookFile: (place, hook) => join(place.root, folderOf(place), hook),
};

type Style = '4' | '8' | '9';

function styleOf(place: Place): Style {
  const four = readManifest(place.packageFolder ?? place.root)?.['husky'];
  if (typeof four === 'object' && four !== null && 'hooks' in four) return '4';
  const folder = existingFolder(place);
  if (folder === null) return '9';
  const active = effectiveHooksPath(place);
  return active !== null && active.folder === join(place.root, folder) ? '8' : '9';
}

/** Relative to the root, with `/`. */
function existingFolder(place: Place): string | null {
  const active = effectiveHooksPath(place);
  if (active !== null && active.scope === 'local') {
    const inside = relative(place.root, active.folder).split(sep).join('/');
    if (inside.endsWith('/_')) return inside.slice(0, -2);
    if (inside.endsWith('.husky')) return inside;
  }
  return ['.husky', `${place.prefix}.husky`].find(folder => existsSync(join(place.root, folder))) ?? null;
}

function folderOf(place: Place): string {
  return existingFolder(place) ?? '.husky';
}

function hookEdit(path: string, hook: HookName, style: Style, lintStaged: string | null): FileEdit {
  return {
    path,
    what: `${hook} runs ${lintStaged !== null && hook === 'pre-commit' ? 'lint-staged, then lintel' : 'lintel'}, last`,
    ...(style === '8' ? { mode: 0o755 } : {}),
    apply: before => joinHook(before, hook, { lintStaged, shebang: style === '8' }),
    remove: leaveHook,
  };
}

function byHand(place: Place, hook: HookName, obstacle: 'not-shell' | 'exec' | 'exit'): ManualStep {
  const why = {
    'not-shell': 'it is no shell script',
    exec: 'its `exec` ends the script, so lines behind it would never run; put these before it',
    exit: 'it may exit before its last line; put these where every run passes',
  }[obstacle];
  return { where: `${folderOf(place)}/${hook}`, why, lines: hookLines(hook) };
}

function huskyFour(): ManualStep {
  return {
    where: 'package.json, "husky"."hooks"',
    why: 'husky 4 passes arguments and standard input its own way; add these at the end of your own commands, with &&',
    lines: [
      '"pre-commit": "sh .architecture/run-hook pre-commit",',
      '"pre-merge-commit": "sh .architecture/run-hook pre-merge-commit",',
      '"post-commit": "sh .architecture/run-hook post-commit",',
      '"pre-push": "printf \'%s\\\\n\' \\"$HUSKY_GIT_STDIN\\" | sh .architecture/run-hook pre-push $HUSKY_GIT_PARAMS"',
    ],
  };
}

/** husky works in the current directory, and answers with its error text. */
function runHusky(place: Place, journal: Journal, folder: string): Activation {
  const active = effectiveHooksPath(place);
  const wanted = `${folder}/_`;
  const stands = active?.folder === join(place.root, wanted) && existsSync(join(place.root, wanted, 'h'));
  // In a linked worktree the main one's setting is served by coverWorktrees.
  const linked = place.gitDirectory !== place.commonDirectory;
  if (stands || (linked && active !== null)) return { done: [], manual: [] };
  if (active !== null && active.scope !== 'local')
    return {
      done: [],
      manual: [
        {
          where: active.origin,
          why: `core.hooksPath = ${active.value} (${active.scope}) is yours for every repository, and husky would shadow it in silence; take husky for this one with`,
          lines: [`git config --local core.hooksPath ${wanted}`, 'npx --no-install lintel install'],
        },
      ],
    };
  journal.setting('core.hooksPath', active?.value ?? null);
  const before = process.cwd();
  let problem = '';
  journal.change(join(place.commonDirectory, 'config'), () => {
    process.chdir(place.root);
    try {
      problem = husky(folder);
    } finally {
      process.chdir(before);
    }
  });
  if (problem === '') return { done: [`husky: core.hooksPath = ${wanted}`], manual: [] };
  return {
    done: [],
    manual: [
      {
        where: 'this clone',
        why: `husky says: ${problem.trim()}; without it git runs no hooks`,
        lines: ['npx --no-install lintel install'],
      },
    ],
  };
}
