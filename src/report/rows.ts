import { displayWidth, padColumns, wrap } from './columns.js';
import type { Palette } from './palette.js';

/** How a report is drawn. */
export interface Style {
  /** Columns of the terminal, already bounded (columns.ts, readableWidth). */
  readonly width: number;
  readonly palette: Palette;
}

/**
 * One line under a label. `text` must be visible already (escape.ts). `command` is printed whole, however
 * long: a command is there to be copied.
 */
export interface Row {
  readonly label: string;
  readonly text: string;
  readonly as?: 'command';
}

const LABEL_COLUMNS = 12;

/** Rows with their labels in one column; a label that repeats the one above it is left blank. */
export function renderRows(rows: readonly Row[], indent: number, style: Style): readonly string[] {
  const margin = ' '.repeat(indent);
  const result: string[] = [];
  let above = '';
  for (const { label, text, as } of rows) {
    const lines = as === 'command' ? [text] : wrap(text, style.width - indent - LABEL_COLUMNS);
    for (const [index, line] of lines.entries()) {
      const shown = index === 0 && label !== above ? label : '';
      const painted = as === 'command' ? style.palette.command(line) : line;
      result.push(`${margin}${style.palette.label(padColumns(shown, LABEL_COLUMNS))}${painted}`);
    }
    above = label;
  }
  return result;
}

/** Plain prose under an indent. */
export function renderProse(text: string, indent: number, style: Style): readonly string[] {
  return wrap(text, style.width - indent).map(line => ' '.repeat(indent) + line);
}

/** Columns as wide as their widest cell (the last one free), two spaces apart. */
export function renderTable(rows: readonly (readonly string[])[], indent: number): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries())
      widths[index] = Math.max(widths[index] ?? 0, displayWidth(cell));
  return rows.map(row => {
    const padded = row.map((cell, index) =>
      index === row.length - 1 ? cell : padColumns(cell, widths[index] ?? 0),
    );
    return `${' '.repeat(indent)}${padded.join('  ')}`.trimEnd();
  });
}
