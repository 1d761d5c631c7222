import { line } from './format.js';

export interface Logger {
  note(event: string, details?: object): void;
}

export function loggerFor(service: string): Logger {
  return {
    note(event, details = {}) {
      process.stdout.write(line(service, event, details));
    },
  };
}
