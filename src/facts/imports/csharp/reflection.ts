import type { Found } from '../ecmascript/found.js';
import { CODE } from '../tokens/characters.js';
import { KIND, type Tokens } from '../tokens/tokens.js';
import { stringValue } from './strings.js';

const LOADERS: ReadonlySet<string> = new Set([
  'Load',
  'LoadFrom',
  'LoadFile',
  'LoadWithPartialName',
  'UnsafeLoadFrom',
  'ReflectionOnlyLoad',
  'ReflectionOnlyLoadFrom',
]);

/** What a call looks up by name: a type or an assembly; `null`: neither. */
function formOf(segments: readonly string[]): 'type-name' | 'assembly' | null {
  const method = segments.at(-1) ?? '';
  const owner = segments.slice(0, -1).join('.');
  if (method === 'GetType' && (owner === 'Type' || owner === 'System.Type')) return 'type-name';
  const isAssembly = owner === 'Assembly' || owner === 'System.Reflection.Assembly';
  return isAssembly && LOADERS.has(method) ? 'assembly' : null;
}

/** `Type.GetType("A.B.C, Assembly")`, `Assembly.Load("A.B")`. @param first index of the first argument's token */
export function lookedUp(tokens: Tokens, segments: readonly string[], first: number): Found | null {
  const form = formOf(segments);
  if (form === null) return null;
  const base = { kind: 'dynamic', typeOnly: false, form, at: tokens.start(first) } as const;
  let name = '';
  for (let index = first; tokens.kind(index) === KIND.string; index += 2) {
    name += stringValue(tokens.raw(index));
    const next = tokens.kind(index + 1);
    if (next === CODE.close || next === CODE.comma) return { ...base, specifier: bareName(name) };
    if (next !== CODE.plus) break;
  }
  return { ...base, specifier: null };
}

/** Without the assembly, the version, generic arguments and arity; a nested type after a dot. */
function bareName(name: string): string {
  const end = name.search(/[,[`]/);
  return (end === -1 ? name : name.slice(0, end)).trim().replaceAll('+', '.');
}
