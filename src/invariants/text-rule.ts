import type { SegmentKind } from '../facts/text/segment.js';
import type { Json } from '../model/canonical.js';
import type { JsonSchema, RuleCompiler } from './kind.js';
import { compilePaths, type PathSets } from './path-sets.js';

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

export function compileText(options: Json, compiler: RuleCompiler): TextRule {
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
