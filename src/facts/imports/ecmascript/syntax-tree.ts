import type { Node, ParseResult, ParserOptions, Program, Span } from 'oxc-parser';
import type { Extraction } from '../language.js';
import { type Found, finish, placeOf } from './found.js';
import { contextOf, globbedBy } from './globs.js';
import { childrenOf, type Frame, literalText, propertyOf, takenNames } from './nodes.js';
import { oxc } from './oxc.js';
import { readReferences } from './references.js';
import { declareIn, newScope, requireOf, type Scope, scopeBelow, settleAssignments } from './scopes.js';

/** The native parser recurses: past this depth of brackets it could run out of stack, and take the process along. */
const DEEPEST = 1000;

type Attempt = Required<Pick<ParserOptions, 'lang' | 'sourceType'>>;

/** How to read a file, the likeliest way first. TypeScript counts every `x.d.y.ts` as declarations. */
function attempts(path: string): readonly Attempt[] {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const extension = name.slice(name.lastIndexOf('.') + 1);
  if (extension === 'tsx') return both('tsx', 'module');
  if (extension === 'ts' || extension === 'mts' || extension === 'cts')
    return both(/\.d\.(?:.*\.)?[mc]?ts$/.test(name) ? 'dts' : 'ts', 'module');
  return both('jsx', extension === 'mjs' ? 'module' : 'unambiguous');
}

/** A script may `return` at its top level and use `await` as a name. */
function both(lang: Attempt['lang'], sourceType: Attempt['sourceType']): readonly Attempt[] {
  return [
    { lang, sourceType },
    { lang, sourceType: 'commonjs' },
  ];
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 40 || code === 91 || code === 123) {
      if (++depth > DEEPEST) return true;
    } else if ((code === 41 || code === 93 || code === 125) && depth > 0) depth--;
  }
  return false;
}

/**
 * A parser that gave up answers with an empty program. Errors beside a program are those of a compiler
 * (a `const` without a value): the tree is whole.
 */
function isRead(result: ParseResult): boolean {
  return result.errors.length === 0 || result.program.body.length > 0;
}

