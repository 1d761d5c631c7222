import { grammarOf, languageNamed } from '../facts/code/languages.js';
import type { CodeFacts, CodeQuery, SyntaxRule } from '../facts/code/query.js';
import type { TreeFacts } from '../facts/tree-facts.js';
import type { RepoPath } from '../model/brand.js';
import type { Json } from '../model/canonical.js';
import { codeSchema } from './code-schema.js';
import { checkShape } from './code-shape.js';
import type { Kind, RuleCompiler, ScreenedFile, Violation } from './kind.js';
import { compilePaths, inAny, type PathSets } from './path-sets.js';
import { leavesInScope } from './scope.js';

/** What `forbid-code` and `require-code` share: options, the compiled rule. */
export type CodeRule = {
  readonly in: PathSets;
  readonly query: CodeQuery;
  /** As a person would write it, for messages. */
  readonly label: string;
  readonly lines: 'introduced' | 'all';
};

type Options = {
  readonly in: Json;
  readonly language: string;
  readonly rule: string | SyntaxRule;
  readonly constraints?: { readonly [variable: string]: SyntaxRule };
  readonly utils?: { readonly [name: string]: SyntaxRule };
  readonly lines?: 'introduced' | 'all';
};

function compileCode(options: Json, compiler: RuleCompiler): CodeRule {
  const { in: paths, language: name, rule: written, constraints, utils, lines } = options as Options;
  const language = languageNamed(name);
  if (language === null) compiler.fail(`no language is called "${name}" here`, 'language');
  const query: CodeQuery = {
    language,
    rule: typeof written === 'string' ? { pattern: written } : written,
    ...(constraints === undefined ? {} : { constraints }),
    ...(utils === undefined ? {} : { utils }),
  };
  checkShape(query, compiler);
  compiler.code(query);
  return {
    in: compilePaths(paths, 'in', compiler),
    query,
    label: labelOf(query.rule),
    lines: lines ?? 'introduced',
  };
}

function labelOf({ pattern, kind }: SyntaxRule): string {
  if (typeof pattern === 'string') return shown(pattern);
  if (typeof kind === 'string') return `its rule about ${kind}`;
  return 'its rule';
}

const SHOWN = 60;

/** A piece of code, for messages. */
export function shown(code: string): string {
  return `\`${code.length > SHOWN ? `${code.slice(0, SHOWN)}…` : code}\``;
}

interface CodeKind {
  readonly name: string;
  readonly summary: string;
  readonly lines: string;
  violationsIn(rule: CodeRule, path: RepoPath, found: CodeFacts): readonly Violation[];
  /** Of a governed, regular file with a text that the change adds or modifies. */
  mayBringIn(rule: CodeRule, file: ScreenedFile, headText: string): boolean;
}

/** Every kind of rule about code: they differ in what a file's matches violate. */
export function codeKind({ name, summary, lines, violationsIn, mayBringIn }: CodeKind): Kind<CodeRule> {
  const governs = (rule: CodeRule, path: RepoPath): boolean =>
    grammarOf(rule.query.language, path) !== null && inAny(rule.in, path);
  const inFile = (rule: CodeRule, facts: TreeFacts, path: RepoPath): readonly Violation[] => {
    if (!governs(rule, path)) return [];
    const found = facts.code(path, rule.query);
    return found?.ok ? violationsIn(rule, path, found.value) : [];
  };
  return {
    name,
    summary,
    schema: codeSchema(lines),
    reads: 'code',
    codeOf: rule => rule.query,
    modeOf: rule => (rule.lines === 'all' ? 'change' : 'state'),
    compile: compileCode,
    governs,
    reaches: () => false,
    evaluate: (rule, facts, scope) =>
      [...leavesInScope(facts.tree, scope)].flatMap(path => inFile(rule, facts, path)),
    evaluateChange: (rule, { head, changes }) =>
      changes.filter(change => change.status !== 'delete').flatMap(change => inFile(rule, head, change.path)),
    screen(rule, file) {
      if (file.status === 'delete' || !governs(rule, file.path)) return 'clear';
      if (!file.regular || file.headText === null) return 'candidate';
      if (rule.lines === 'introduced' && file.headText === file.baseText) return 'clear';
      return mayBringIn(rule, file, file.headText) ? 'candidate' : 'clear';
    },
  };
}
