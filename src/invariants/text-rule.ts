import type { SegmentKind } from '../facts/text/segment.js';
import type { TreeFacts } from '../facts/tree-facts.js';
import type { RepoPath } from '../model/brand.js';
import type { Json } from '../model/canonical.js';
import type { JsonSchema, Kind, RuleCompiler, ScreenedFile, Violation } from './kind.js';
import { compilePaths, inAny, type PathSets } from './path-sets.js';
import { leavesInScope } from './scope.js';

/** What `forbid-text` and `require-text` share: options, schema, the compiled rule. */
export type TextRule = {
  readonly in: PathSets;
  readonly pattern: string;
  /** Absent: anywhere. */
  readonly where?: readonly SegmentKind[];
  readonly lines: 'introduced' | 'all';
};

type Options = {
  readonly in: Json;
  readonly pattern: string;
  readonly where?: readonly SegmentKind[];
  readonly lines?: 'introduced' | 'all';
};

export function textSchema(pattern: string, lines: string): JsonSchema {
  return {
    type: 'object',
    properties: {
      in: { $ref: '#/$defs/refs', description: 'The files whose text is judged.' },
      pattern: { description: pattern, type: 'string', minLength: 1 },
      where: {
        description:
          'Only matches that begin in code, in a comment or in a string. In a language that lintel does not know all is code.',
        type: 'array',
        items: { enum: ['code', 'comment', 'string'] },
        minItems: 1,
        uniqueItems: true,
      },
      lines: { description: lines, enum: ['introduced', 'all'] },
    },
    required: ['in', 'pattern'],
    additionalProperties: false,
  };
}

function compileText(options: Json, compiler: RuleCompiler): TextRule {
  const { in: paths, pattern, where, lines } = options as Options;
  return {
    in: compilePaths(paths, 'in', compiler),
    pattern: compiler.regex(pattern, 'pattern'),
    ...(where === undefined ? {} : { where }),
    lines: lines ?? 'introduced',
  };
}

/** ` in code or a comment`, for messages. */
export function whereText(where: readonly SegmentKind[] | undefined): string {
  return where === undefined ? '' : ` in ${where.map(kind => WHERE[kind]).join(' or ')}`;
}

const WHERE: Readonly<Record<SegmentKind, string>> = {
  code: 'code',
  comment: 'a comment',
  string: 'a string',
};

interface TextKind {
  readonly name: string;
  readonly summary: string;
  readonly schema: JsonSchema;
  /** Of a file that the rule is about, and of its text. */
  violationsIn(rule: TextRule, path: RepoPath, text: string): readonly Violation[];
  /** Of a file that the rule is about, not deleted, a regular file with a text. */
  mayBringIn(rule: TextRule, file: ScreenedFile, headText: string): boolean;
}

/** Every kind of rule about text: they differ in what a file's text violates, and in what a quick look can tell. */
export function textKind({ name, summary, schema, violationsIn, mayBringIn }: TextKind): Kind<TextRule> {
  const inFile = (rule: TextRule, facts: TreeFacts, path: RepoPath): readonly Violation[] => {
    if (!inAny(rule.in, path)) return [];
    const text = facts.text(path);
    return text?.ok ? violationsIn(rule, path, text.value.text) : [];
  };
  return {
    name,
    summary,
    schema,
    reads: 'text',
    modeOf: rule => (rule.lines === 'all' ? 'change' : 'state'),
    compile: compileText,
    governs: (rule, path) => inAny(rule.in, path),
    reaches: () => false,
    evaluate: (rule, facts, scope) =>
      [...leavesInScope(facts.tree, scope)].flatMap(path => inFile(rule, facts, path)),
    evaluateChange: (rule, { head, changes }) =>
      changes.filter(change => change.status !== 'delete').flatMap(change => inFile(rule, head, change.path)),
    screen(rule, file) {
      if (file.status === 'delete' || !inAny(rule.in, file.path)) return 'clear';
      if (!file.regular || file.headText === null) return 'candidate';
      return mayBringIn(rule, file, file.headText) ? 'candidate' : 'clear';
    },
  };
}
