export interface Book {
  readonly isbn: string;
  readonly title: string;
  readonly author: string;
  /** How many the library owns. */
  readonly copies: number;
}

export function isIsbn(text: string): boolean {
  return /^97[89]\d{10}$/.test(text);
}
