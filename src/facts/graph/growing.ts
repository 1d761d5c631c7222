/** 32-bit numbers in one piece of memory that grows: millions of them must not be objects. */
export class Numbers {
  private words = new Uint32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.words.length) this.grow(this.length + 1);
    this.words[this.length++] = value;
  }

  pushAll(values: Uint32Array): void {
    if (this.length + values.length > this.words.length) this.grow(this.length + values.length);
    this.words.set(values, this.length);
    this.length += values.length;
  }

  at(index: number): number {
    return this.words[index] ?? 0;
  }

  /** A view: valid until the next `push`. */
  slice(start: number, end: number): Uint32Array {
    return this.words.subarray(start, end);
  }

  /** A copy of just what was pushed. */
  toArray(): Uint32Array {
    return this.words.slice(0, this.length);
  }

  private grow(atLeast: number): void {
    const wider = new Uint32Array(Math.max(atLeast, this.words.length * 2));
    wider.set(this.words.subarray(0, this.length));
    this.words = wider;
  }
}
