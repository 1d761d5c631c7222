import {
  COLLECTION_STYLE_BLOCK,
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE_PLAIN,
  type ScalarEvent,
  YAMLException,
} from 'js-yaml';
import { ManifestError } from '../format.js';
import { LineCounter } from '../lines.js';

/** Scalars are their text, whatever YAML would make of it (`1.10` stays `1.10`); `null`: nothing is written. */
export type YamlValue = string | null | readonly YamlValue[] | YamlMap;

export interface YamlPair {
  readonly key: string;
  /** Offset of the key in the text. */
  readonly at: number;
  readonly value: YamlValue;
}

/** Longer ones are looked up in an index. */
const SHORT = 8;

/** In the order of the text. Most are short and many: arrays, where a Map each would cost more than the parser. */
export class YamlMap {
  private index: Map<string, number> | null = null;

  constructor(readonly pairs: YamlPair[] = []) {}

  pair(key: string): YamlPair | undefined {
    const { pairs } = this;
    if (pairs.length > SHORT) {
      this.index ??= new Map(pairs.map((pair, at) => [pair.key, at]));
      const at = this.index.get(key);
      return at === undefined ? undefined : pairs[at];
    }
    for (let at = 0; at < pairs.length; at++) if (pairs[at]?.key === key) return pairs[at];
    return undefined;
  }

  get(key: string): YamlValue {
    return this.pair(key)?.value ?? null;
  }

  /** `null`: absent, or no text. */
  text(key: string): string | null {
    const value = this.pair(key)?.value;
    return typeof value === 'string' ? value : null;
  }
}

export interface YamlOptions {
  /** What the format's own tool does with a key that is there twice. */
  readonly duplicates: 'refuse' | 'last';
}

/**
 * The documents of a lock file that a machine has written: YAML without anchors, aliases, tags and keys that are no
 * scalars, which no package manager writes.
 * @throws ManifestError on those, on bad syntax, and on duplicate keys where they are refused
 */
export function yamlDocuments(text: string, options: YamlOptions): YamlDocuments {
  const { read, events } = eventsOf(text);
  return { documents: new Builder(read, events, options).documents(), lines: new LineCounter(read) };
}

export interface YamlDocuments {
  readonly documents: readonly YamlValue[];
  /** Of the offsets (`at`). */
  readonly lines: LineCounter;
}

/** A line of its own for the bracket that closes, as far left as the key: formatters write it so. */
const CLOSING = /^( *)([}\]],?)(?=\r?$)/gm;

/**
 * The package managers' parsers take a closing bracket that is not further right than its key, YAML 1.2 does not: it
 * is moved, which leaves the lines as they are.
 */
function eventsOf(read: string, again = true): { read: string; events: Event[] } {
  try {
    return { read, events: parseEvents(read, {}) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    if (again && error.reason === 'deficient indentation')
      return eventsOf(read.replace(CLOSING, '$1  $2'), false);
    const line = error.mark === undefined ? null : error.mark.line + 1;
    throw new ManifestError(`not valid YAML: ${error.reason}`, line, 'Write the lock file anew.');
  }
}

class Builder {
  private next = 0;

  constructor(
    private readonly text: string,
    private readonly events: readonly Event[],
    private readonly options: YamlOptions,
  ) {}

  documents(): readonly YamlValue[] {
    const all: YamlValue[] = [];
    while (this.next < this.events.length) {
      this.next++; // The document's own event.
      all.push(this.peek() === EVENT_ID.POP ? null : this.value());
      this.next++; // Its end.
    }
    return all;
  }

  private peek(): number | undefined {
    return this.events[this.next]?.type;
  }

  private value(): YamlValue {
    const event = this.events[this.next++];
    switch (event?.type) {
      case EVENT_ID.SCALAR:
        return this.scalar(event);
      case EVENT_ID.MAPPING:
        this.bare(event);
        return this.mapping(event.style === COLLECTION_STYLE_BLOCK);
      case EVENT_ID.SEQUENCE: {
        this.bare(event);
        const items: YamlValue[] = [];
        while (this.peek() !== EVENT_ID.POP) items.push(this.value());
        this.next++;
        return items;
      }
      case EVENT_ID.ALIAS:
        throw this.refused('an alias (*name)', event.anchorStart);
      default:
        throw new ManifestError('the file ends too early');
    }
  }

  private mapping(block: boolean): YamlMap {
    const pairs: YamlPair[] = [];
    while (this.peek() !== EVENT_ID.POP) {
      const event = this.events[this.next++];
      if (event?.type !== EVENT_ID.SCALAR) throw this.refused('a key that is no text', null);
      const key = this.scalar(event) ?? '';
      const at = event.valueStart;
      if (key === '<<' && block) throw this.refused('a merge key (<<)', at);
      pairs.push({ key, at, value: this.value() });
    }
    this.next++;
    return new YamlMap(this.unique(pairs));
  }

  /** @throws ManifestError on a key that is there twice, unless the last one counts */
  private unique(pairs: YamlPair[]): YamlPair[] {
    const last = lastOfEach(pairs);
    if (last === pairs || this.options.duplicates === 'last') return last;
    const seen = new Set<string>();
    for (const { key, at } of pairs) {
      if (seen.has(key))
        throw new ManifestError(
          `the key ${key} is there twice`,
          this.lineAt(at),
          'Write the lock file anew.',
        );
      seen.add(key);
    }
    return pairs;
  }

  private scalar(event: ScalarEvent): string | null {
    this.bare(event);
    const value = event.fast
      ? this.text.slice(event.valueStart, event.valueEnd)
      : getScalarValue(this.text, event);
    return value === '' && event.style === SCALAR_STYLE_PLAIN ? null : value;
  }

  /** Tags and anchors change what a value is: neither is read here. */
  private bare(event: { anchorStart: number; tagStart: number; tagEnd: number; anchorEnd: number }): void {
    if (event.anchorEnd > event.anchorStart) throw this.refused('an anchor (&name)', event.anchorStart);
    if (event.tagEnd > event.tagStart) throw this.refused('a tag (!name)', event.tagStart);
  }

  private refused(what: string, at: number | null): ManifestError {
    const line = at === null ? null : this.lineAt(at);
    return new ManifestError(`${what}: no package manager writes that`, line, 'Write the lock file anew.');
  }

  private lineAt(offset: number): number {
    let line = 1;
    for (let at = this.text.indexOf('\n'); at !== -1 && at < offset; at = this.text.indexOf('\n', at + 1))
      line++;
    return line;
  }
}

/** Of pairs with one key the last, in the place of the first; the same array where no key repeats. */
export function lastOfEach(pairs: YamlPair[]): YamlPair[] {
  if (pairs.length <= SHORT ? !repeats(pairs) : new Set(pairs.map(pair => pair.key)).size === pairs.length)
    return pairs;
  return [...new Map(pairs.map(pair => [pair.key, pair])).values()];
}

function repeats(pairs: readonly YamlPair[]): boolean {
  for (let at = 1; at < pairs.length; at++)
    for (let before = 0; before < at; before++) if (pairs[before]?.key === pairs[at]?.key) return true;
  return false;
}
