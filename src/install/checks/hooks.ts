import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readText } from '../files.js';
import { activeHooksFolder, LAUNCHER_MARK } from '../hooks-folder.js';
import { detectManager } from '../managers/index.js';
import { LINTEL } from '../messages.js';
import type { Place } from '../place.js';
import { isExecutable } from '../program.js';
import { HOOK_NAMES, type HookName } from '../types.js';
import type { Check } from './check.js';

/** Follows each hook from where git looks to lintel: present, executable, startable, reached. */
export function hookChecks(place: Place): readonly Check[] {
  return HOOK_NAMES.map(hook => hookCheck(place, hook));
}

function hookCheck(place: Place, hook: HookName): Check {
  const id = `hook-${hook}`;
  const mend = `${LINTEL} install`;
  const path = join(activeHooksFolder(place), hook);
  if (!existsSync(path))
    return { id, state: 'problem', what: `git finds no ${hook} hook: there is no ${path}`, mend };
  // Git passes a hook that isn't executable over, with no more than a hint.
  if (!isExecutable(path))
    return {
      id,
      state: 'problem',
      what: `git ignores ${path}: it is not executable`,
      mend: `chmod +x '${path}'`,
    };
  const text = readFileSync(path, 'utf8');
  if (/^#![^\n]*\r\n/.test(text))
    return {
      id,
      state: 'problem',
      what: `${path} ends its lines with CR LF, so its first line names a program that does not exist`,
      mend: `remove the carriage returns (and set \`eol=lf\` for it in .gitattributes): ${mend}`,
    };
  const reached = reaches(place, path, text, hook);
  return reached === null
    ? { id, state: 'problem', what: `${path} is run, and does not come to lintel`, mend: `${LINTEL} init` }
    : { id, state: 'ok', what: `${hook} reaches lintel through ${reached}`, mend: null };
}

/** @returns the way by which the hook comes to lintel; `null`: it does not. */
function reaches(place: Place, path: string, text: string, hook: HookName): string | null {
  if (text.includes(LAUNCHER_MARK)) return path;
  if (text.includes(`run-hook ${hook}`)) return runHook(place, path);
  // husky 9: `.husky/_/NAME` sources `h`, which runs `.husky/NAME`.
  const husky = join(dirname(dirname(path)), hook);
  if (/\/h"?\s*$/.test(text) && mentions(husky, hook)) return runHook(place, husky);
  // Of these two the hook file is a stub, and the configuration says what runs.
  const source = detectManager(place).manager;
  const isStub =
    (source.id === 'lefthook' && text.includes('lefthook')) ||
    (source.id === 'pre-commit' && /pre-commit\.com|pre_commit/.test(text));
  const configured = isStub ? source.hookSources(place).find(file => mentions(file, hook)) : undefined;
  return configured === undefined ? null : runHook(place, configured);
}

function mentions(path: string, hook: HookName): boolean {
  return readText(path)?.includes(`run-hook ${hook}`) === true;
}

function runHook(place: Place, through: string): string | null {
  return existsSync(join(place.root, '.architecture', 'run-hook')) ? through : null;
}
