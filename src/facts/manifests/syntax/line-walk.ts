/**
 * Line numbers of offsets that are asked for in rising order. The next line's end is remembered: a text of one long
 * line is walked once, too, however often it is asked.
 */
export class LineWalk {
  private line = 1;
  private next: number;

  constructor(private readonly text: string) {
    this.next = text.indexOf('\n');
  }

  /** 1-based. */
  lineAt(offset: number): number {
    while (this.next !== -1 && this.next < offset) {
      this.line++;
      this.next = this.text.indexOf('\n', this.next + 1);
    }
    return this.line;
  }
}
