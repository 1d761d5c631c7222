import type { SyntaxNode } from './tree-sitter.js';
import type { TreeSite } from './tree-sitter-program.js';

const DOTTED: ReadonlySet<string> = new Set(['qualified_name', 'member_access_expression']);
const bare = (text: string): string => text.replace(/^@/, '');

interface Parts {
  readonly names: readonly SyntaxNode[];
  readonly isGlobal: boolean;
  /** Did type arguments end it, although a dot may follow? */
  readonly isCut: boolean;
}

/** The identifiers that plain dots join, from the leftmost on, up to the first that has type arguments. */
function partsOf(node: SyntaxNode): Parts | null {
  if (node.type === 'identifier') return { names: [node], isGlobal: false, isCut: false };
  if (node.type === 'generic_name') {
    const [name] = node.namedChildren;
    return name === undefined ? null : { names: [name], isGlobal: false, isCut: true };
  }
  if (node.type === 'alias_qualified_name') {
    const [alias, name] = node.namedChildren;
    const parts = name === undefined ? null : partsOf(name);
    return parts === null ? null : { ...parts, isGlobal: alias?.text === 'global' };
  }
  if (!DOTTED.has(node.type)) return null;
  const [left, , right] = node.children;
  const before = left === undefined ? null : partsOf(lastOperand(left));
  if (before === null || before.isCut || right === undefined) return before;
  const last = partsOf(right);
  return last === null ? null : { ...before, names: [...before.names, ...last.names], isCut: last.isCut };
}

/** The grammar reads `x is A.B` behind an `&&` as `(x is A).B`. */
function lastOperand(node: SyntaxNode): SyntaxNode {
  const isPattern = node.type === 'is_pattern_expression' || node.type.endsWith('_pattern');
  const last = isPattern ? node.namedChildren.at(-1) : undefined;
  return last === undefined ? node : lastOperand(last);
}

/** All identifiers of a name, without type arguments. */
function wholeName(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.type === 'identifier') return [node];
  if (node.type === 'generic_name') return node.namedChildren.slice(0, 1);
  if (node.type === 'alias_qualified_name') return node.namedChildren.slice(1).flatMap(wholeName);
  return DOTTED.has(node.type) ? node.namedChildren.flatMap(wholeName) : [];
}

function constant(node: SyntaxNode | undefined): string | null {
  if (node === undefined) return null;
  if (node.type === 'string_literal') return node.text.slice(1, -1);
  if (node.type === 'verbatim_string_literal') return node.text.slice(2, -1);
  if (node.type !== 'binary_expression' || node.children[1]?.type !== '+') return null;
  const parts = node.namedChildren.map(constant);
  return parts.includes(null) ? null : parts.join('');
}

/** Does the innermost bracket around it open with `[`? */
function isInBrackets(node: SyntaxNode): boolean {
  for (let at: SyntaxNode | null = node.parent, child = node; at !== null; child = at, at = at.parent) {
    const before = at.children.filter(one => one.endIndex <= child.startIndex);
    const opened = before.findLast(one => one.type === '[' || one.type === '(' || one.type === '{');
    if (
      opened !== undefined &&
      !before.some(one => one.startIndex > opened.startIndex && /^[\])}]$/.test(one.type))
    )
      return opened.type === '[';
  }
  return false;
}

const LOOK_UPS: readonly (readonly [RegExp, string])[] = [
  [/^(System\.)?Type\.GetType$/, 'type-name'],
  [
    /^(System\.Reflection\.)?Assembly\.(Load|LoadFrom|LoadFile|LoadWithPartialName|UnsafeLoadFrom|ReflectionOnlyLoad|ReflectionOnlyLoadFrom)$/,
    'assembly',
  ],
];

/** The grammar reads the assignment `A.B(x) = y` as the declaration of a pattern of type `A.B`. */
function isAssignedCall(owner: SyntaxNode | null | undefined): boolean {
  const pattern =
    owner?.type === 'variable_declaration' ? owner.namedChildren[1]?.namedChildren[0] : undefined;
  return pattern?.type === 'tuple_pattern';
}

class Reader {
  readonly sites: TreeSite[] = [];
  private readonly seen = new Set<string>();
  private namespace = '';
  private lastLeaf = '';

  private add(form: string, names: readonly SyntaxNode[], isGlobal: boolean, shown: readonly string[]): void {
    const [first] = names;
    if (first === undefined) return;
    const specifier = names.map(name => bare(name.text)).join('.');
    const where = isGlobal || this.namespace === '' ? form : `${form}@${this.namespace}`;
    if (form === 'qualified' && this.seen.has(`${where} ${specifier}`)) return;
    this.seen.add(`${where} ${specifier}`);
    this.sites.push({
      specifier,
      kind: 'value',
      ...(where === 'using' ? {} : { form: where }),
      names: shown,
      at: first.startIndex,
    });
  }

