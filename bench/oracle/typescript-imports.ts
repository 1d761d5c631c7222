/**
 * The imports of a file by the TypeScript compiler's own syntax tree: an independent second opinion on
 * src/facts/imports/. It shares no code with it, and tells scopes apart in its own way.
 */
import ts from 'typescript';

export interface OracleSite {
  readonly specifier: string | null;
  readonly kind: string;
  readonly typeOnly: boolean;
  readonly form?: string;
  readonly at: number;
  readonly names?: readonly string[];
}

export type Oracle =
  | { readonly ok: true; readonly sites: readonly OracleSite[]; readonly problems: number }
  | { readonly ok: false; readonly message: string };

function scriptKind(path: string): ts.ScriptKind {
  if (/\.tsx$/i.test(path)) return ts.ScriptKind.TSX;
  return /\.[mc]?ts$/i.test(path) ? ts.ScriptKind.TS : ts.ScriptKind.JSX;
}

export function oracle(path: string, text: string): Oracle {
  let file: ts.SourceFile;
  try {
    file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, scriptKind(path));
  } catch (cause) {
    return { ok: false, message: String(cause) };
  }
  const sites: OracleSite[] = [];
  const add = (
    node: ts.Node,
    kind: string,
    more: {
      typeOnly?: boolean;
      form?: string;
      names?: readonly string[] | undefined;
      specifier?: string | null;
    } = {},
  ): void => {
    const { typeOnly = false, form, names, specifier } = more;
    sites.push({
      specifier: specifier !== undefined ? specifier : ts.isStringLiteralLike(node) ? node.text : null,
      kind,
      typeOnly,
      ...(form === undefined ? {} : { form }),
      at: node.getStart(file),
      ...(names === undefined ? {} : { names }),
    });
  };
  references(file, text, sites);

  const requires = /require|\\u/i.test(text);
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const clause = node.importClause;
      const bindings = clause?.namedBindings;
      const elements = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : [];
      const names = [
        ...(clause?.name === undefined ? [] : ['default']),
        ...(bindings !== undefined && ts.isNamespaceImport(bindings) ? ['*'] : []),
        ...elements.map(one => (one.propertyName ?? one.name).text),
      ];
      const inline =
        clause?.name === undefined && elements.length > 0 && elements.every(one => one.isTypeOnly);
      const typeOnly = clause?.isTypeOnly === true || inline;
      if (names.length === 0 && !typeOnly) add(node.moduleSpecifier, 'side-effect');
      else add(node.moduleSpecifier, typeOnly ? 'type' : 'value', { typeOnly, names });
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
      const clause = node.exportClause;
      const elements = clause !== undefined && ts.isNamedExports(clause) ? clause.elements : null;
      add(node.moduleSpecifier, 're-export', {
        typeOnly:
          node.isTypeOnly || (elements !== null && elements.length > 0 && elements.every(e => e.isTypeOnly)),
        names: elements === null ? ['*'] : elements.map(e => (e.propertyName ?? e.name).text),
      });
    } else if (ts.isImportEqualsDeclaration(node)) {
      const reference = node.moduleReference;
      if (ts.isExternalModuleReference(reference) && ts.isStringLiteral(reference.expression))
        add(reference.expression, node.isTypeOnly ? 'type' : 'require', {
          typeOnly: node.isTypeOnly,
          names: ['*'],
        });
    } else if (ts.isImportTypeNode(node)) {
      let first = node.qualifier;
      while (first !== undefined && ts.isQualifiedName(first)) first = first.left;
      const { argument } = node;
      add(ts.isLiteralTypeNode(argument) ? argument.literal : argument, 'type', {
        typeOnly: true,
        names: [first === undefined ? '*' : first.text],
      });
    } else if (ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name)) {
      if (!node.name.text.includes('*')) add(node.name, 'type', { typeOnly: true, form: 'declare-module' });
    } else if (ts.isCallExpression(node)) call(node, add, requires);
    ts.forEachChild(node, visit);
  };
  visit(file);
  sites.sort((a, b) => a.at - b.at);
  const problems = (file as unknown as { parseDiagnostics: readonly unknown[] }).parseDiagnostics.length;
  return { ok: true, sites, problems };
}

