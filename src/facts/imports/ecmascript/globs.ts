import type { Node } from 'oxc-parser';
import type { Found } from './found.js';
import { literalText, propertyOf, unwrap } from './nodes.js';

function dynamic(specifier: string | null, at: number): Found {
  return { specifier, kind: 'dynamic', typeOnly: false, form: 'glob', at };
}

/** Vite's `import.meta.glob('./x/*.ts')`: one import for each pattern. What a pattern takes away is none. */
export function globbedBy(call: Node): readonly Found[] {
  if (call.type !== 'CallExpression') return [];
  const callee = unwrap(call.callee);
  const name = propertyOf(callee);
  if (callee.type !== 'MemberExpression' || (name !== 'glob' && name !== 'globEager')) return [];
  const of = unwrap(callee.object);
  if (of.type !== 'MetaProperty' || of.meta.name !== 'import') return [];
  const [argument] = call.arguments;
  if (argument === undefined) return [];
  const patterns: readonly (Node | null)[] =
    argument.type === 'ArrayExpression' ? argument.elements : [argument];
  return patterns.flatMap(one => {
    if (one === null) return [];
    const pattern = literalText(one);
    return pattern?.startsWith('!') ? [] : [dynamic(pattern, one.start)];
  });
}

/**
 * webpack's `require.context('./x', false, /re/)`: the files of one folder. With the folders below, as is usual,
 * they are known only to the bundler.
 */
export function contextOf(call: Node): Found | null {
  if (call.type !== 'CallExpression') return null;
  const [folder, deep] = call.arguments;
  if (folder === undefined) return null;
  const written = literalText(folder);
  const isFlat = deep?.type === 'Literal' && deep.value === false;
  return dynamic(written !== null && isFlat ? `${written.replace(/\/+$/, '')}/*` : null, folder.start);
}
