import type { Found } from './ecmascript/found.js';
import type { ImportLanguage } from './language.js';
import { type Block, type Component, componentReader, extensionFor, sourceOf } from './markup/sites.js';
import { closingTag, MarkupError, opensTag, type Tag, TagReader } from './markup/tag.js';

/** Elements of a template whose content is text. */
const TEXT: ReadonlySet<string> = new Set(['script', 'style', 'textarea', 'title']);

/** The next tag or comment from an offset on; the text's length: there is none. */
function nextAngle(text: string, from: number): number {
  const at = text.indexOf('<', from);
  return at === -1 ? text.length : at;
}

function commentEnd(text: string, at: number): number {
  const end = text.indexOf('-->', at + 4);
  return end === -1 ? text.length : end + 3;
}

function contentEnd(text: string, tag: Tag, start: number): number {
  const end = closingTag(text, tag.name, tag.end);
  if (end === -1) throw new MarkupError(`<${tag.name}> is never closed`, start);
  return end;
}

/** Where the content of a template in HTML ends: templates nest, and text may look like tags. */
function templateEnd(text: string, tags: TagReader, opened: Tag, start: number): number {
  let depth = 1;
  for (let at = opened.end; ; ) {
    const angle = nextAngle(text, at);
    const braces = text.indexOf('{{', at);
    const shut = braces !== -1 && braces < angle ? text.indexOf('}}', braces) : -1;
    if (shut !== -1) at = shut + 2;
    else if (angle === text.length) throw new MarkupError('<template> is never closed', start);
    else if (text.startsWith('<!--', angle)) at = commentEnd(text, angle);
    else if (/^<\/template[\s/>]/i.test(text.slice(angle, angle + 11))) {
      if (--depth === 0) return angle;
      at = angle + 11;
    } else if (opensTag(text, angle)) {
      const tag = tags.read(angle);
      at = tag.end;
      if (tag.selfClosing) continue;
      if (tag.name === 'template') depth++;
      else if (TEXT.has(tag.name.toLowerCase())) at = contentEnd(text, tag, angle);
    } else at = angle + 1;
  }
}

function outline(text: string): Component {
  const blocks: Block[] = [];
  const found: Found[] = [];
  const tags = new TagReader(text);
  const last = text.lastIndexOf('<script');
  for (let at = nextAngle(text, 0); at <= last; at = nextAngle(text, at)) {
    if (text.startsWith('<!--', at)) at = commentEnd(text, at);
    else if (!opensTag(text, at)) at++;
    else {
      const tag = tags.read(at);
      const language = tag.attributes.find(({ name }) => name === 'lang')?.value ?? 'html';
      if (tag.selfClosing) {
        if (tag.name === 'script') found.push(...[sourceOf(tag)].filter(one => one !== null));
        at = tag.end;
        continue;
      }
      const isTemplate = tag.name === 'template' && language === 'html';
      const end = isTemplate ? templateEnd(text, tags, tag, at) : contentEnd(text, tag, at);
      if (tag.name === 'script') {
        const source = sourceOf(tag);
        if (source === null) blocks.push({ extension: extensionFor(tag), start: tag.end, end });
        else found.push(source);
      }
      at = end + 2;
    }
  }
  return { blocks, found };
}

/** Vue's single-file components: their `<script>` blocks on the top level. */
export const vue: ImportLanguage = {
  name: 'vue/1',
  family: 'ecmascript',
  extensions: ['vue'],
  ...componentReader(outline),
};
