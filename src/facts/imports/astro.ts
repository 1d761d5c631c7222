import type { Found } from './ecmascript/found.js';
import type { ImportLanguage } from './language.js';
import { Scanner } from './markup/scanner.js';
import { type Block, type Component, componentReader, dynamicFound, sourceOf } from './markup/sites.js';
import { MarkupError, opensTag } from './markup/tag.js';

/** Where the frontmatter's first fence stands: before any tag. -1: there is none. */
function fence(text: string): number {
  for (let at = 0; ; ) {
    const dashes = text.indexOf('---', at);
    const angle = text.indexOf('<', at);
    if (dashes === -1 || angle === -1 || dashes < angle) return dashes;
    if (text.startsWith('<!--', angle)) {
      const end = text.indexOf('-->', angle + 4);
      if (end === -1) return -1;
      at = end + 3;
    } else if (opensTag(text, angle) || text.startsWith('<>', angle)) return -1;
    else at = angle + 1;
  }
}

function outline(text: string): Component {
  const blocks: Block[] = [];
  const found: Found[] = [];
  const scanner = new Scanner(
    text,
    { jsx: true },
    {
      script(tag, start, end) {
        // Any other attribute leaves the script to the browser, as it is written.
        if (tag.attributes.some(({ name }) => name !== 'src')) return;
        const source = sourceOf(tag);
        if (source === null) blocks.push({ extension: 'ts', start, end });
        else found.push(source);
      },
      dynamicImport: at => found.push(dynamicFound(text, at)),
    },
  );
  const opened = fence(text);
  let markup = 0;
  if (opened !== -1) {
    const end = scanner.frontmatterEnd(opened + 3);
    if (end === -1) throw new MarkupError('the frontmatter is never closed', opened);
    blocks.push({ extension: 'ts', start: opened + 3, end });
    markup = end + 3;
  }
  scanner.markup(markup);
  return { blocks, found };
}

/** Astro's components: their frontmatter, the scripts that Astro bundles, and `import()` in expressions. */
export const astro: ImportLanguage = {
  name: 'astro/1',
  family: 'ecmascript',
  extensions: ['astro'],
  ...componentReader(outline),
};
