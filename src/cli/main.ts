#!/usr/bin/env node
import { drain, processIo } from './process-io.js';
import { run } from './program.js';

// What is written is written whole or not at all (atomic-file.ts), so there is nothing to undo.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(code));

const code = await run(process.argv.slice(2), processIo());
await Promise.all([drain(process.stdout), drain(process.stderr)]);
process.exit(code);
