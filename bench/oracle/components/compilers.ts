import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EdgeKind } from '../../../src/model/edges.js';

/** Part of a component that imports something, by its compiler. Offsets count UTF-16 units of the whole file. */
export type Part =
  | {
      readonly type: 'code';
      readonly extension: string;
      readonly start: number;
      readonly end: number;
      /** An expression of the markup, of which names are not asked. */
      readonly isExpression?: boolean;
    }
  | {
      readonly type: 'import';
      readonly specifier: string | null;
      readonly kind: EdgeKind;
      readonly at: number;
    };

type Reader = (text: string) => Promise<readonly Part[]>;

/** The compilers are no dependency: `LINTEL_COMPILERS` names a folder where npm installed them. */
async function load<T>(name: string): Promise<T> {
  const folder = process.env['LINTEL_COMPILERS'];
  if (folder === undefined)
    throw new Error(
      'LINTEL_COMPILERS must name a folder with @vue/compiler-sfc, svelte and @astrojs/compiler',
    );
  const require = createRequire(pathToFileURL(join(folder, 'package.json')));
  const loaded = (await import(pathToFileURL(require.resolve(name)).href)) as T & { readonly default?: T };
  return loaded.default ?? loaded;
}

const extensionOf = (lang: string | undefined): string =>
  lang === 'tsx' ? 'tsx' : lang?.startsWith('ts') || lang === 'typescript' ? 'ts' : 'mjs';

