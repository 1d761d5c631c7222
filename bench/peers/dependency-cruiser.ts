import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { timed } from '../process.js';
import { editInPlace } from './edit.js';
import { versionOf } from './install.js';
import { commandOf } from './process.js';
import { type Findings, globSource, type Pair, pair, type Rule } from './rules.js';
import type { Tool, Workspace } from './tool.js';

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
  /** From the imported file back to the importing one. */
  readonly cycle?: readonly { readonly name: string }[];
}

/**
 * `baseline` is the reporter that prints the violations alone; `json` would print the whole graph, which takes longer.
 * `tsPreCompilationDeps` keeps imports for types, without which `layers` would not see them.
 */
export function dependencyCruiser(workspace: Workspace): Tool {
  const { repository, rules, scratch, tools, wanted } = workspace;
  const config = join(scratch, 'dependency-cruiser.cjs');
  const cache = join(scratch, 'dependency-cruiser-cache');
  const full = `${cache}-full`;
  const args = ['--config', config, '--output-type', 'baseline', '--progress', 'none'];
  const program = join(tools, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const run = (...more: string[]) =>
    commandOf(repository.path, process.execPath, [program, ...args, ...more, rules.root]);
  const findings = (output: string): Findings => readViolations(output, wanted);
  // A cache counts only in the folder that it was made in: it is filled there and kept aside.
  const restoreCache = (): void => {
    rmSync(cache, { recursive: true, force: true });
    if (!existsSync(join(full, 'cache.json'))) {
      timed(run('--cache', cache));
      cpSync(cache, full, { recursive: true });
    }
    cpSync(full, cache, { recursive: true });
  };
  const nothing = (): void => {};
  return {
    name: 'dependency-cruiser',
    version: versionOf(tools, 'dependency-cruiser'),
    cannot: {},
    reach: 'whole chains',
    async setUp() {
      writeFileSync(config, configText(workspace));
      rmSync(full, { recursive: true, force: true });
    },
    measures: [
      { name: 'cold', prepare: () => ({ command: run(), undo: nothing }), findings },
      {
        name: 'cached',
        prepare() {
          restoreCache();
          return { command: run('--cache', cache), undo: nothing };
        },
        findings,
      },
      {
        name: 'cached, one edit',
        prepare() {
          restoreCache();
          return { command: run('--cache', cache), undo: editInPlace(workspace) };
        },
        findings,
      },
    ],
  };
}

function configText({ repository, rules, wanted }: Workspace): string {
  const from = { path: `^${rules.root}/` };
  const places = rules.layers.map(({ files }) => globSource(files));
  const written: Record<Rule, object[]> = {
    cycles: [
      {
        name: 'cycles',
        from,
        to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'type-import'] } },
      },
    ],
    layers: places
      .slice(1)
      .map((path, n) => ({ name: 'layers', from: { path }, to: { path: places.slice(0, n + 1) } })),
    reach: [
      {
        name: 'reach',
        from: { path: globSource(rules.reach.from) },
        to: { path: globSource(rules.reach.to), reachable: true },
      },
    ],
  };
  const forbidden = wanted.flatMap(rule => written[rule]).map(rule => ({ severity: 'error', ...rule }));
  // As its own `--init` writes them for a TypeScript project.
  const options = {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: join(repository.path, rules.tsconfig) },
    doNotFollow: { path: 'node_modules' },
    skipAnalysisNotInRules: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: [...rules.conditions, 'import', 'require', 'node', 'default', 'types'],
    },
  };
  return `module.exports = ${JSON.stringify({ forbidden, options }, null, 2)};\n`;
}

function readViolations(output: string, wanted: readonly Rule[]): Findings {
  const found = new Map<string, Set<Pair>>(wanted.map(rule => [rule, new Set<Pair>()]));
  for (const { rule, from, to, cycle = [] } of JSON.parse(output) as readonly Violation[]) {
    const pairs = found.get(rule.name);
    pairs?.add(pair(from, to));
    // It tells a cycle once, at one of its imports: all of them are found.
    cycle.slice(1).forEach(({ name }, n) => {
      pairs?.add(pair(cycle[n]?.name ?? name, name));
    });
  }
  return Object.fromEntries(found);
}
