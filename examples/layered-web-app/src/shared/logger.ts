export interface Logger {
  note(event: string, details?: Readonly<Record<string, string | number>>): void;
}

/** One JSON line an event, for whatever collects standard output. */
export const logger: Logger = {
  note(event, details = {}) {
    process.stdout.write(`${JSON.stringify({ event, ...details })}\n`);
  },
};
