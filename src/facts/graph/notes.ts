import { NameTable } from './name-table.js';

/** Between the paths of one note: no path holds it. */
const SEPARATOR = '\0';

/**
 * What is known of some nodes besides their name: the paths that a missing file may have meant, the imaginary files
 * of a folder, a package's aliases. Importers may disagree: then the note is `mixed`, and holds what any of them says.
 */
export class Notes {
  /**
   * @param nodes ascending
   * @param texts one a node of `nodes`
   * @param mixed one a node of `nodes`, 0 or 1
   */
  constructor(
    readonly nodes: Uint32Array,
    readonly texts: NameTable,
    readonly mixed: Uint8Array,
  ) {}

  static readonly none = new Notes(new Uint32Array(0), NameTable.of([]), new Uint8Array(0));

  text(node: number): string | null {
    const at = this.place(node);
    return at === -1 ? null : this.texts.at(at);
  }

  list(node: number): readonly string[] {
    return textToList(this.text(node) ?? '');
  }

  isMixed(node: number): boolean {
    const at = this.place(node);
    return at !== -1 && this.mixed[at] === 1;
  }

  private place(node: number): number {
    let low = 0;
    let high = this.nodes.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.nodes[middle] ?? 0;
      if (found === node) return middle;
      if (found < node) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

export function listToText(list: readonly string[]): string {
  return list.join(SEPARATOR);
}

function textToList(text: string): readonly string[] {
  return text === '' ? [] : text.split(SEPARATOR);
}

/** What several importers say of one node, in an order that doesn't depend on theirs. */
export function mixedText(texts: Iterable<string>): string {
  const all = new Set<string>();
  for (const text of texts) for (const one of textToList(text)) all.add(one);
  return listToText([...all].sort());
}
