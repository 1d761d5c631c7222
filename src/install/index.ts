/** Setting lintel up in a repository, taking it out, and looking whether it works. */

export type { Check, CheckState } from './checks/check.js';
export { InstallError } from './command.js';
export { type DoctorOptions, type DoctorReport, doctor } from './doctor.js';
export { type InitOptions, type InitReport, init } from './init.js';
export { type InstallReport, install } from './install.js';
export { messages as installMessages } from './messages.js';
export {
  HOOK_MANAGERS,
  HOOK_NAMES,
  type HookManagerId,
  type HookName,
  type InstallContext,
  type ManualStep,
} from './types.js';
export { type UninstallReport, uninstall } from './uninstall.js';
