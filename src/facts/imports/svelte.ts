import type { Found } from './ecmascript/found.js';
import type { ImportLanguage } from './language.js';
import { Scanner } from './markup/scanner.js';
import {
  type Block,
  type Component,
  componentReader,
  dynamicFound,
  extensionFor,
  sourceOf,
} from './markup/sites.js';

function outline(text: string): Component {
  const blocks: Block[] = [];
  const found: Found[] = [];
  const scanner = new Scanner(
    text,
    { jsx: false },
    {
      script(tag, start, end, depth) {
        // A script inside of an element is one for the browser, and no module of the component.
        if (depth > 0) return;
        const source = sourceOf(tag);
        if (source === null) blocks.push({ extension: extensionFor(tag), start, end });
        else found.push(source);
      },
      dynamicImport: at => found.push(dynamicFound(text, at)),
    },
  );
  scanner.markup(0);
  return { blocks, found };
}

/** Svelte's components: their `<script>` blocks on the top level, and `import()` in expressions of the markup. */
export const svelte: ImportLanguage = {
  name: 'svelte/1',
  family: 'ecmascript',
  extensions: ['svelte'],
  ...componentReader(outline),
};