/** The compiler keeps the value's place without the quote: one character before it. */
function references(file: ts.SourceFile, text: string, sites: OracleSite[]): void {
  const quoteBefore = (pos: number): number =>
    text[pos] === '"' || text[pos] === "'" ? pos : /["']/.test(text[pos - 1] ?? '') ? pos - 1 : pos;
  for (const one of file.referencedFiles)
    sites.push({
      specifier: one.fileName,
      kind: 'type',
      typeOnly: true,
      form: 'reference-path',
      at: quoteBefore(one.pos),
    });
  for (const one of file.typeReferenceDirectives)
    sites.push({
      specifier: one.fileName,
      kind: 'type',
      typeOnly: true,
      form: 'reference-types',
      at: quoteBefore(one.pos),
    });
}

type Add = (
  node: ts.Node,
  kind: string,
  more?: { form?: string; names?: readonly string[] | undefined; specifier?: string | null },
) => void;

function call(node: ts.CallExpression, add: Add, requires: boolean): void {
  const [argument] = node.arguments;
  if (argument === undefined) return;
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword || isPhaseImport(node.expression)) {
    add(argument, 'dynamic', { names: namesTaken(node, false) });
    return;
  }
  globs(node, argument, add);
  if (!requires) return;
  const literal = ts.isStringLiteralLike(argument);
  const own = loader(node.expression);
  if (own !== null && (literal || own === 'require')) {
    add(argument, 'require', { names: namesTaken(node, true) });
    return;
  }
  const callee = strip(node.expression);
  const isResolve =
    (ts.isPropertyAccessExpression(callee) && callee.name.text === 'resolve') ||
    (ts.isElementAccessExpression(callee) &&
      ts.isStringLiteralLike(callee.argumentExpression) &&
      callee.argumentExpression.text === 'resolve');
  if (!isResolve) {
    context(node, argument, callee, add);
    return;
  }
  const host = loader((callee as ts.PropertyAccessExpression).expression);
  if (host !== null && (literal || host === 'require')) add(argument, 'require', { form: 'require-resolve' });
}

/** `require.context('./x', false)`, of webpack. */
function context(node: ts.CallExpression, argument: ts.Expression, callee: ts.Expression, add: Add): void {
  const member = memberOf(callee);
  if (member?.name !== 'context' || loader(member.of) !== 'require') return;
  const isFlat = node.arguments[1]?.kind === ts.SyntaxKind.FalseKeyword;
  const isKnown = isFlat && ts.isStringLiteralLike(argument);
  add(argument, 'dynamic', {
    form: 'glob',
    specifier: isKnown ? `${argument.text.replace(/\/+$/, '')}/*` : null,
  });
}

/** `import.meta.glob`, of Vite. */
function globs(node: ts.CallExpression, argument: ts.Expression, add: Add): void {
  const member = memberOf(strip(node.expression));
  if (member === null || !/^glob(?:Eager)?$/.test(member.name)) return;
  const of = strip(member.of);
  if (!ts.isMetaProperty(of) || of.keywordToken !== ts.SyntaxKind.ImportKeyword) return;
  for (const one of ts.isArrayLiteralExpression(argument) ? argument.elements : [argument])
    if (!ts.isStringLiteralLike(one) || !one.text.startsWith('!')) add(one, 'dynamic', { form: 'glob' });
}

function isPhaseImport(node: ts.Expression): boolean {
  return ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword;
}

/** `require`, something made by createRequire, or (`named`) something local that is only called `require`. */
function loader(expression: ts.Expression, depth = 0): 'require' | 'named' | null {
  if (depth > 8) return null;
  const node = strip(expression);
  if (ts.isIdentifier(node)) {
    const values = valuesOf(node);
    if (values === null) return node.text === 'require' ? 'require' : null;
    for (const value of values) if (loader(value, depth + 1) === 'require') return 'require';
    return node.text === 'require' ? 'named' : null;
  }
  if (ts.isConditionalExpression(node))
    return [node.whenTrue, node.whenFalse].some(one => loader(one, depth + 1) === 'require')
      ? 'require'
      : null;
  if (ts.isBinaryExpression(node) && /^(?:\|\||&&|\?\?)$/.test(node.operatorToken.getText()))
    return [node.left, node.right].some(one => loader(one, depth + 1) === 'require') ? 'require' : null;
  if (ts.isCallExpression(node)) return makesLoader(node.expression, depth + 1) ? 'require' : null;
  const member = memberOf(node);
  if (member?.name === 'require' && ts.isIdentifier(member.of))
    return /^(?:module|globalThis|global|window|self)$/.test(member.of.text) && valuesOf(member.of) === null
      ? 'require'
      : null;
  return null;
}

function makesLoader(expression: ts.Expression, depth: number): boolean {
  const node = strip(expression);
  if (memberOf(node)?.name === 'createRequire') return true;
  if (!ts.isIdentifier(node) || depth > 8) return false;
  if (node.text === 'createRequire') return true;
  const found = declarationOf(node, node.text);
  if (found !== null) {
    if (ts.isImportSpecifier(found)) return (found.propertyName ?? found.name).text === 'createRequire';
    if (ts.isBindingElement(found)) return (found.propertyName ?? found.name).getText() === 'createRequire';
  }
  return (valuesOf(node) ?? []).some(value => makesLoader(value, depth + 1));
}

function memberOf(node: ts.Expression): { readonly name: string; readonly of: ts.Expression } | null {
  if (ts.isPropertyAccessExpression(node)) return { name: node.name.text, of: node.expression };
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
    return { name: node.argumentExpression.text, of: node.expression };
  return null;
}