/** @returns `null`: the answer is no JSON, as with a JSX name that is written with `\u{…}` */
function parse(path: string, text: string, attempt: Attempt): ParseResult | null {
  try {
    return oxc().parseSync(path, text, { ...attempt, preserveParens: false });
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What a reading by offsets found, or why and where it failed. */
export type TreeReading =
  | { readonly ok: true; readonly found: readonly Found[] }
  | { readonly ok: false; readonly message: string; readonly at: number | null };

/** The imports of a text by its whole syntax tree. @param path its extension tells the language */
export function readFound(path: string, text: string): TreeReading {
  if (isTooDeep(text)) return { ok: false, message: `brackets are nested over ${DEEPEST} deep`, at: null };
  let first: ParseResult | null = null;
  for (const attempt of attempts(path)) {
    const result = parse(path, text, attempt);
    if (result === null) return { ok: false, message: 'what the parser answered can’t be read', at: null };
    if (isRead(result)) return { ok: true, found: importsOf(result.program, text) };
    first ??= result;
  }
  const error = first?.errors[0];
  return {
    ok: false,
    message: error?.message ?? 'the file can’t be parsed',
    at: error?.labels[0]?.start ?? null,
  };
}

/** The imports of a file by its whole syntax tree. */
export function readSyntaxTree(path: string, text: string): Extraction {
  const reading = readFound(path, text);
  if (reading.ok) return { ok: true, sites: finish(text, reading.found) };
  const place = reading.at === null ? { line: null, column: null } : placeOf(text, reading.at);
  return { ok: false, message: reading.message, ...place };
}

function importsOf(program: Program, text: string): readonly Found[] {
  const found: Found[] = [...readReferences(text).found];
  const root = newScope(null, true);
  const calls: { readonly frame: Frame; readonly scope: Scope }[] = [];
  // Scopes matter only to those who call require by some name, which may be spelled with escapes.
  const scoped = /require|\\/i.test(text);
  const stack: { readonly frame: Frame; readonly scope: Scope }[] = [
    { frame: { node: program, parent: null }, scope: root },
  ];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { frame, scope } = next;
    const { node } = frame;
    const declared = declaredImport(frame, text);
    if (declared !== null) found.push(declared);
    found.push(...globbedBy(node));
    let below = scope;
    if (scoped) {
      declareIn(node, scope);
      below = scopeBelow(node, scope);
      if (node.type === 'CallExpression') calls.push({ frame, scope });
    }
    for (const child of childrenOf(node)) stack.push({ frame: { node: child, parent: frame }, scope: below });
  }
  settleAssignments(root);
  for (const { frame, scope } of calls) {
    const required = requiredBy(frame, scope);
    if (required !== null) found.push(required);
  }
  return distinct(found);
}

/** The parser puts a node into the tree twice where a script turns out to be a module by its `await`. */
function distinct(found: readonly Found[]): readonly Found[] {
  const places = new Set(found.map(({ at }) => at));
  if (places.size === found.length) return found;
  return [...new Map(found.map(one => [JSON.stringify(one), one])).values()];
}

/** An edge that the syntax itself declares: everything but calls of `require`. */
function declaredImport(frame: Frame, text: string): Found | null {
  const { node } = frame;
  switch (node.type) {
    case 'ImportDeclaration': {
      const at = node.source.start;
      const specifier = node.source.value;
      const whole = node.importKind === 'type';
      if (node.specifiers.length === 0 && !whole)
        return { specifier, kind: 'side-effect', typeOnly: false, at };
      const typeOnly =
        whole || node.specifiers.every(one => one.type === 'ImportSpecifier' && one.importKind === 'type');
      const names = node.specifiers.map(one => {
        if (one.type === 'ImportSpecifier') return nameOf(one.imported);
        return one.type === 'ImportDefaultSpecifier' && node.phase !== 'source' ? 'default' : '*';
      });
      return { specifier, kind: typeOnly ? 'type' : 'value', typeOnly, at, names };
    }
    case 'ExportAllDeclaration':
      return {
        specifier: node.source.value,
        kind: 're-export',
        typeOnly: node.exportKind === 'type',
        at: node.source.start,
        names: ['*'],
      };
    case 'ExportNamedDeclaration': {
      if (node.source === null) return null;
      const inline = node.specifiers.length > 0 && node.specifiers.every(one => one.exportKind === 'type');
      return {
        specifier: node.source.value,
        kind: 're-export',
        typeOnly: node.exportKind === 'type' || inline,
        at: node.source.start,
        names: node.specifiers.map(one => nameOf(one.local)),
      };
    }
    case 'TSImportEqualsDeclaration': {
      if (node.moduleReference.type !== 'TSExternalModuleReference') return null;
      const { expression } = node.moduleReference;
      const typeOnly = node.importKind === 'type';
      const kind = typeOnly ? 'type' : 'require';
      return { specifier: expression.value, kind, typeOnly, at: expression.start, names: ['*'] };
    }
    case 'TSImportType': {
      let first = node.qualifier;
      while (first !== null && first.type === 'TSQualifiedName') first = first.left;
      const names = [first === null ? '*' : first.name];
      const at = node.source.start;
      return { specifier: typeSpecifier(text, at, node.source), kind: 'type', typeOnly: true, at, names };
    }
    case 'TSModuleDeclaration': {
      if (node.id.type !== 'Literal' || node.id.value.includes('*')) return null;
      return {
        specifier: node.id.value,
        kind: 'type',
        typeOnly: true,
        form: 'declare-module',
        at: node.id.start,
      };
    }
    case 'ImportExpression': {
      const names = takenNames(frame, 'dynamic');
      return {
        specifier: literalText(node.source),
        kind: 'dynamic',
        typeOnly: false,
        at: node.source.start,
        ...(names && { names }),
      };
    }
    default:
      return null;
  }
}

/** `import(`x`)` in a type is a mistake; the parser goes on with an empty string in the specifier's place. */
function typeSpecifier(text: string, at: number, { value, end }: Span & { value: string }): string | null {
  const written = text.slice(at, end);
  if (/^['"]/.test(written)) return value;
  return /^`[^`$\\]*`$/.test(written) ? written.slice(1, -1) : null;
}

function nameOf(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  return literalText(node) ?? '*';
}

/**
 * `require('x')`, `require.resolve('x')`. A literal counts even where `require` is a parameter: that is how
 * bundles and AMD modules write their imports. A computed one counts only when it is Node's own.
 */
function requiredBy(frame: Frame, scope: Scope): Found | null {
  const call = frame.node;
  if (call.type !== 'CallExpression') return null;
  const [argument] = call.arguments;
  if (argument === undefined) return null;
  let form: 'require-resolve' | null = null;
  let required = requireOf(call.callee, scope);
  if (required === null && call.callee.type === 'MemberExpression' && propertyOf(call.callee) === 'context')
    return requireOf(call.callee.object, scope) === 'require' ? contextOf(call) : null;
  if (required === null && call.callee.type === 'MemberExpression' && propertyOf(call.callee) === 'resolve') {
    required = requireOf(call.callee.object, scope);
    form = 'require-resolve';
  }
  if (required === null) return null;
  const specifier = literalText(argument);
  if (specifier === null && required === 'shadowed') return null;
  const names = form === null ? takenNames(frame, 'require') : undefined;
  return {
    specifier,
    kind: 'require',
    typeOnly: false,
    ...(form && { form }),
    at: argument.start,
    ...(names && { names }),
  };
}
