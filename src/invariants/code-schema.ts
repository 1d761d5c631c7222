import { LANGUAGE_NAMES } from '../facts/code/languages.js';
import type { JsonSchema } from './kind.js';

const RULE = { $ref: '#/$defs/codeRule' } as const;
const RULES = { type: 'array', items: RULE, minItems: 1 } as const;
const SOME_TEXT = { type: 'string', minLength: 1 } as const;

/**
 * ast-grep's rule object, every key checked: the engine itself passes over what it doesn't know. Left out are
 * `range` (line numbers) and utilities with parameters.
 */
export const CODE_RULE: JsonSchema = {
  description: 'A rule of ast-grep: a node matches when all of its keys do.',
  type: 'object',
  properties: {
    pattern: {
      description: 'Code with metavariables: $A is one node, $$$ are any number.',
      anyOf: [
        SOME_TEXT,
        {
          type: 'object',
          properties: {
            context: SOME_TEXT,
            selector: { ...SOME_TEXT, description: 'The kind of node in the context that is the pattern.' },
            strictness: { enum: ['cst', 'smart', 'ast', 'relaxed', 'signature'] },
          },
          required: ['context'],
          additionalProperties: false,
        },
      ],
    },
    kind: { ...SOME_TEXT, description: "A kind of node in the language's tree-sitter grammar." },
    regex: { ...SOME_TEXT, description: "A regular expression (Rust's) that the node's text must match." },
    nthChild: {
      anyOf: [
        { type: 'integer', minimum: 1 },
        SOME_TEXT,
        {
          type: 'object',
          properties: {
            position: { anyOf: [{ type: 'integer', minimum: 1 }, SOME_TEXT] },
            ofRule: RULE,
            reverse: { type: 'boolean' },
          },
          required: ['position'],
          additionalProperties: false,
        },
      ],
    },
    inside: RULE,
    has: RULE,
    precedes: RULE,
    follows: RULE,
    all: RULES,
    any: RULES,
    not: RULE,
    matches: { ...SOME_TEXT, description: 'The name of a rule in `utils`.' },
    stopBy: {
      description: 'In a relation: how far it reaches. Default: `neighbor`.',
      anyOf: [{ enum: ['neighbor', 'end'] }, RULE],
    },
    field: { ...SOME_TEXT, description: 'In `has` and `inside`: the field of the parent.' },
  },
  minProperties: 1,
  additionalProperties: false,
};

const NAMED_RULES: JsonSchema = { type: 'object', additionalProperties: RULE, minProperties: 1 };

export function codeSchema(lines: string): JsonSchema {
  return {
    type: 'object',
    properties: {
      in: {
        $ref: '#/$defs/refs',
        description: 'The files whose code is judged, so far as they are of the language.',
      },
      language: { description: 'The language that the rule is written in.', enum: [...LANGUAGE_NAMES] },
      rule: { description: 'A pattern, or a rule of ast-grep.', anyOf: [SOME_TEXT, RULE] },
      constraints: { ...NAMED_RULES, description: 'What metavariables must be, by name without $.' },
      utils: { ...NAMED_RULES, description: 'Rules by name, for `matches`.' },
      lines: { description: lines, enum: ['introduced', 'all'] },
    },
    required: ['in', 'language', 'rule'],
    additionalProperties: false,
  };
}
