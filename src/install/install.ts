import { placeOf, sayManual } from './init.js';
import { installedManager } from './installed.js';
import { Journal } from './journal.js';
import { lintStagedWanted } from './lint-staged-wanted.js';
import { messages } from './messages.js';
import { locate } from './place.js';
import { recordPaths } from './record.js';
import type { HookManagerId, InstallContext, ManualStep } from './types.js';

export interface InstallReport {
  readonly state: 'installed' | 'skipped' | 'incomplete';
  /** `null` where nothing was installed. */
  readonly hooks: HookManagerId | null;
  readonly done: readonly string[];
  readonly manual: readonly ManualStep[];
}

const SKIPPED: InstallReport = { state: 'skipped', hooks: null, done: [], manual: [] };

/**
 * Makes the hooks live in this clone; `prepare` runs it at every `npm install`. Changes nothing the second time, and
 * is content without a repository (a container's build), in CI and where no policy is.
 */
export async function install(context: InstallContext): Promise<InstallReport> {
  const { environment, say } = context;
  // A person who types the command in CI means it; a package manager's script does not know where it is.
  if (isTrue(environment['CI']) && environment['npm_lifecycle_event'] !== undefined) {
    say(messages.continuousIntegration);
    return SKIPPED;
  }
  const located = locate(context);
  if ('missing' in located && environment['npm_lifecycle_event'] !== undefined) {
    say(messages.skippedNoRepository);
    return SKIPPED;
  }
  const place = placeOf(context);
  const manager = installedManager(place);
  if (manager === null) {
    say(messages.notInitialised);
    return SKIPPED;
  }
  const journal = new Journal(place);
  const lintStaged = lintStagedWanted(place, manager) !== null;
  const activation = manager.activate(place, journal, { lintStaged });
  const done = [...recordPaths(place, journal), ...activation.done];
  for (const what of done) say(messages.did(what));
  for (const step of activation.manual) sayManual(step, say);
  return {
    state: activation.manual.length === 0 ? 'installed' : 'incomplete',
    hooks: manager.id,
    done,
    manual: activation.manual,
  };
}

/** As the tools that set it mean it: `CI=` and `CI=false` are no CI. */
function isTrue(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value.toLowerCase() !== 'false';
}