  visit(node: SyntaxNode): void {
    if (node.type === 'comment' || node.type === 'ERROR') return;
    switch (node.type) {
      case 'extern_alias_directive':
        this.add('extern', node.namedChildren, true, []);
        return;
      case 'using_directive':
        this.using(node);
        return;
      case 'namespace_declaration':
      case 'file_scoped_namespace_declaration':
        this.within(node);
        return;
      case 'preproc_if':
      case 'preproc_elif':
        this.branch(node);
        return;
    }
    this.chain(node);
    if (node.type === 'invocation_expression') this.lookUp(node);
    this.children(node.children);
    if (node.children.length === 0) this.lastLeaf = node.text;
  }

  private children(nodes: readonly SyntaxNode[]): void {
    for (const child of nodes) this.visit(child);
  }

  private branch(node: SyntaxNode): void {
    const isDead = node.namedChildren[0]?.text === 'false';
    const outer = this.namespace;
    for (const child of node.namedChildren.slice(1)) {
      if (child.type === 'preproc_elif' || child.type === 'preproc_else') this.namespace = outer;
      if (!isDead || child.type === 'preproc_elif' || child.type === 'preproc_else') this.visit(child);
    }
  }

  private within(node: SyntaxNode): void {
    const name = node.childForFieldName('name');
    const outer = this.namespace;
    const own =
      name === null
        ? ''
        : wholeName(name)
            .map(part => bare(part.text))
            .join('.');
    const isFile = node.type === 'file_scoped_namespace_declaration';
    this.namespace = outer === '' || isFile ? own : `${outer}.${own}`;
    this.children(node.children.filter(child => child.startIndex !== name?.startIndex));
    // What follows a file-scoped declaration lies in it.
    if (!isFile) this.namespace = outer;
  }

  private using(node: SyntaxNode): void {
    if (node.hasError) return;
    const isAlias = node.children.some(child => child.type === '=');
    const isStatic = node.children.some(child => child.type === 'static');
    let target = node.namedChildren.at(-1);
    while (target !== undefined && /^(pointer|nullable|array)_type$/.test(target.type))
      [target] = target.namedChildren;
    if (target === undefined) return;
    const names = wholeName(target);
    const isGlobal = /^\w+\s*::/.test(target.text);
    const last = names.slice(-1).map(name => bare(name.text));
    this.add(isAlias ? 'alias' : isStatic ? 'static' : 'using', names, isGlobal, isAlias ? last : ['*']);
    this.arguments(target, names.length > 0);
  }

  /** Type arguments within a directive's name. */
  private arguments(node: SyntaxNode, isName: boolean): void {
    if (!isName || node.type === 'type_argument_list') this.visit(node);
    else for (const child of node.namedChildren) this.arguments(child, true);
  }

  private chain(node: SyntaxNode): void {
    const { parent } = node;
    const isExplicit = parent?.type === 'explicit_interface_specifier';
    if (!DOTTED.has(node.type) && !(isExplicit && node.type === 'identifier')) return;
    if (parent !== null && DOTTED.has(parent.type) && parent.startIndex === node.startIndex) return;
    const parts = partsOf(node);
    if (parts === null) return;
    const owner = isExplicit ? parent.parent : parent;
    const member = isExplicit && !parts.isCut ? owner?.childForFieldName('name') : null;
    const names = member === null || member === undefined ? parts.names : [...parts.names, member];
    const upper = names.findIndex(name => !/^\p{Lu}/u.test(bare(name.text)));
    let capitals = upper === -1 ? names : names.slice(0, upper);
    const isCall = isExplicit
      ? member !== null &&
        owner?.type === 'method_declaration' &&
        owner.childForFieldName('type_parameters') === null
      : (owner?.type === 'invocation_expression' && owner.startIndex === node.startIndex && !parts.isCut) ||
        isAssignedCall(owner);
    const isListed = this.lastLeaf === ',' && isInBrackets(node);
    const isMethod = isCall && !isListed && !/^(?:new|is|case|not|or|and|\[|:|::)$/.test(this.lastLeaf);
    if (isMethod && upper === -1) capitals = capitals.slice(0, -1);
    if (capitals.length > 1)
      this.add('qualified', capitals, parts.isGlobal, [bare(capitals.at(-1)?.text ?? '')]);
  }

  private lookUp(node: SyntaxNode): void {
    const [called, list] = node.namedChildren;
    const form = LOOK_UPS.find(([pattern]) => pattern.test(called?.text.replace(/^global::/, '') ?? ''))?.[1];
    const argument = list?.namedChildren.find(child => child.type === 'argument');
    if (form === undefined || argument === undefined) return;
    const value = constant(argument.namedChildren.at(-1));
    const specifier =
      value === null
        ? null
        : value
            .replace(/[,[`].*$/s, '')
            .trim()
            .replaceAll('+', '.');
    this.sites.push({ specifier, kind: 'dynamic', form, at: argument.startIndex });
  }
}

/** What tree-sitter-c-sharp sees of imports. */
export function csharpSites(root: SyntaxNode): readonly TreeSite[] {
  const reader = new Reader();
  reader.visit(root);
  return reader.sites;
}
