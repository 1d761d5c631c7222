/** A regular expression of RE2's syntax, taken apart as far as lintel needs it. */
export type PatternNode =
  | { readonly type: 'literal'; readonly text: string }
  | { readonly type: 'class'; readonly set: CharSet }
  /** `^`, `$`, `\b`: the same in JavaScript. */
  | { readonly type: 'assert'; readonly source: string }
  | { readonly type: 'concat'; readonly items: readonly PatternNode[] }
  | { readonly type: 'alternate'; readonly options: readonly PatternNode[] }
  | {
      readonly type: 'repeat';
      readonly item: PatternNode;
      readonly min: number;
      /** `null`: unbounded. */
      readonly max: number | null;
      readonly lazy: boolean;
    };

/** Characters: exact below U+0080, "some beyond" above it. `source` is JavaScript's, for the flag `u`. */
export interface CharSet {
  readonly source: string;
  /** 128 flags. */
  readonly ascii: Uint8Array;
  readonly beyond: boolean;
}

export function charSet(source: string, holds: (code: number) => boolean, beyond: boolean): CharSet {
  return { source, ascii: Uint8Array.from({ length: 128 }, (_, code) => (holds(code) ? 1 : 0)), beyond };
}

export function disjoint(a: CharSet, b: CharSet): boolean {
  return !(a.beyond && b.beyond) && a.ascii.every((flag, code) => flag === 0 || b.ascii[code] === 0);
}

export function singleton(character: string): CharSet {
  const code = character.codePointAt(0) ?? 0;
  return charSet(escaped(character), other => other === code, code > 127);
}

/** A literal as the source of a JavaScript regular expression with the flag `u`. */
export function escaped(text: string): string {
  return text.replace(/[\^$\\.*+?()[\]{}|/]/g, '\\$&');
}
