import type { Found } from '../ecmascript/found.js';
import { type LogicalLine, type Mistake, Source } from './source.js';

/** What the text of a header's name says of where it is looked for. */
type Form = 'angle' | 'next' | 'next-angle' | 'embed' | 'embed-angle';

const DIRECTIVE =
  /(?:include_next|include|import|embed|if|ifdef|ifndef|elif|elifdef|elifndef|else|endif)(?![\w$])/y;
/** Conditions that are never true, whatever is defined. */
const NEVER = /^(?:0+[uUlL]*|false|\(\s*(?:0+[uUlL]*|false)\s*\))$/;

const OWN_MODULE = /^[ \t]*(?:export[ \t]+)?module[ \t]+([\p{L}_][\p{L}\p{N}_.]*)/mu;

/** How deep in conditions, and from which depth on nothing counts. */
interface Conditions {
  depth: number;
  /** -1: what stands here counts. */
  dead: number;
}

/**
 * Reads the directives of one file. A group counts unless its condition is the number 0: which branch a compiler
 * takes isn't known, so all of them are facts.
 */
export class DirectiveReader {
  private readonly source: Source;
  private ownModule: string | null = null;
  private readonly conditions: Conditions = { depth: 0, dead: -1 };

  constructor(
    private readonly text: string,
    private readonly found: Found[],
    /** C++20's `import` and `module`, Objective-C's `@import`. */
    private readonly modules: 'c++' | 'objective-c' | null,
  ) {
    this.source = new Source(text);
  }

  read(): Mistake | null {
    const { source } = this;
    for (let at = source.nextLine(); at !== -1; at = source.nextLine()) {
      if (source.mark !== 0) this.directive(at + source.mark);
      else if (this.conditions.dead === -1) this.module(at);
    }
    return source.mistake;
  }

  /** From behind the `#`. */
  private directive(from: number): void {
    const { source, conditions } = this;
    const line = source.logicalLine(from);
    const { text } = line;
    let at = skipBlank(text, 0);
    DIRECTIVE.lastIndex = at;
    const match = DIRECTIVE.exec(text);
    if (match === null) return;
    const [word] = match;
    at += word.length;
    switch (word) {
      case 'if':
      case 'ifdef':
      case 'ifndef':
        conditions.depth++;
        if (conditions.dead === -1 && word === 'if' && NEVER.test(text.slice(at).trim()))
          conditions.dead = conditions.depth;
        return;
      case 'elif':
        if (conditions.dead === conditions.depth) conditions.dead = -1;
        if (conditions.dead === -1 && NEVER.test(text.slice(at).trim())) conditions.dead = conditions.depth;
        return;
      case 'elifdef':
      case 'elifndef':
      case 'else':
        if (conditions.dead === conditions.depth) conditions.dead = -1;
        return;
      case 'endif':
        if (conditions.dead === conditions.depth) conditions.dead = -1;
        if (conditions.depth > 0) conditions.depth--;
        return;
      default:
        if (conditions.dead === -1) this.include(word, line, skipBlank(text, at));
    }
  }

  private include(word: string, line: LogicalLine, at: number): void {
    const { text } = line;
    const open = text[at];
    const close = open === '<' ? text.indexOf('>', at) : open === '"' ? text.indexOf('"', at + 1) : -1;
    const place = line.offset(at);
    if (close === -1) {
      // A macro's name; nothing at all is no directive that a compiler takes.
      if (at < text.length && open !== '<' && open !== '"')
        this.found.push({ specifier: null, kind: 'value', typeOnly: false, at: place });
      return;
    }
    const form = formOf(word, open === '<');
    this.found.push({
      specifier: text.slice(at + 1, close),
      kind: 'value',
      typeOnly: false,
      ...(form === null ? {} : { form }),
      at: place,
    });
  }

  /** A line that is no directive, where it begins. */
  private module(at: number): void {
    const { modules, text, source } = this;
    if (modules === null) return;
    if (modules === 'objective-c') {
      // `@import UIKit.UIView;`
      if (!text.startsWith('@import', at)) return;
      const match = /^@import\s+([A-Za-z_][\w.]*)\s*;/.exec(source.logicalLine(at).text);
      if (match === null) return;
      const name = match[1] ?? '';
      this.named(name, at + text.slice(at, at + match[0].length + 1).indexOf(name));
      return;
    }
    if (!/^(?:import|export|module)/.test(text.slice(at, at + 6))) return;
    const line = source.logicalLine(at);
    const unit = /^module\s+([\p{L}_][\p{L}\p{N}_.]*)\s*[;[]/u.exec(line.text);
    if (unit?.[1] !== undefined) {
      // An implementation unit sees its module's interface.
      this.named(unit[1], line.offset(line.text.indexOf(unit[1], 6)));
      return;
    }
    const match = /^(?:export\s+)?import\s*(?=[\s<":])([<":]?[^;]*)/.exec(line.text);
    const written = match?.[1]?.trim();
    if (match === null || written === undefined || !line.text.includes(';')) return;
    const place = line.offset(line.text.indexOf(written, match[0].length - (match[1]?.length ?? 0)));
    const kind = line.text.startsWith('export') ? 're-export' : 'value';
    const header = /^(?:<([^>]*)>|"([^"]*)")/.exec(written);
    if (header !== null) {
      const angle = header[1];
      const specifier = angle ?? header[2] ?? '';
      const form = angle === undefined ? {} : { form: 'angle' };
      this.found.push({ specifier, kind, typeOnly: false, ...form, at: place });
      return;
    }
    const name = /^:?[\p{L}_][\p{L}\p{N}_.:]*$/u.exec(written.split(/[\s[]/)[0] ?? '');
    if (name !== null && !written.startsWith('::')) this.named(this.qualified(name[0]), place, kind);
  }

  private named(specifier: string, at: number, kind: 'value' | 're-export' = 'value'): void {
    this.found.push({ specifier, kind, typeOnly: false, form: 'module', at, names: ['*'] });
  }

  /** A partition belongs to the module that the file itself is of. */
  private qualified(name: string): string {
    if (!name.startsWith(':')) return name;
    this.ownModule ??= OWN_MODULE.exec(this.text)?.[1] ?? '';
    return `${this.ownModule}${name}`;
  }
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at++;
  return at;
}

function formOf(word: string, isAngle: boolean): Form | null {
  if (word === 'include_next') return isAngle ? 'next-angle' : 'next';
  if (word === 'embed') return isAngle ? 'embed-angle' : 'embed';
  return isAngle ? 'angle' : null;
}