/** An attribute's value as lintel places it: at its opening quote, if it has one. */
function quoteAt(text: string, valueStart: number): number {
  return /["']/.test(text.charAt(valueStart - 1)) ? valueStart - 1 : valueStart;
}

interface VueBlock {
  readonly lang?: string;
  readonly src?: string;
  readonly loc: { readonly start: { readonly offset: number }; readonly end: { readonly offset: number } };
}
interface Vue {
  parse(
    text: string,
    options: object,
  ): {
    readonly descriptor: { readonly script: VueBlock | null; readonly scriptSetup: VueBlock | null };
    readonly errors: readonly Error[];
  };
}

async function vue(): Promise<Reader> {
  const { parse } = await load<Vue>('@vue/compiler-sfc');
  return async text => {
    const { descriptor, errors } = parse(text, { sourceMap: false, ignoreEmpty: false });
    const fatal = errors.find(error => /Element is missing end tag|Unexpected EOF/.test(error.message));
    if (fatal !== undefined) throw fatal;
    const blocks = [descriptor.script, descriptor.scriptSetup].filter(block => block !== null);
    return blocks.map((block): Part => {
      const { offset: start } = block.loc.start;
      if (block.src === undefined)
        return { type: 'code', extension: extensionOf(block.lang), start, end: block.loc.end.offset };
      const tag = text.lastIndexOf('<script', start);
      const value = text.indexOf(block.src, text.indexOf('src', tag));
      return { type: 'import', specifier: block.src, kind: 'side-effect', at: quoteAt(text, value) };
    });
  };
}

interface Positioned {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}
interface SvelteScript {
  readonly content: Positioned;
  readonly attributes: readonly {
    readonly name: string;
    readonly value: true | readonly { readonly data: string }[];
  }[];
}
interface Svelte {
  parse(
    text: string,
    options: { modern: true; loose?: boolean },
  ): Record<string, unknown> & {
    readonly fragment: unknown;
    readonly instance?: SvelteScript | null;
    readonly module?: SvelteScript | null;
  };
}

async function svelte(): Promise<Reader> {
  const { parse } = await load<Svelte>('svelte/compiler');
  return async text => {
    // Style sheets may be in a language that a preprocessor takes away.
    const plain = text.replace(
      /(<style[^>]*>)([\s\S]*?)(?=<\/style>)/g,
      (_, tag: string, style: string) => tag + style.replace(/\S/g, ' '),
    );
    const tree = parse(plain, { modern: true });
    const parts: Part[] = [];
    for (const script of [tree.instance, tree.module]) {
      if (script === null || script === undefined) continue;
      const lang = script.attributes.find(({ name }) => name === 'lang')?.value;
      const written = Array.isArray(lang) ? String(lang[0]?.data) : undefined;
      const { start, end } = script.content;
      parts.push({ type: 'code', extension: extensionOf(written), start, end });
    }
    dynamicImports(tree.fragment, parts);
    return parts;
  };
}

function dynamicImports(node: unknown, parts: Part[]): void {
  if (typeof node !== 'object' || node === null) return;
  const { type, source } = node as {
    readonly type?: string;
    readonly source?: Positioned & { readonly value?: unknown };
  };
  if (type === 'ImportExpression' && source !== undefined) {
    const specifier = typeof source.value === 'string' ? source.value : null;
    parts.push({ type: 'import', specifier, kind: 'dynamic', at: source.start });
  }
  for (const [key, child] of Object.entries(node)) if (key !== 'parent') dynamicImports(child, parts);
}

interface AstroAttribute {
  readonly kind: string;
  readonly name: string;
  readonly value: string;
  readonly position?: AstroNode['position'];
}
interface AstroNode {
  readonly type: string;
  readonly name?: string;
  readonly value?: string;
  readonly attributes?: readonly AstroAttribute[];
  readonly children?: readonly AstroNode[];
  readonly position?: {
    readonly start: { readonly offset: number };
    readonly end?: { readonly offset: number };
  };
}
interface Astro {
  parse(text: string, options: { position: true }): Promise<{ readonly ast: AstroNode }>;
}

/** The compiler counts bytes. */
async function astro(): Promise<Reader> {
  const { parse } = await load<Astro>('@astrojs/compiler');
  return async text => {
    const { ast } = await parse(text, { position: true });
    const bytes = Buffer.from(text);
    const unit = (offset: number): number => bytes.subarray(0, offset).toString().length;
    const parts: Part[] = [];
    const code = (value: string, near: number): void => {
      const start = text.indexOf(value, near);
      if (value.includes('import('))
        parts.push({ type: 'code', extension: 'tsx', start, end: start + value.length, isExpression: true });
    };
    const visit = (node: AstroNode): void => {
      for (const { kind, value, position } of node.attributes ?? [])
        if (kind === 'expression') code(value, unit(position?.start.offset ?? 0));
      if (node.type === 'expression')
        for (const child of node.children ?? [])
          if (child.type === 'text') code(child.value ?? '', unit(child.position?.start.offset ?? 0));
      const start = unit(node.position?.start.offset ?? 0);
      if (node.type === 'frontmatter') {
        const fence = text.indexOf('---', start);
        parts.push({
          type: 'code',
          extension: 'ts',
          start: fence + 3,
          end: fence + 3 + (node.value ?? '').length,
        });
      } else if (node.type === 'element' && node.name === 'script') {
        const source = node.attributes?.find(({ name }) => name === 'src');
        const content = node.children?.[0];
        if (node.attributes?.some(({ name }) => name !== 'src') === true) return;
        if (source !== undefined) {
          const tag = text.lastIndexOf('<script', start + 1);
          const at = text.indexOf(source.value, text.indexOf('src', tag));
          parts.push({ type: 'import', specifier: source.value, kind: 'side-effect', at: quoteAt(text, at) });
        } else if (content?.value !== undefined) {
          const from =
            text.indexOf('>', text.lastIndexOf('<script', unit(content.position?.start.offset ?? 0))) + 1;
          parts.push({ type: 'code', extension: 'ts', start: from, end: from + content.value.length });
        }
      }
      for (const child of node.children ?? []) visit(child);
    };
    visit(ast);
    return parts;
  };
}

export async function readerOf(language: string): Promise<Reader> {
  if (language === 'vue') return vue();
  if (language === 'svelte') return svelte();
  if (language === 'astro') return astro();
  throw new Error(`no compiler of ${language} is known`);
}
