import { join } from 'node:path';
import { versionOf } from './install.js';
import { commandOf } from './process.js';
import { type Findings, type Pair, pair } from './rules.js';
import type { Tool, Workspace } from './tool.js';

/** madge lists some cycles, not every import that lies in one: what it found is the imports of those cycles. */
export function madge(workspace: Workspace): Tool {
  const { repository, rules, tools } = workspace;
  const program = join(tools, 'node_modules/madge/bin/cli.js');
  const extensions = 'js,mjs,cjs,jsx,ts,mts,cts,tsx';
  const args = ['--circular', '--json', '--no-spinner', '--extensions', extensions];
  // Its command line has no flag for these, and a file of configuration would have to lie in the repository.
  const settings = {
    madge_detectiveOptions__ts__skipTypeImports: 'true',
    madge_detectiveOptions__tsx__skipTypeImports: 'true',
  };
  const command = commandOf(
    repository.path,
    process.execPath,
    [program, ...args, '--ts-config', join(repository.path, rules.tsconfig), rules.root],
    settings,
  );
  return {
    name: 'madge --circular',
    version: versionOf(tools, 'madge'),
    cannot: { layers: 'no such rule', reach: 'no such rule' },
    async setUp() {},
    measures: [
      {
        name: 'cold',
        prepare: () => ({ command, undo: () => {} }),
        findings: (output: string): Findings => ({ cycles: readCycles(output, rules.root) }),
      },
    ],
  };
}

function readCycles(output: string, root: string): Set<Pair> {
  const pairs = new Set<Pair>();
  for (const cycle of JSON.parse(output) as readonly (readonly string[])[])
    cycle.forEach((file, n) => {
      const next = cycle[(n + 1) % cycle.length] ?? file;
      pairs.add(pair(`${root}/${file}`, `${root}/${next}`));
    });
  return pairs;
}
