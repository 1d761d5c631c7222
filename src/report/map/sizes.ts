export const BOX_HEIGHT = 28;

/** In a font of 12 pixels; wide characters count twice. */
export function boxWidth(text: string): number {
  let width = 0;
  for (const character of text) width += (character.codePointAt(0) ?? 0) > 0x2e80 ? 12 : 6.8;
  return Math.ceil(width) + 20;
}
