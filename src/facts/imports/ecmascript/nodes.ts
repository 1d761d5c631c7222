import type { Node } from 'oxc-parser';

/** A node with the way back to the root. */
export interface Frame {
  readonly node: Node;
  readonly parent: Frame | null;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The nodes directly below one, in the order of its members. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) children.push(item);
    } else if (isNode(value)) children.push(value);
  }
  return children;
}

/** The expression inside parentheses, type assertions, `!`, `?.` and before-commas: what runs is the same. */
export function unwrap(node: Node): Node {
  for (let inner = node; ; ) {
    switch (inner.type) {
      case 'ParenthesizedExpression':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSTypeAssertion':
      case 'TSNonNullExpression':
      case 'TSInstantiationExpression':
      case 'ChainExpression':
        inner = inner.expression;
        break;
      case 'SequenceExpression': {
        const last = inner.expressions.at(-1);
        if (last === undefined) return inner;
        inner = last;
        break;
      }
      default:
        return inner;
    }
  }
}

/** The text of a string, or of a template without substitutions. */
export function literalText(node: Node): string | null {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? null;
  return null;
}

/** The name of a property that is read: `a.b`, `a['b']`. */
export function propertyOf(node: Node): string | null {
  if (node.type !== 'MemberExpression') return null;
  if (node.property.type === 'PrivateIdentifier') return null;
  return node.computed
    ? literalText(node.property)
    : node.property.type === 'Identifier'
      ? node.property.name
      : null;
}

function isSameValue(node: Node, child: Node): boolean {
  return node !== child && unwrap(node) === unwrap(child);
}

/**
 * The names taken from a module at the place where it is loaded: `require('x').a`, `const { a } = await
 * import('x')`. `undefined` when the place doesn't tell.
 */
export function takenNames(frame: Frame, kind: 'require' | 'dynamic'): readonly string[] | undefined {
  let { node, parent } = frame;
  let hasModule = kind === 'require';
  while (parent !== null) {
    if (parent.node.type === 'AwaitExpression') hasModule = true;
    else if (!isSameValue(parent.node, node)) break;
    ({ node, parent } = parent);
  }
  if (parent === null || !hasModule) return undefined;
  const above = parent.node;
  if (above.type === 'MemberExpression' && above.object === node) {
    const name = propertyOf(above);
    return name === null ? undefined : [name];
  }
  if (above.type !== 'VariableDeclarator' || above.init !== node || above.id.type !== 'ObjectPattern')
    return undefined;
  const names: string[] = [];
  for (const property of above.id.properties) {
    if (property.type !== 'Property' || property.computed) return undefined;
    const name = property.key.type === 'Identifier' ? property.key.name : literalText(property.key);
    if (name === null) return undefined;
    names.push(name);
  }
  return names;
}
