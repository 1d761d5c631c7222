import { describe, it } from 'node:test';
import { BASIC } from '../gates/project.js';
import type { FileContent } from '../support/repository.js';
import { type Expected, expectBoth, withGate } from './gate.js';

interface Case extends Expected {
  readonly files: Readonly<Record<string, FileContent>>;
}

/** One test a row: the files are staged on a small project and judged by the command line and by a commit. */
export function cases(title: string, table: Readonly<Record<string, Case>>): void {
  describe(title, () => {
    for (const [name, { files, ...expected }] of Object.entries(table))
      it(name, () =>
        withGate(BASIC, gate => {
          gate.change(files);
          expectBoth(gate, expected);
        }),
      );
  });
}
