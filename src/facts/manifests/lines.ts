/** Line numbers of offsets in a text. Asked in rising order, the whole text is walked once. */
export class LineCounter {
  private at = 0;
  private line = 1;

  constructor(private readonly text: string) {}

  /** 1-based. */
  lineAt(offset: number): number {
    if (offset < this.at) {
      this.at = 0;
      this.line = 1;
    }
    for (;;) {
      const next = this.text.indexOf('\n', this.at);
      if (next === -1 || next >= offset) return this.line;
      this.at = next + 1;
      this.line++;
    }
  }
}

const MARKER = /^(?:<{7}|>{7}|\|{7})(?: |\r?$)/m;

/** The line of a conflict marker that a merge has left; `null`: there is none. */
export function conflictLine(text: string): number | null {
  if (!text.includes('<<<<<<<') && !text.includes('>>>>>>>')) return null;
  const found = MARKER.exec(text);
  return found === null ? null : new LineCounter(text).lineAt(found.index);
}
