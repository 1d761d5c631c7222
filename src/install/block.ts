/**
 * Lines that lintel adds to a file which belongs to someone else, between two comments:
 *
 *   # lintel:begin
 *   …
 *   # lintel:end
 *
 * The same in shell and YAML. Taking the marked lines out gives back the file as it was.
 */
const BEGIN = 'lintel:begin';
const END = 'lintel:end';

export function marked(lines: readonly string[], indent = ''): string {
  return [`# ${BEGIN} (added by \`lintel init\`, removed by \`lintel uninstall\`)`, ...lines, `# ${END}`]
    .map(line => (line === '' ? '' : indent + line))
    .map(line => `${line}\n`)
    .join('');
}

export function hasBlock(text: string): boolean {
  return /^[ \t]*# lintel:begin\b/m.test(text);
}

/** Takes every block out, and the newline that `endLine` may have had to add stays. */
export function withoutBlocks(text: string): string {
  return text.replace(/^[ \t]*# lintel:begin\b[^\n]*\n(?:[^\n]*\n)*?[ \t]*# lintel:end[^\n]*(?:\n|$)/gm, '');
}

/** A text whose last line is ended, so that a block can follow. */
export function endLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
