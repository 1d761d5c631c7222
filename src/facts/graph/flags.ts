/** A set of numbers, for graphs of hundreds of thousands of nodes. */
export class Flags {
  private bytes: Uint8Array;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }

  add(number: number): void {
    if (number >= this.bytes.length) {
      const wider = new Uint8Array(Math.max(64, number + 1, this.bytes.length * 2));
      wider.set(this.bytes);
      this.bytes = wider;
    }
    this.bytes[number] = 1;
  }

  has(number: number): boolean {
    return this.bytes[number] === 1;
  }

  /** Ascending. */
  each(visit: (number: number) => void): void {
    const { bytes } = this;
    for (let number = bytes.indexOf(1); number !== -1; number = bytes.indexOf(1, number + 1)) visit(number);
  }
}
