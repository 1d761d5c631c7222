/**
 * Counts violations of import rules a second time, by other means than lintel's, and compares edge by edge
 * with `check --all` at HEAD:
 *
 *     node --import tsx bench/real/independent.ts --repo PATH --set theia|void
 *
 * Nothing of lintel's is used here: imports come from the TypeScript compiler's syntax tree, targets from a few
 * lines that know this one repository's habits, rules are regular expressions over paths. Next to the set's own
 * rules it counts broad ones (`broad.ts`) that thousands of edges violate. Exits with 1 when an edge differs.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import type { Verdict } from '../../src/model/verdict.js';
import { listBlobs, readBlobs } from '../oracle/blobs.js';
import { BROAD, type Counted, EXPLAINED, OWN } from './broad.js';
import { PolicyClone } from './synthetic.js';

const { values } = parseArgs({
  options: { repo: { type: 'string' }, set: { type: 'string' }, cli: { type: 'string' } },
});
if (values.repo === undefined || (values.set !== 'theia' && values.set !== 'void'))
  throw new Error('--repo PATH and --set theia|void are needed');
const repo = values.repo;
const set: 'theia' | 'void' = values.set;
const cli = values.cli ?? join(import.meta.dirname, '../../dist/cli.js');

interface Written {
  /** `null`: computed. */
  readonly specifier: string | null;
  readonly typeOnly: boolean;
}

function imports(path: string, text: string): readonly Written[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Written[] = [];
  const add = (node: ts.Node | undefined, typeOnly: boolean): void => {
    if (node !== undefined)
      found.push({ specifier: ts.isStringLiteralLike(node) ? node.text : null, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const clause = node.importClause;
      const named = clause?.namedBindings;
      const allInline =
        clause?.name === undefined &&
        named !== undefined &&
        ts.isNamedImports(named) &&
        named.elements.length > 0 &&
        named.elements.every(element => element.isTypeOnly);
      add(node.moduleSpecifier, clause?.isTypeOnly === true || allInline);
    } else if (ts.isExportDeclaration(node)) {
      const clause = node.exportClause;
      const allInline =
        clause !== undefined &&
        ts.isNamedExports(clause) &&
        clause.elements.length > 0 &&
        clause.elements.every(element => element.isTypeOnly);
      add(node.moduleSpecifier, node.isTypeOnly || allInline);
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference))
      add(node.moduleReference.expression, node.isTypeOnly);
    else if (ts.isImportTypeNode(node))
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    else if (ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name)) add(node.name, true);
    else if (ts.isCallExpression(node)) {
      const callee = node.expression;
      const isRequire =
        (ts.isIdentifier(callee) && callee.text === 'require') ||
        (ts.isPropertyAccessExpression(callee) &&
          ts.isIdentifier(callee.expression) &&
          callee.expression.text === 'require' &&
          callee.name.text === 'resolve');
      if ((isRequire || callee.kind === ts.SyntaxKind.ImportKeyword) && node.arguments.length > 0)
        add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const blobs = listBlobs(repo, 'HEAD');
const paths = new Set(blobs.map(({ path }) => path));
const folderOfPackage = new Map<string, string>();
const mainOfPackage = new Map<string, string>();

/** The habits of these two repositories, no more. */
function target(from: string, specifier: string): string {
  let path: string | null = specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : null;
  const [, name = '', below] = /^(@theia\/[^/]+)(?:\/(.+)|\/)?$/.exec(specifier) ?? [];
  const folder = folderOfPackage.get(name);
  if (folder !== undefined)
    path = posix.join(folder, (below ?? mainOfPackage.get(name) ?? 'index').replace(/^lib\//, 'src/'));
  if (path === null)
    return /^(?:node:|(?:fs|child_process)$)/.test(specifier)
      ? `node:${specifier.replace('node:', '')}`
      : `npm:${specifier}`;
  const stem = path.replace(/\.jsx?$/, '').replace(/\/$/, '');
  for (const end of ['.ts', '.tsx', '.d.ts', '/index.ts', '/index.tsx', '/index.d.ts', '.js', '/index.js'])
    if (paths.has(stem + end)) return stem + end;
  return path;
}

for (const [blob, text] of readBlobs(
  repo,
  blobs.filter(({ path }) => /^(?:dev-)?packages\/[^/]+\/package\.json$/.test(path)),
)) {
  const {
    name,
    types,
    typings = types,
    main,
  } = JSON.parse(text) as { readonly [key: string]: string | undefined };
  if (name === undefined) continue;
  folderOfPackage.set(name, posix.dirname(blob.path));
  mainOfPackage.set(name, (typings ?? main ?? 'index').replace(/^\.\//, '').replace(/(?:\.d)?\.[jt]s$/, ''));
}

const counted: readonly Counted[] = [...OWN[set], ...BROAD[set]];
const independent = new Map<string, Set<string>>(
  counted.map(({ invariant }) => [invariant, new Set<string>()]),
);
for (const [{ path }, text] of readBlobs(
  repo,
  blobs.filter(({ path }) => /\.[cm]?[jt]sx?$/.test(path)),
)) {
  const rules = counted.filter(({ from, except }) => from.test(path) && !except?.test(path));
  if (rules.length === 0) continue;
  for (const { specifier, typeOnly } of imports(path, text)) {
    const to = specifier === null ? 'computed' : target(path, specifier);
    for (const rule of rules)
      if (to === 'computed' || (rule.to.test(to) && rule.sameSide?.(path, to) !== true))
        independent.get(rule.invariant)?.add(`${path} → ${to} ${typeOnly ? '(type)' : '(value)'}`);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'lintel-broad-'));
cpSync(join(import.meta.dirname, set), folder, { recursive: true });
const header = '---\nid: BROAD-1\ntitle: Broad rules to count by\nstatus: accepted\n';
writeFileSync(
  join(folder, '9000-broad.md'),
  `${header}invariants:\n${BROAD[set].map(({ yaml }) => `  - ${yaml}\n`).join('')}---\n`,
);
const clone = new PolicyClone(repo, folder);
clone.detach(clone.withPolicy(clone.commit('HEAD'), []));
const run = spawnSync(process.execPath, [cli, 'check', '--all', '--format', 'json'], {
  cwd: clone.path,
  env: clone.environment(),
  encoding: 'utf8',
  maxBuffer: 1 << 30,
});
clone.remove();
rmSync(folder, { recursive: true });
if (!run.stdout.startsWith('{')) throw new Error(`lintel exited with ${run.status}: ${run.stderr}`);
const verdict = JSON.parse(run.stdout) as Verdict;

for (const { invariant } of counted) {
  const own = independent.get(invariant) ?? new Set();
  const found = verdict.findings.filter(finding => finding.invariant === invariant);
  const lintel = new Set(found.map(({ path, subject }) => `${path} → ${subject}`));
  const missed = [...own].filter(edge => !lintel.has(edge));
  const beyond = [...lintel].filter(edge => !own.has(edge));
  const extra = beyond.filter(edge => !EXPLAINED.has(edge));
  console.log(
    `${invariant}: lintel ${lintel.size}, independent count ${own.size}, ` +
      `missed ${missed.length}, extra ${extra.length}, explained ${beyond.length - extra.length}`,
  );
  for (const edge of missed.slice(0, 15)) console.log(`    missed: ${edge}`);
  for (const edge of extra.slice(0, 15)) console.log(`    extra: ${edge}`);
  if (missed.length + extra.length > 0) process.exitCode = 1;
}
for (const { code, path, message } of verdict.errors) console.log(`error ${code} ${path}: ${message}`);
