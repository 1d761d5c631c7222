/**
 * Measures lintel beside its peers in one run: the same files, the same rules, interleaved in random order. Then
 * compares what they find with a reference, the TypeScript compiler's tree and resolution.
 */
import { mkdirSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { compare } from './peers/compare.js';
import { dependencyCruiser } from './peers/dependency-cruiser.js';
import { eslintBoundaries } from './peers/eslint-boundaries.js';
import { floor } from './peers/floor.js';
import { judge } from './peers/graph.js';
import { installPeers } from './peers/install.js';
import { decisionFiles, lintelTool } from './peers/lintel.js';
import { madge } from './peers/madge.js';
import { type Measurement, measureAll } from './peers/measure.js';
import { type PeerOptions, readPeerOptions, USAGE } from './peers/options.js';
import { oxlint } from './peers/oxlint.js';
import { checkMeasuring } from './peers/process.js';
import { reference } from './peers/reference.js';
import { comparisonText, saysTable, timesTable } from './peers/report.js';
import { RULE_SETS } from './peers/rule-sets.js';
import { SOURCE } from './peers/rules.js';
import { Staging } from './peers/staging.js';
import type { Tool, Workspace } from './peers/tool.js';
import { git } from './process.js';
import { seeded } from './random.js';
import { clonedPart, generatedPart, part, reset, withPolicy } from './repositories.js';

const LONG_MS = 20_000;

async function main(args: readonly string[]): Promise<number> {
  const options = readPeerOptions(args);
  if (options === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  checkMeasuring();
  const workspace = await workspaceOf(options);
  const random = seeded(options.seed);
  const tools = toolsOf(workspace, new Staging(workspace.repository, options.staged, random), options.only);
  for (const tool of tools) await tool.setUp();
  const { runs, longRuns, timeoutMs, measure } = options;
  const measureOptions = { measure, runs, longRuns, longMs: LONG_MS, timeoutMs, say };
  const measurements = await measureAll(workspace, tools, measureOptions, random);
  say('the reference …');
  const truth = reference(workspace);
  const compared = measurements
    .filter(({ measure, findings }) => measure.name === 'cold' && findings !== null)
    .map(({ tool, findings }) => ({
      tool: tool.name,
      comparisons: compare(
        findings ?? {},
        judge(truth.graph, workspace.rules, tool.reach ?? 'whole chains'),
        truth,
      ),
    }));
  const { node, gitVersion, cores } = machine();
  if (options.json) {
    const figures = measurements.map(asJson);
    const about = { node, git: gitVersion, cores, seed: options.seed, rules: workspace.rules };
    process.stdout.write(`${JSON.stringify({ ...about, figures, compared }, null, 2)}\n`);
  } else
    process.stdout.write(
      [
        `${workspace.rules.name}: ${workspace.sources.length} source files below ${workspace.rules.root}`,
        `Node ${node}, ${gitVersion}, ${cores} cores`,
        '',
        timesTable(measurements),
        '',
        saysTable(tools),
        '',
        comparisonText(compared, options.examples),
        '',
      ].join('\n'),
    );
  return 0;
}

async function workspaceOf(options: PeerOptions): Promise<Workspace> {
  const rules = RULE_SETS[options.set];
  say(`the files of ${rules.name} …`);
  const path =
    'repo' in options.source
      ? clonedPart(options.source.repo, options.set, rules.keep)
      : await generatedPart(options.source.files);
  withPolicy(path, decisionFiles(rules, options.rules));
  const repository = part(rules.name, path, rules.root, options.set);
  reset(repository);
  say('the peers …');
  const tools = installPeers();
  const scratch = join(tmpdir(), 'lintel-bench', `peers-${basename(path)}`);
  mkdirSync(scratch, { recursive: true });
  const names = git(path, ['ls-tree', '-r', '-z', '--name-only', 'HEAD', `${rules.root}/`]).split('\0');
  const sources = names.filter(name => SOURCE.test(name));
  return { repository, rules, wanted: options.rules, sources, scratch, tools };
}

function toolsOf(workspace: Workspace, staging: Staging, only: readonly string[]): Tool[] {
  const all: Record<string, () => Tool> = {
    floor: () => floor(workspace, staging),
    lintel: () => lintelTool(workspace, staging),
    'dependency-cruiser': () => dependencyCruiser(workspace),
    eslint: () => eslintBoundaries(workspace, staging),
    oxlint: () => oxlint(workspace, staging),
    madge: () => madge(workspace),
  };
  const names = only.length === 0 ? Object.keys(all) : only;
  return names.map(name => {
    const make = all[name];
    if (make === undefined) throw new TypeError(`--only knows ${Object.keys(all).join(', ')}, not "${name}"`);
    return make();
  });
}

function asJson({ tool, measure, samples, findings, differing, failure }: Measurement): object {
  const counts = Object.entries(findings ?? {}).map(([rule, pairs]) => [rule, pairs.size]);
  return {
    tool: tool.name,
    version: tool.version,
    measure: measure.name,
    samples,
    findings: Object.fromEntries(counts),
    differing,
    failure,
    cannot: tool.cannot,
  };
}

function machine(): { readonly node: string; readonly gitVersion: string; readonly cores: number } {
  return { node: process.versions.node, gitVersion: git('.', ['--version']).trim(), cores: cpus().length };
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
}
