/** Ids for entries that a file may well write twice: the second `x` is `x#2`. */
export class Ids {
  private readonly used = new Map<string, number>();

  of(id: string): string {
    const count = (this.used.get(id) ?? 0) + 1;
    this.used.set(id, count);
    return count === 1 ? id : this.of(`${id}#${count}`);
  }
}
