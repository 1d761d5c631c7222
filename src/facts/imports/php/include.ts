import { Cursor } from './cursor.js';
import { END, NAME, STRING, type Tokens } from './tokens.js';

/** A path as PHP would make it: from the file's own folder, or as written. */
export interface IncludedPath {
  readonly anchored: boolean;
  readonly path: string;
}

const ESCAPE = /\\(?:([0-7]{1,3})|x([0-9a-f]{1,2})|u\{([0-9a-f]+)\}|(.))/gis;
const SIMPLE: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', v: '\v', e: '\x1b', f: '\f' };

/** The value of a string without interpolation. `null`: a nowdoc, or a character that does not exist. */
function stringValue(written: string): string | null {
  const body = written.slice(1, -1);
  if (written.startsWith("'")) return body.replace(/\\([\\'])/g, '$1');
  if (!written.startsWith('"')) return null;
  let isRight = true;
  const value = body.replace(
    ESCAPE,
    (all: string, octal?: string, hex?: string, code?: string, char = '') => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (code !== undefined) {
        const point = Number.parseInt(code, 16);
        isRight &&= point <= 0x10ffff;
        return isRight ? String.fromCodePoint(point) : '';
      }
      return SIMPLE[char] ?? (char === '\\' || char === '"' || char === '$' ? char : all);
    },
  );
  return isRight ? value : null;
}

/** Stands for the file itself, in which no path can hold: only its parents are of use. */
const THIS_FILE = '\0';

/** Reads the constant expressions that name a file: strings, `__DIR__`, `dirname(…)`, joined by dots. */
class PathReader extends Cursor {
  isAtEnd(): boolean {
    return ENDS.has(this.kind()) || (this.kind() === NAME && LOOSE.has(this.word().toLowerCase()));
  }

  /** @param depth of parentheses, which are few in a path */
  whole(depth: number): IncludedPath | null {
    let path = this.part(depth);
    while (path !== null && this.eat(46 /* . */)) {
      const more = this.part(depth);
      if (more === null || more.anchored) return null;
      path = { anchored: path.anchored, path: path.path + more.path };
    }
    return path;
  }

  private part(depth: number): IncludedPath | null {
    if (depth > 20) return null;
    if (this.eat(40 /* ( */)) {
      const path = this.whole(depth + 1);
      return path !== null && this.eat(41) ? path : null;
    }
    const written = this.word();
    if (this.eat(STRING)) {
      const path = stringValue(written);
      return path === null ? null : { anchored: false, path };
    }
    if (!this.eat(NAME)) return null;
    switch (written.toLowerCase()) {
      case '__dir__':
        return { anchored: true, path: '' };
      case '__file__':
        return { anchored: true, path: THIS_FILE };
      case 'directory_separator':
      case '\\directory_separator':
        return { anchored: false, path: '/' };
      case 'dirname':
      case '\\dirname':
        return this.dirname(depth);
      default:
        return null;
    }
  }

  private dirname(depth: number): IncludedPath | null {
    if (!this.eat(40)) return null;
    const inner = this.whole(depth + 1);
    let levels = 1;
    if (this.eat(44 /* , */) && this.kind() !== 41) {
      levels = Number(this.word());
      this.at++;
      this.eat(44);
    }
    if (inner === null || !this.eat(41) || !Number.isInteger(levels) || levels < 1 || levels > 50)
      return null;
    let { path } = inner;
    for (let level = 0; level < levels; level++) path = parentOf(path);
    return { anchored: inner.anchored, path };
  }
}

/** `''` is the file's folder. */
function parentOf(path: string): string {
  if (path === THIS_FILE) return '';
  const rest = path.replace(/\/$/, '');
  const slash = rest.lastIndexOf('/');
  const last = rest.slice(slash + 1);
  return slash === -1 || last === '..' ? `${rest}/..` : rest.slice(0, slash);
}

/** Tokens that end the operand of `include`: `;`, `)`, `,`, `:`, `]`, `}`. */
const ENDS: ReadonlySet<number> = new Set([END, 59, 41, 44, 58, 93, 125]);
const LOOSE: ReadonlySet<string> = new Set(['or', 'and', 'xor']);

/** The path that is included by the expression at a token; `null`: it is known only at run time. */
export function includedPath(text: string, tokens: Tokens, at: number): IncludedPath | null {
  const reader = new PathReader(text, tokens, at);
  const path = reader.whole(0);
  if (path === null || !reader.isAtEnd()) return null;
  if (path.path === '' || path.path.includes('\0')) return null;
  if (!path.anchored) return path;
  // `__DIR__ . 'x'` without a slash is a file beside the folder, called after it: nobody means that.
  return path.path.startsWith('/') ? { anchored: true, path: `.${path.path}` } : null;
}
