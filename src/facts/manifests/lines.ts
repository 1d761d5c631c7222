/** Line numbers of offsets in a text. Asked in rising order, the whole text is walked once. */
export class LineCounter {
  private line = 1;
  private start = 0;
  /** Where the line ends: looked for once, or a file without line ends would be searched through for each offset. */
  private end: number;

  constructor(private readonly text: string) {
    this.end = this.endFrom(0);
  }

  /** 1-based. */
  lineAt(offset: number): number {
    if (offset < this.start) {
      this.line = 1;
      this.start = 0;
      this.end = this.endFrom(0);
    }
    while (this.end < offset) {
      this.start = this.end + 1;
      this.end = this.endFrom(this.start);
      this.line++;
    }
    return this.line;
  }

  private endFrom(start: number): number {
    const end = this.text.indexOf('\n', start);
    return end === -1 ? Number.POSITIVE_INFINITY : end;
  }
}

const MARKER = /^(?:<{7}|>{7}|\|{7})(?: |\r?$)/m;

/** The line of a conflict marker that a merge has left; `null`: there is none. */
export function conflictLine(text: string): number | null {
  if (!text.includes('<<<<<<<') && !text.includes('>>>>>>>')) return null;
  const found = MARKER.exec(text);
  return found === null ? null : new LineCounter(text).lineAt(found.index);
}
