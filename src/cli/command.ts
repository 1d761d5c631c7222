import { type Command, Option } from 'commander';
import type { Io } from './io.js';

/** What each command file is given: the ports, and where its exit code goes. */
export interface CommandHost {
  readonly io: Io;
  /** Runs an action; what it throws is told to the user. */
  run(action: () => Promise<number>): Promise<void>;
}

/** A file of src/cli/commands/ adds one command. */
export type Register = (program: Command, host: CommandHost) => void;

export type Format = 'text' | 'json';

export function formatOption(): Option {
  return new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text');
}

/** Lines under a command's help. */
export function examples(...lines: readonly string[]): string {
  const heading = lines.length === 1 ? 'Example:' : 'Examples:';
  return `\n${heading}\n${lines.map(line => `  npx --no-install lintel ${line}`).join('\n')}`;
}
