import type { IsoDate } from '../model/brand.js';
import type { Check, CheckState } from './checks/check.js';
import { hookChecks } from './checks/hooks.js';
import { installationChecks } from './checks/installation.js';
import { managerChecks } from './checks/manager.js';
import { policyChecks } from './checks/policy.js';
import { shadowChecks } from './checks/shadow.js';
import { messages } from './messages.js';
import { locate } from './place.js';
import type { InstallContext } from './types.js';

export interface DoctorOptions extends Omit<InstallContext, 'say'> {
  /** Waivers are live or expired on this day. */
  readonly asOf: IsoDate;
}

export interface DoctorReport {
  /** `problem`: something that is in force is not enforced here. */
  readonly state: CheckState;
  readonly checks: readonly Check[];
  /** What hooks can't do, and what closes that. Always said. */
  readonly limits: string;
}

/** Looks whether a change that should be blocked would be. Changes nothing. */
export async function doctor(options: DoctorOptions): Promise<DoctorReport> {
  const located = locate(options);
  const checks: readonly Check[] =
    'missing' in located
      ? [
          {
            id: 'repository',
            state: 'problem',
            what:
              located.missing === 'git' ? messages.noGit(located.reason) : messages.noRepository(options.cwd),
            mend: located.missing === 'git' ? 'install git' : 'git init',
          },
        ]
      : [
          ...installationChecks(located),
          ...hookChecks(located),
          ...shadowChecks(located, options.environment),
          ...managerChecks(located),
          ...(await policyChecks(located, options.asOf)),
        ];
  const state = (['problem', 'warn'] as const).find(one => checks.some(check => check.state === one)) ?? 'ok';
  return { state, checks, limits: messages.tedious };
}
