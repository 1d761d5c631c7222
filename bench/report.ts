import type { Figures } from './figures.js';
import { MEASURES } from './measures.js';

/** Two tables in Markdown: the measures beside the floor, and where the gate's own time goes. */
export function table(all: readonly Figures[]): string {
  const lines = [
    '| repository | files | TypeScript | measure | median ms | p90 | × floor |',
    '|-|-:|-:|-|-:|-:|-:|',
  ];
  for (const figures of all) {
    MEASURES.forEach((measure, n) => {
      const { median, p90 } = figures.measures[measure];
      const head = n === 0 ? `| ${figures.repository} | ${figures.files} | ${figures.sources} ` : '| | | ';
      const ratio = median / figures.measures.floor.median;
      lines.push(`${head}| ${measure} | ${ms(median)} | ${ms(p90)} | ${ratio.toFixed(2)} |`);
    });
    const { 'commit, hooks': hooked, 'commit, no hooks': bare } = figures.measures;
    lines.push(`| | | | hooks add to a commit | ${ms(hooked.median - bare.median)} | | |`);
    lines.push(`| | | | first gate ever (nothing cached) | ${ms(figures.coldMs)} | | |`);
    lines.push(`| | | | peak memory, largest process | ${megabytes(figures.peakKb)} | | |`);
  }
  lines.push('', ...breakdownTable(all));
  return lines.join('\n');
}

function breakdownTable(all: readonly Figures[]): string[] {
  const lines = ["Where the gate's own time goes (medians, ms, by node's clock):", ''];
  for (const { repository, breakdown, quick } of all) {
    const stages = Object.entries(breakdown.stages);
    lines.push(
      `| ${repository} | ${stages.map(([name]) => name).join(' | ')} | total | node's peak memory |`,
      `|-|${'-:|'.repeat(stages.length + 2)}`,
      `| | ${stages.map(([, value]) => value.toFixed(2)).join(' | ')} | ${ms(breakdown.totalMs)} | ${megabytes(breakdown.maxRssKb)} |`,
      '',
      `${quick.runs} of ${quick.of} runs were admitted by the quick path${quick.otherwise.length === 0 ? '' : `; the others: ${quick.otherwise.join(', ')}`}.`,
      '',
    );
  }
  return lines;
}

function ms(value: number): string {
  return value.toFixed(1);
}

function megabytes(kb: number | null): string {
  return kb === null ? 'unknown (no /usr/bin/time)' : `${(kb / 1024).toFixed(0)} MB`;
}
