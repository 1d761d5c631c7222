import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { ManifestError } from '../format.js';
import { conflictLine, LineCounter } from '../lines.js';

export interface XmlElement {
  readonly name: string;
  /** Decoded, by name. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text, decoded and trimmed, without that of its children. */
  readonly text: string;
  /** 1-based, of its start tag. */
  readonly line: number;
}

const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';
const POSITION = XMLParser.getMetaDataSymbol() as unknown as symbol;
const REMEDY = 'correct the XML';

/** References stay in the text, to be decoded here: the library leaves numeric ones, and unknown ones, as they are. */
const PARSER = new XMLParser({
  preserveOrder: true,
  captureMetaData: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  cdataPropName: CDATA,
});

/** @throws ManifestError where it is not one well-formed element */
export function readXml(text: string): XmlElement {
  const conflict = conflictLine(text);
  if (conflict !== null) throw new ManifestError('it holds conflict markers', conflict, 'finish the merge');
  const valid = XMLValidator.validate(text);
  if (valid !== true)
    throw new ManifestError(`it is not valid XML: ${valid.err.msg}`, valid.err.line, REMEDY);
  let parsed: unknown;
  try {
    parsed = PARSER.parse(text);
  } catch (error) {
    throw new ManifestError(`it is not valid XML: ${(error as Error).message}`, null, REMEDY);
  }
  const roots = nodesOf(parsed).filter(node => tagOf(node)?.startsWith('?') === false);
  const [root] = roots;
  if (root === undefined || roots.length > 1)
    throw new ManifestError('it is not valid XML: it has not one root element', null, REMEDY);
  refuseRest(text, positionOf(root).end);
  return element(root, new LineCounter(text));
}

type Node = Readonly<Record<string | symbol, unknown>>;

function nodesOf(value: unknown): readonly Node[] {
  return Array.isArray(value) ? (value as Node[]) : [];
}

/** `null`: it is text. */
function tagOf(node: Node): string | null {
  const name = Object.keys(node).find(key => key !== ATTRIBUTES);
  return name === undefined || name === TEXT || name === CDATA ? null : name;
}

function positionOf(node: Node): { readonly start: number; readonly end: number | null } {
  const found = node[POSITION] as { startIndex?: number; endIndex?: number } | undefined;
  return { start: found?.startIndex ?? 0, end: found?.endIndex ?? null };
}

function element(node: Node, lines: LineCounter): XmlElement {
  const name = tagOf(node) ?? '';
  const line = lines.lineAt(positionOf(node).start);
  const attributes = new Map<string, string>();
  const written = (node[ATTRIBUTES] ?? {}) as Readonly<Record<string, unknown>>;
  for (const [key, value] of Object.entries(written)) attributes.set(key, decode(String(value), line));
  const children: XmlElement[] = [];
  let text = '';
  for (const child of nodesOf(node[name])) {
    if (child[TEXT] !== undefined) text += decode(String(child[TEXT]), line);
    else if (child[CDATA] !== undefined)
      text += nodesOf(child[CDATA])
        .map(part => String(part[TEXT] ?? ''))
        .join('');
    else if (tagOf(child)?.startsWith('?') === false) children.push(element(child, lines));
  }
  return { name, attributes, children, text: text.trim(), line };
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function decode(text: string, line: number): string {
  let at = text.indexOf('&');
  if (at === -1) return text;
  let decoded = '';
  let from = 0;
  for (; at !== -1; at = text.indexOf('&', from)) {
    const end = text.indexOf(';', at);
    const name = end === -1 ? '' : text.slice(at + 1, end);
    const value = name.startsWith('#') ? numbered(name.slice(1)) : NAMED.get(name);
    if (value === undefined)
      throw new ManifestError('it is not valid XML: an entity that XML does not define', line, REMEDY);
    decoded += text.slice(from, at) + value;
    from = end + 1;
  }
  return decoded + text.slice(from);
}

function numbered(digits: string): string | undefined {
  const hexadecimal = /^x[0-9a-fA-F]{1,6}$/.test(digits);
  if (!hexadecimal && !/^[0-9]{1,7}$/.test(digits)) return undefined;
  const code = Number.parseInt(hexadecimal ? digits.slice(1) : digits, hexadecimal ? 16 : 10);
  return code === 0 || code > 0x10ffff ? undefined : String.fromCodePoint(code);
}

/** The validator lets text stand behind the root element. */
function refuseRest(text: string, end: number | null): void {
  let at = end ?? text.length;
  for (;;) {
    while (at < text.length && text.charCodeAt(at) <= 32) at++;
    if (at >= text.length) return;
    const close = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '?>' : null;
    const stop = close === null ? -1 : text.indexOf(close, at);
    if (close === null || stop === -1)
      throw new ManifestError(
        'it is not valid XML: text behind the root element',
        new LineCounter(text).lineAt(at),
        REMEDY,
      );
    at = stop + close.length;
  }
}

/** The first child of that name. */
export function childOf(parent: XmlElement | null, name: string): XmlElement | null {
  return parent?.children.find(child => child.name === name) ?? null;
}

export function childrenOf(parent: XmlElement | null, name: string): readonly XmlElement[] {
  return parent?.children.filter(child => child.name === name) ?? [];
}
