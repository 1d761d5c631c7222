/**
 * Lines end in LF; a CR before it belongs to the line's end. A CR alone stays within its line, as in git.
 */

/** How many lines there are, as `wc -l` counts them, and one more for a last line without its LF. */
export function lineCount(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return text === '' || text.endsWith('\n') ? count : count + 1;
}

/** Where the line's content ends, its line end left out, for any index in the line. */
export function contentEnd(text: string, index: number): number {
  const newline = text.indexOf('\n', index);
  if (newline === -1) return text.length;
  return newline > index && text.charCodeAt(newline - 1) === 0x0d ? newline - 1 : newline;
}

/** Where the line that holds the index begins. */
export function lineStart(text: string, index: number): number {
  return index === 0 ? 0 : text.lastIndexOf('\n', index - 1) + 1;
}

/** Where the next line begins; `null` after the last one. */
export function nextLine(text: string, index: number): number | null {
  const newline = text.indexOf('\n', index);
  return newline === -1 || newline + 1 === text.length ? null : newline + 1;
}
