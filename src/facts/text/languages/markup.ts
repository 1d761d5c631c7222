import type { Segment } from '../segment.js';
import { type Lexer, SegmentBuilder } from './builder.js';
import { css, scss } from './c-family.js';
import { javascript, typescript } from './javascript.js';
import { endOf } from './rules.js';

/** XML, SVG: comments, attribute values. */
export const xml: Lexer = text => scanMarkup(text, () => null);

/** HTML, Vue, Svelte: what stands in `<script>` and `<style>` is lexed as what it is. */
export const html: Lexer = text => scanMarkup(text, embedded);

function embedded(tag: string, attributes: string): Lexer | null {
  switch (tag.toLowerCase()) {
    case 'script':
      return /\blang\s*=\s*["']?tsx?\b/.test(attributes) ? typescript : javascript;
    case 'style':
      return /\blang\s*=\s*["']?(?:scss|less|sass|stylus)\b/.test(attributes) ? scss : css;
    default:
      return null;
  }
}

function scanMarkup(
  text: string,
  contentOf: (tag: string, attributes: string) => Lexer | null,
): readonly Segment[] {
  const builder = new SegmentBuilder(text.length);
  let at = text.indexOf('<');
  while (at !== -1) {
    if (text.startsWith('<!--', at)) {
      const end = endOf(text, '-->', at + 4);
      builder.add('comment', at, end);
      at = text.indexOf('<', end);
      continue;
    }
    if (text.startsWith('<![CDATA[', at)) {
      at = text.indexOf('<', endOf(text, ']]>', at));
      continue;
    }
    const name = tagName(text, at);
    if (name === null) {
      at = text.indexOf('<', at + 1);
      continue;
    }
    const end = readAttributes(text, at + 1 + name.length, builder);
    const lexer = contentOf(name, text.slice(at, end));
    at = lexer === null || text[end - 2] === '/' ? end : embed(text, end, name, lexer, builder);
    at = text.indexOf('<', at);
  }
  return builder.finish();
}

function tagName(text: string, at: number): string | null {
  const name = /\/?[A-Za-z][\w:.-]*/y;
  name.lastIndex = at + 1;
  return name.exec(text)?.[0] ?? null;
}

/** @returns where the tag ends */
function readAttributes(text: string, from: number, builder: SegmentBuilder): number {
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '>') return at + 1;
    if (character === '"' || character === "'") {
      const end = endOf(text, character, at + 1);
      builder.add('string', at, end);
      at = end - 1;
    }
  }
  return text.length;
}

function embed(text: string, start: number, tag: string, lexer: Lexer, builder: SegmentBuilder): number {
  const closing = new RegExp(`</${tag}\\b`, 'gi');
  closing.lastIndex = start;
  const end = closing.exec(text)?.index ?? text.length;
  builder.embed(lexer(text.slice(start, end)), start);
  return end;
}
