/** Where progress is drawn: standard error, and only when it is a terminal. */
export interface ProgressStream {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  write(text: string): void;
}

interface ProgressState {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

export interface ProgressLine {
  update(state: ProgressState): void;
  /** Takes the line away; nothing of it stays in the terminal's history. */
  clear(): void;
}

/** Work shorter than this is over before a reader has seen the line. */
const PATIENCE_MS = 400;
const REDRAW_MS = 100;
const ERASE = '\r\u001b[2K';
const SILENT: ProgressLine = { update() {}, clear() {} };

export function progressLine(stream: ProgressStream, now: () => number): ProgressLine {
  if (!stream.isTTY) return SILENT;
  const started = now();
  let drawn: number | null = null;
  return {
    update({ stage, done, total }) {
      const time = now();
      if (time - started < PATIENCE_MS || (drawn !== null && time - drawn < REDRAW_MS)) return;
      drawn = time;
      const percent = total > 0 ? ` ${Math.floor((Math.min(done, total) / total) * 100)} %` : '';
      const text = `lintel: ${stage} ${done}${total > 0 ? `/${total}` : ''}${percent}`;
      // 0: a terminal that does not tell its width (`script`, some editors').
      stream.write(ERASE + text.slice(0, Math.max(10, (stream.columns || 80) - 1)));
    },
    clear() {
      if (drawn !== null) stream.write(ERASE);
      drawn = null;
    },
  };
}
