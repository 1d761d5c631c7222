import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { versionOf } from './install.js';
import { commandOf } from './process.js';
import { type Findings, type Pair, pair } from './rules.js';
import type { Staging } from './staging.js';
import type { Tool, Workspace } from './tool.js';

interface Diagnostic {
  readonly code?: string;
  readonly filename: string;
  /** The cycle as a picture: from the imported file to the one that holds the import. */
  readonly note?: string;
}

export function oxlint(workspace: Workspace, staging: Staging): Tool {
  const { repository, rules, scratch, tools } = workspace;
  const config = join(scratch, 'oxlintrc.json');
  const program = join(tools, 'node_modules/oxlint/bin/oxlint');
  const args = ['--config', config, '--disable-nested-config', '--no-ignore', '--format', 'json'];
  const run = (...more: readonly string[]) =>
    commandOf(repository.path, process.execPath, [program, ...args, ...more]);
  const nothing = (): void => {};
  return {
    name: 'oxlint import/no-cycle',
    version: versionOf(tools, 'oxlint'),
    cannot: {
      layers: 'no rule about where an import leads (no-restricted-imports matches its text)',
      reach: 'no such rule',
    },
    async setUp() {
      const text = {
        plugins: ['import'],
        categories: { correctness: 'off' },
        rules: { 'import/no-cycle': ['error', { ignoreTypes: true }] },
      };
      writeFileSync(config, JSON.stringify(text));
    },
    measures: [
      {
        name: 'cold',
        prepare: () => ({ command: run(rules.root), undo: nothing }),
        findings: (output: string): Findings => ({ cycles: readReport(output) }),
      },
      {
        name: `${staging.count} staged files alone`,
        prepare() {
          const { paths, undo } = staging.stage();
          return { command: run(...paths), undo };
        },
      },
    ],
  };
}

function readReport(output: string): Set<Pair> {
  const pairs = new Set<Pair>();
  const { diagnostics } = JSON.parse(output) as { readonly diagnostics: readonly Diagnostic[] };
  for (const { code, filename, note = '' } of diagnostics) {
    if (code !== 'import(no-cycle)') continue;
    const [, imported] = /╭──▶ .* \((.*)\)$/m.exec(note) ?? [];
    if (imported === undefined) throw new Error(`oxlint draws the cycle of ${filename} in another way`);
    pairs.add(pair(filename, imported));
  }
  return pairs;
}
