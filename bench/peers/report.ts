import { median } from '../statistics.js';
import type { Comparison, Difference } from './compare.js';
import { FLOOR, READ_ALL } from './floor.js';
import type { Measurement } from './measure.js';
import { RULES } from './rules.js';
import type { Tool } from './tool.js';

/** Times, memory and findings, one row a measure, in Markdown. */
export function timesTable(measurements: readonly Measurement[]): string {
  const read = measurements.find(({ measure }) => measure.name === READ_ALL);
  const base = read === undefined || read.samples.length === 0 ? null : wall(read);
  const lines = [
    '| tool | measure | runs | wall median, s | min | CPU, s | memory (all processes), MB | largest process, MB | × reading | cycles | layers | reach |',
    '|-|-|-:|-:|-:|-:|-:|-:|-:|-:|-:|-:|',
  ];
  for (const row of measurements) {
    const { tool, measure, samples, findings, failure, differing } = row;
    const head = `| ${tool.name} | ${measure.name} | ${samples.length} |`;
    if (samples.length === 0) {
      lines.push(`${head} ${failure ?? 'not run'} | | | | | | | | |`);
      continue;
    }
    const figures = [
      seconds(wall(row)),
      seconds(Math.min(...samples.map(({ wallMs }) => wallMs))),
      seconds(median(samples.map(({ cpuMs }) => cpuMs))),
      megabytes(Math.max(...samples.map(({ treeKb }) => treeKb))),
      megabytes(Math.max(...samples.map(({ largestKb }) => largestKb))),
      base === null ? '' : (wall(row) / base).toFixed(2),
      ...RULES.map(rule => findings?.[rule]?.size ?? ''),
    ];
    const note = differing === 0 ? '' : ` (${differing} runs found something else)`;
    lines.push(`${head} ${figures.join(' | ')}${note} |`);
  }
  return lines.join('\n');
}

export function saysTable(tools: readonly Tool[]): string {
  const lines = [`| tool | version | ${RULES.join(' | ')} |`, `|-|-|${'-|'.repeat(RULES.length)}`];
  for (const { name, version, cannot } of tools.filter(one => one.name !== FLOOR))
    lines.push(
      `| ${name} | ${version} | ${RULES.map(rule => (cannot[rule] === undefined ? 'yes' : `can't say it: ${cannot[rule]}`)).join(' | ')} |`,
    );
  return lines.join('\n');
}

/** Findings beside those of the reference, then each sort of difference with a few examples. */
export function comparisonText(
  compared: readonly { readonly tool: string; readonly comparisons: readonly Comparison[] }[],
  examples: number,
): string {
  const lines = [
    '| rule | tool | found | by the reference | missed | extra | other files | computed | files in cycles |',
    '|-|-|-:|-:|-:|-:|-:|-:|-:|',
  ];
  const rows = RULES.flatMap(rule =>
    compared.flatMap(({ tool, comparisons }) =>
      comparisons.filter(one => one.rule === rule).map(one => ({ tool, one })),
    ),
  );
  for (const { tool, one } of rows) {
    const files = one.files === null ? '' : `${one.files.found} of ${one.files.expected}`;
    lines.push(
      `| ${one.rule} | ${tool} | ${one.found} | ${one.expected} | ${one.missed.length} | ${one.extra.length} | ${one.assets || ''} | ${one.computed || ''} | ${files} |`,
    );
  }
  for (const { tool, one } of rows) {
    lines.push(...differences(`${one.rule}: ${tool} missed`, one.missed, examples));
    lines.push(...differences(`${one.rule}: ${tool} alone found`, one.extra, examples));
  }
  return lines.join('\n');
}

function differences(title: string, all: readonly Difference[], examples: number): string[] {
  if (all.length === 0) return [];
  const rest = all.length > examples ? [`    … ${all.length - examples} more`] : [];
  const shown = all.slice(0, examples).map(({ pair, why }) => `    ${pair} (${why})`);
  return ['', `${title} ${all.length}:`, ...shown, ...rest];
}

function wall(row: Measurement): number {
  return median(row.samples.map(({ wallMs }) => wallMs));
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(milliseconds < 1000 ? 3 : 2);
}

function megabytes(kb: number): string {
  return (kb / 1024).toFixed(0);
}
