import { runHook } from './hook.js';
import { drain, processIo } from './process-io.js';

/** What dist/hook.cjs loads when the quick gate can't decide: the hook, judged in full, in this process. */
export async function runHookProcess(name: string, args: readonly string[]): Promise<number> {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => process.exit(code));
  const code = await runHook(name, args, processIo());
  await Promise.all([drain(process.stdout), drain(process.stderr)]);
  return code;
}
