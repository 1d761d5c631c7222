import type { Services } from './services.js';

/** A stream that commands print to. */
export interface Output {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  /** Never throws for a reader that has gone away (EPIPE): the verdict still decides the exit code. */
  write(text: string): void;
}

export interface Input {
  readonly isTTY: boolean;
  /** All of it, as text. */
  read(): Promise<string>;
  /** One line typed by a person; `null` when there is none to ask. */
  ask(question: string): Promise<string | null>;
}

/** Everything that a command touches outside itself, so that tests run commands in their own process. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: Input;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  now(): Date;
  readonly services: Services;
}
