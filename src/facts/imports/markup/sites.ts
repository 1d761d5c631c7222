import { Cursor } from '../ecmascript/cursor.js';
import { type Found, finish, placeOf } from '../ecmascript/found.js';
import { prove } from '../ecmascript/prove.js';
import { readFound } from '../ecmascript/syntax-tree.js';
import type { Extraction } from '../language.js';
import { MarkupError, type Tag } from './tag.js';

/** A part of a component that is a module of its own. Offsets in the whole file. */
export interface Block {
  /** What a file of the block's language would end in: `mjs`, `ts`, `tsx`. */
  readonly extension: string;
  readonly start: number;
  readonly end: number;
}

/** What a component imports: by its script blocks, and by attributes and expressions of its markup. */
export interface Component {
  readonly blocks: readonly Block[];
  readonly found: readonly Found[];
}

/** Extensions by the `lang` of a block, and by what its `type` may be. */
const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['', 'mjs'],
  ['js', 'mjs'],
  ['jsx', 'mjs'],
  ['javascript', 'mjs'],
  ['ts', 'ts'],
  ['typescript', 'ts'],
  ['tsx', 'tsx'],
]);

/** @throws MarkupError for a language that nobody reads here */
export function extensionFor(tag: Tag): string {
  const attribute = tag.attributes.find(({ name }) => name === 'lang');
  const language = attribute?.value ?? '';
  const extension = LANGUAGES.get(language.toLowerCase());
  if (extension === undefined)
    throw new MarkupError(`imports of ${JSON.stringify(language)} can’t be read`, attribute?.at ?? tag.end);
  return extension;
}

/** `src`: the file stands in the place of the block. */
export function sourceOf(tag: Tag): Found | null {
  const source = tag.attributes.find(({ name }) => name === 'src');
  if (source === undefined) return null;
  return { specifier: source.value, kind: 'side-effect', typeOnly: false, at: source.at };
}

const PLAIN_TEMPLATE = /`([^`$\\]*)`/y;

/** `import('./x')` in an expression. @param at of its argument */
export function dynamicFound(text: string, at: number): Found {
  PLAIN_TEMPLATE.lastIndex = at;
  const template = PLAIN_TEMPLATE.exec(text);
  const cursor = new Cursor(text, at + (template?.[0].length ?? 0));
  const written = template?.[1] ?? cursor.string()?.value;
  cursor.skip();
  const specifier = written !== undefined && /[,)]/.test(text.charAt(cursor.at)) ? written : null;
  return { specifier, kind: 'dynamic', typeOnly: false, at };
}

function nameFor(path: string, { extension }: Block): string {
  return `${path}.${extension}`;
}

const BYTE_ORDER_MARK = '\uFEFF';

/** A language of components, out of a reader of their outlines. */
export function componentReader(outline: (text: string) => Component): {
  extract(path: string, text: string): Extraction;
  quick(path: string, text: string): Extract<Extraction, { ok: true }>['sites'] | null;
} {
  const withoutMark = (text: string): string => (text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  return {
    extract(path, text) {
      const source = withoutMark(text);
      try {
        const { blocks, found } = outline(source);
        const all = [...found];
        for (const block of blocks) {
          const code = source.slice(block.start, block.end);
          const name = nameFor(path, block);
          const proved = prove(name, code);
          const reading = proved === null ? readFound(name, code) : { ok: true as const, found: proved };
          if (!reading.ok) {
            const place = reading.at === null ? block.start : block.start + reading.at;
            return { ok: false, message: reading.message, ...placeOf(source, place) };
          }
          all.push(...reading.found.map(one => ({ ...one, at: one.at + block.start })));
        }
        return { ok: true, sites: finish(source, all) };
      } catch (error) {
        if (!(error instanceof MarkupError)) throw error;
        return { ok: false, message: error.message, ...placeOf(source, error.at) };
      }
    },
    quick(path, text) {
      const source = withoutMark(text);
      try {
        const { blocks, found } = outline(source);
        const all = [...found];
        for (const block of blocks) {
          const proved = prove(nameFor(path, block), source.slice(block.start, block.end));
          if (proved === null) return null;
          all.push(...proved.map(one => ({ ...one, at: one.at + block.start })));
        }
        return finish(source, all);
      } catch (error) {
        if (error instanceof MarkupError) return null;
        throw error;
      }
    },
  };
}
