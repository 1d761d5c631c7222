import { lineCount } from '../facts/text/lines.js';
import type { TreeFacts } from '../facts/tree-facts.js';
import type { RepoPath } from '../model/brand.js';
import type { Json } from '../model/canonical.js';
import type { Kind, Violation } from './kind.js';
import { compilePaths, inAny, type PathSets } from './path-sets.js';
import { leavesInScope } from './scope.js';

type Rule = { readonly in: PathSets; readonly lines?: number; readonly bytes?: number };
type Options = { readonly in: Json; readonly lines?: number; readonly bytes?: number };
type Unit = 'lines' | 'bytes';

/**
 * Files must not grow past a limit. Measured: what is over it already must not grow further.
 *
 * - `in`: components or paths.
 * - `lines`: the most lines; a last line without its newline counts.
 * - `bytes`: the most bytes, of any file, binary ones too. At least one of the two.
 */
export const size: Kind<Rule> = {
  name: 'size',
  summary: 'files must not grow past a number of lines or bytes',
  schema: {
    type: 'object',
    properties: {
      in: { $ref: '#/$defs/refs', description: 'The files that are measured.' },
      lines: { description: 'The most lines.', type: 'integer', minimum: 0 },
      bytes: { description: 'The most bytes.', type: 'integer', minimum: 0 },
    },
    required: ['in'],
    anyOf: [{ required: ['lines'] }, { required: ['bytes'] }],
    additionalProperties: false,
  },
  reads: 'text',
  readsOf: rule => (rule.lines === undefined ? 'size' : 'text'),
  modeOf: () => 'measured',
  compile(options, compiler) {
    const { in: paths, ...limits } = options as Options;
    return { in: compilePaths(paths, 'in', compiler), ...limits };
  },
  governs: (rule, path) => inAny(rule.in, path),
  reaches: () => false,
  evaluate(rule, facts, scope) {
    const violations: Violation[] = [];
    for (const path of leavesInScope(facts.tree, scope)) {
      if (!inAny(rule.in, path)) continue;
      for (const unit of UNITS) {
        const limit = rule[unit];
        if (limit === undefined) continue;
        const measure = MEASURES[unit](facts, path);
        if (measure !== null && measure > limit) violations.push(violation(path, unit, measure, limit));
      }
    }
    return violations;
  },
  screen(rule, file) {
    if (file.status === 'delete' || !inAny(rule.in, file.path)) return 'clear';
    if (!file.regular) return 'candidate';
    if (rule.bytes !== undefined && grows(file.headBytes, file.baseBytes, rule.bytes)) return 'candidate';
    if (rule.lines === undefined) return 'clear';
    if (file.headText === null) return 'candidate';
    const before = file.baseText === null ? null : lineCount(file.baseText);
    return grows(lineCount(file.headText), before, rule.lines) ? 'candidate' : 'clear';
  },
};

const UNITS: readonly Unit[] = ['lines', 'bytes'];

const MEASURES: Readonly<Record<Unit, (facts: TreeFacts, path: RepoPath) => number | null>> = {
  lines(facts, path) {
    const text = facts.text(path);
    return text?.ok ? lineCount(text.value.text) : null;
  },
  bytes(facts, path) {
    const bytes = facts.size(path);
    return bytes?.ok ? bytes.value : null;
  },
};

function grows(after: number, before: number | null, limit: number): boolean {
  return after > limit && (before === null || after > before);
}

function violation(path: RepoPath, unit: Unit, measure: number, limit: number): Violation {
  return {
    path,
    line: null,
    column: null,
    subject: unit,
    ordinal: 0,
    message: `${path} must have at most ${limit} ${unit} and has ${measure}`,
    measure,
  };
}
