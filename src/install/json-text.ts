/**
 * Sets or removes one string member in JSON text, leaving every other byte as it is: indentation, key order,
 * line ends and arrays on one line survive, which re-serialising would change.
 */
import { isMap, isPair, type Pair, type ParsedNode, parseDocument } from 'yaml';

/** @returns the text with `keys` set to `value`; `null` when the text has no place for it (a parent is no object). */
export function setJsonMember(
  text: string,
  keys: readonly [string, ...string[]],
  value: string,
): string | null {
  const [key, ...rest] = keys;
  return setIn(text, objectAt(text, []), [key, ...rest], value);
}

interface JsonObject {
  /** Offset of `{`, and one past `}`. */
  readonly start: number;
  readonly end: number;
  readonly members: readonly Member[];
}

interface Member {
  readonly key: string;
  /** Offset of the key's quote, and one past the value. */
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
  readonly value: unknown;
}

function setIn(
  text: string,
  object: JsonObject | null,
  keys: readonly [string, ...string[]],
  value: string,
  parents: readonly string[] = [],
): string | null {
  if (object === null) return null;
  const [key, next, ...deeper] = keys;
  const member = object.members.find(one => one.key === key);
  if (next === undefined) {
    const json = JSON.stringify(value);
    return member === undefined
      ? insert(text, object, key, json)
      : text.slice(0, member.valueStart) + json + text.slice(member.end);
  }
  if (member !== undefined)
    return setIn(text, objectAt(text, [...parents, key]), [next, ...deeper], value, [...parents, key]);
  const nested = nest([next, ...deeper], value, indentOf(text, object), lineEnd(text));
  return insert(text, object, key, nested);
}

/** Removes a member, and its parent too where that leaves an empty object behind and `dropEmpty` says so. */
export function removeJsonMember(
  text: string,
  keys: readonly [string, ...string[]],
  empty: 'keep-empty' | 'drop-empty' = 'keep-empty',
): string {
  const parents = keys.slice(0, -1);
  const object = objectAt(text, parents);
  const index = object?.members.findIndex(one => one.key === keys.at(-1)) ?? -1;
  const member = object?.members[index];
  if (object === null || member === undefined) return text;
  const [parent, ...others] = parents;
  if (object.members.length === 1 && empty === 'drop-empty' && parent !== undefined)
    return removeJsonMember(text, [parent, ...others], 'keep-empty');
  const previous = object.members[index - 1];
  const next = object.members[index + 1];
  // The comma that goes is the one before the member, or the one after the first.
  if (previous !== undefined) return text.slice(0, previous.end) + text.slice(member.end);
  if (next !== undefined) return text.slice(0, member.start) + text.slice(next.start);
  return `${text.slice(0, object.start)}{}${text.slice(object.end)}`;
}

/** JSON is YAML's flow style: `yaml` gives the offsets. */
function objectAt(text: string, keys: readonly string[]): JsonObject | null {
  const document = parseDocument<ParsedNode>(text, { strict: false, uniqueKeys: false });
  const node = keys.length === 0 ? document.contents : document.getIn(keys, true);
  if (!isMap(node) || node.range === undefined || node.range === null) return null;
  const members: Member[] = [];
  for (const pair of node.items) {
    const member = isPair(pair) ? memberOf(pair as Pair<ParsedNode, ParsedNode | null>) : null;
    if (member === null) return null;
    members.push(member);
  }
  return { start: node.range[0], end: node.range[1], members };
}

function memberOf(pair: Pair<ParsedNode, ParsedNode | null>): Member | null {
  const key = pair.key.range;
  const value = pair.value?.range;
  if (!key || !value) return null;
  return {
    key: String(pair.key.toJSON()),
    start: key[0],
    valueStart: value[0],
    end: value[1],
    value: pair.value?.toJSON(),
  };
}

function insert(text: string, object: JsonObject, key: string, json: string): string {
  const last = object.members.at(-1);
  const line = `${JSON.stringify(key)}: ${json}`;
  if (last !== undefined) {
    // As far in as its neighbour; on one line where they all are.
    const gap = /[\t ]*$/.exec(text.slice(0, last.start))?.[0] ?? '';
    const before = text.slice(0, last.start - gap.length);
    const separator = before.endsWith('\n') ? lineEnd(text) + gap : ' ';
    return `${text.slice(0, last.end)},${separator}${line}${text.slice(last.end)}`;
  }
  const end = lineEnd(text);
  const outer = /(?:^|\n)([\t ]*)[^\n]*$/.exec(text.slice(0, object.start))?.[1] ?? '';
  return `${text.slice(0, object.start)}{${end}${outer}${unit(text)}${line}${end}${outer}}${text.slice(object.end)}`;
}

function nest(keys: readonly [string, ...string[]], value: string, indent: string, end: string): string {
  const [key, next, ...deeper] = keys;
  const inner =
    next === undefined ? JSON.stringify(value) : nest([next, ...deeper], value, indent + indent, end);
  return `{${end}${indent}${indent}${JSON.stringify(key)}: ${inner}${end}${indent}}`;
}

function indentOf(text: string, object: JsonObject): string {
  const first = object.members[0];
  const gap = first === undefined ? null : /\n([\t ]+)$/.exec(text.slice(0, first.start));
  return gap?.[1] ?? unit(text);
}

function unit(text: string): string {
  return /\n([\t ]+)"/.exec(text)?.[1] ?? '  ';
}

function lineEnd(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
