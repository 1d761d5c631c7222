import type { Node } from 'oxc-parser';
import { literalText, propertyOf, unwrap } from './nodes.js';

/** What a name was bound to, as far as it can matter to `require`. */
interface Binding {
  /** Every expression that is assigned to it. */
  readonly values: { readonly node: Node; readonly scope: Scope }[];
  /** It is the member of this name of some module or object: `import { createRequire as c }`, `const { x } = y`. */
  readonly member: string | null;
}

export interface Scope {
  readonly parent: Scope | null;
  /** `var` and functions end up in the nearest such scope. */
  readonly isFunction: boolean;
  readonly bindings: Map<string, Binding>;
}

export function newScope(parent: Scope | null, isFunction: boolean): Scope {
  return { parent, isFunction, bindings: new Map() };
}

function bind(scope: Scope, name: string, member: string | null = null): Binding {
  const known = scope.bindings.get(name);
  if (known !== undefined) return known;
  const binding: Binding = { values: [], member };
  scope.bindings.set(name, binding);
  return binding;
}

function lookUp(scope: Scope, name: string): Binding | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const binding = at.bindings.get(name);
    if (binding !== undefined) return binding;
  }
  return null;
}

function bindPattern(scope: Scope, pattern: Node, member: string | null = null): void {
  switch (pattern.type) {
    case 'Identifier':
      bind(scope, pattern.name, member);
      break;
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') bindPattern(scope, property.argument);
        else {
          const key =
            property.key.type === 'Identifier' && !property.computed
              ? property.key.name
              : literalText(property.key);
          bindPattern(scope, property.value, key);
        }
      }
      break;
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element !== null) bindPattern(scope, element);
      break;
    case 'AssignmentPattern':
      bindPattern(scope, pattern.left, member);
      break;
    case 'RestElement':
      bindPattern(scope, pattern.argument);
      break;
    case 'TSParameterProperty':
      bindPattern(scope, pattern.parameter);
      break;
  }
}

/** The scope that a node opens for what stands below it; the node's own parameters are bound in it. */
export function scopeBelow(node: Node, scope: Scope): Scope {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression': {
      const inner = newScope(scope, true);
      if (node.type === 'FunctionExpression' && node.id !== null) bind(inner, node.id.name);
      for (const parameter of node.params) bindPattern(inner, parameter);
      return inner;
    }
    case 'TSModuleBlock':
    case 'StaticBlock':
      return newScope(scope, true);
    case 'BlockStatement':
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'SwitchStatement':
      return newScope(scope, false);
    case 'CatchClause': {
      const inner = newScope(scope, false);
      if (node.param !== null) bindPattern(inner, node.param);
      return inner;
    }
    default:
      return scope;
  }
}

/** Binds what a node declares or assigns in the scope that it stands in. `declare const require` binds nothing. */
export function declareIn(node: Node, scope: Scope): void {
  switch (node.type) {
    case 'VariableDeclaration': {
      if (node.declare === true) return;
      let target = scope;
      if (node.kind === 'var') while (!target.isFunction && target.parent !== null) target = target.parent;
      for (const { id, init } of node.declarations) {
        if (id.type !== 'Identifier') bindPattern(target, id);
        else {
          const binding = bind(target, id.name);
          if (init !== null) binding.values.push({ node: init, scope });
        }
      }
      break;
    }
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      if (node.id !== null && !(node.type === 'ClassDeclaration' && node.declare === true))
        bind(scope, node.id.name);
      break;
    case 'ImportDeclaration':
      for (const specifier of node.specifiers) {
        const imported = specifier.type === 'ImportSpecifier' ? specifier.imported : null;
        const member =
          imported === null ? null : imported.type === 'Identifier' ? imported.name : imported.value;
        bind(scope, specifier.local.name, member);
      }
      break;
    case 'TSImportEqualsDeclaration':
      bind(scope, node.id.name);
      break;
    case 'AssignmentExpression':
      // Before its declaration has been seen, perhaps: looked up by name when the question comes.
      if (node.left.type === 'Identifier') assigned(scope, node.left.name, node.right);
      break;
  }
}

const assignments = new WeakMap<
  Scope,
  { readonly name: string; readonly node: Node; readonly scope: Scope }[]
>();

function assigned(scope: Scope, name: string, node: Node): void {
  const root = rootOf(scope);
  const list = assignments.get(root) ?? [];
  list.push({ name, node, scope });
  assignments.set(root, list);
}

function rootOf(scope: Scope): Scope {
  let root = scope;
  while (root.parent !== null) root = root.parent;
  return root;
}

/** Hands every assignment to the binding that it assigns to. To be called when the whole tree has been seen. */
export function settleAssignments(root: Scope): void {
  for (const { name, node, scope } of assignments.get(root) ?? [])
    lookUp(scope, name)?.values.push({ node, scope });
}

const HOSTS = new Set(['module', 'globalThis', 'global', 'window', 'self']);

/**
 * Is this expression Node's `require`, whatever it is called? `shadowed`: it is called `require`, but is bound
 * in the file to something else.
 */
export function requireOf(
  expression: Node,
  scope: Scope,
  seen: ReadonlySet<Binding> = new Set(),
): 'require' | 'shadowed' | null {
  const node = unwrap(expression);
  switch (node.type) {
    case 'Identifier': {
      const binding = lookUp(scope, node.name);
      const isNamed = node.name === 'require';
      if (binding === null) return isNamed ? 'require' : null;
      if (!seen.has(binding)) {
        const deeper = new Set([...seen, binding]);
        for (const value of binding.values)
          if (requireOf(value.node, value.scope, deeper) === 'require') return 'require';
      }
      return isNamed ? 'shadowed' : null;
    }
    case 'MemberExpression':
      return propertyOf(node) === 'require' &&
        node.object.type === 'Identifier' &&
        HOSTS.has(node.object.name) &&
        lookUp(scope, node.object.name) === null
        ? 'require'
        : null;
    case 'CallExpression':
      return isCreateRequire(node.callee, scope, seen) ? 'require' : null;
    case 'ConditionalExpression':
      return either(node.consequent, node.alternate, scope, seen);
    case 'LogicalExpression':
      return either(node.left, node.right, scope, seen);
    default:
      return null;
  }
}

function either(one: Node, other: Node, scope: Scope, seen: ReadonlySet<Binding>): 'require' | null {
  const found = requireOf(one, scope, seen) === 'require' || requireOf(other, scope, seen) === 'require';
  return found ? 'require' : null;
}

/** `createRequire` of `node:module`, by its own name or one that the file gave it. */
function isCreateRequire(expression: Node, scope: Scope, seen: ReadonlySet<Binding>): boolean {
  const node = unwrap(expression);
  if (node.type === 'MemberExpression') return propertyOf(node) === 'createRequire';
  if (node.type !== 'Identifier') return false;
  const binding = lookUp(scope, node.name);
  if (node.name === 'createRequire' || binding === null) return node.name === 'createRequire';
  if (binding.member === 'createRequire') return true;
  if (seen.has(binding)) return false;
  const deeper = new Set([...seen, binding]);
  return binding.values.some(value => isCreateRequire(value.node, value.scope, deeper));
}