function strip(node: ts.Expression): ts.Expression {
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isExpressionWithTypeArguments(node)
  )
    return strip(node.expression);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken)
    return strip(node.right);
  return node;
}

type Declaring = ts.Node & { readonly name?: ts.Node };

/** The declaration that a name refers to, by walking outwards; ambient declarations are none. */
function declarationOf(from: ts.Node, name: string): ts.Node | null {
  for (let at: ts.Node | undefined = from.parent; at !== undefined; at = at.parent) {
    if (!ts.isFunctionLike(at) && !ts.isBlock(at) && !ts.isSourceFile(at) && !isLoopOrSwitch(at)) continue;
    const known = foundIn.get(at) ?? new Map<string, ts.Node | null>();
    foundIn.set(at, known);
    const found = known.get(name) ?? (known.has(name) ? null : findIn(at, name));
    known.set(name, found);
    if (found !== null) return found;
  }
  return null;
}

const foundIn = new WeakMap<ts.Node, Map<string, ts.Node | null>>();

function isLoopOrSwitch(node: ts.Node): boolean {
  return (
    ts.isForStatement(node) ||
    ts.isForInStatement(node) ||
    ts.isForOfStatement(node) ||
    ts.isCaseBlock(node) ||
    ts.isCatchClause(node) ||
    ts.isModuleBlock(node)
  );
}

function isAmbient(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent)
    if (ts.canHaveModifiers(at) && at.modifiers?.some(m => m.kind === ts.SyntaxKind.DeclareKeyword) === true)
      return true;
  return false;
}

function findIn(scope: ts.Node, name: string): ts.Node | null {
  let found: ts.Node | null = null;
  const look = (node: ts.Node, depth: number): void => {
    if (found !== null) return;
    const named = (node as Declaring).name;
    const declares =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isBindingElement(node) ||
      ts.isImportSpecifier(node) ||
      ts.isImportClause(node) ||
      ts.isNamespaceImport(node) ||
      ts.isImportEqualsDeclaration(node) ||
      (ts.isFunctionExpression(node) && node === scope);
    const body = (node as { body?: ts.Node }).body;
    const bodiless = ts.isFunctionDeclaration(node) && body === undefined;
    if (declares && !bodiless && named !== undefined && ts.isIdentifier(named) && named.text === name) {
      if (!isAmbient(node)) found = node;
      return;
    }
    const inner = ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node);
    if (node !== scope && inner) return;
    const blocks = ts.isBlock(node) || isLoopOrSwitch(node);
    ts.forEachChild(node, child => {
      const isBlockScoped = depth > 0 || (blocks && node !== scope);
      if (isBlockScoped) {
        look(child, depth + 1);
        // Only `var` is seen through a block.
        if (found !== null && !isVar(found)) found = null;
      } else look(child, depth);
    });
  };
  look(scope, 0);
  return found;
}

function isVar(node: ts.Node): boolean {
  const list = node.parent;
  return ts.isVariableDeclarationList(list) && (list.flags & ts.NodeFlags.BlockScoped) === 0;
}

/** Every value given to a name; `null`: the file does not declare it. */
function valuesOf(name: ts.Identifier): readonly ts.Expression[] | null {
  const declaration = declarationOf(name, name.text);
  if (declaration === null) return null;
  const values: ts.Expression[] = [];
  if (ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined)
    values.push(declaration.initializer);
  const look = (node: ts.Node): void => {
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isIdentifier(node.left) &&
      node.left.text === name.text &&
      declarationOf(node.left, name.text) === declaration
    )
      values.push(node.right);
    ts.forEachChild(node, look);
  };
  look(name.getSourceFile());
  return values;
}

function namesTaken(node: ts.CallExpression, isModule: boolean): readonly string[] | undefined {
  let child: ts.Node = node;
  let loaded = isModule;
  for (let parent = node.parent; ; parent = parent.parent) {
    if (ts.isAwaitExpression(parent)) loaded = true;
    else if (
      !(ts.isExpression(parent) && parent !== child && strip(parent) === strip(child as ts.Expression))
    )
      break;
    child = parent;
  }
  if (!loaded) return undefined;
  const above = child.parent;
  if (ts.isExpression(above)) {
    const member = memberOf(above);
    if (member !== null && member.of === child) return [member.name];
  }
  if (
    !ts.isVariableDeclaration(above) ||
    above.initializer !== child ||
    !ts.isObjectBindingPattern(above.name)
  )
    return undefined;
  const names: string[] = [];
  for (const element of above.name.elements) {
    const key = element.propertyName ?? element.name;
    if (element.dotDotDotToken !== undefined) return undefined;
    if (ts.isIdentifier(key) || ts.isStringLiteral(key)) names.push(key.text);
    else return undefined;
  }
  return names;
}
