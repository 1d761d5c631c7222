import type { RepoPath } from '../model/brand.js';
import type { Json } from '../model/canonical.js';
import type { FileChange } from '../model/tree.js';
import type { ChangeFacts, Kind, Violation } from './kind.js';
import { compilePaths, inAny, type PathSets } from './path-sets.js';

type Rule = { readonly in: PathSets; readonly unit: 'file' | 'line' };
type Options = { readonly in: Json; readonly unit: 'file' | 'line' };

/**
 * What is written stays as it is: a change may only add.
 *
 * - `in`: components or paths.
 * - `unit`: `file`: files may be added; those that exist may be neither changed (their executable bit
 *   included), deleted nor re-typed. `line`: files that exist may grow at their end; every line that they
 *   have stays, unchanged and in order. Line ends count: LF turned into CRLF is a change.
 */
export const appendOnly: Kind<Rule> = {
  name: 'append-only',
  summary: 'files, or lines, may be added but never changed or removed',
  schema: {
    type: 'object',
    properties: {
      in: { $ref: '#/$defs/refs', description: 'The files that may only be added to.' },
      unit: {
        description: '`file`: existing files stay as they are. `line`: existing files may grow at their end.',
        enum: ['file', 'line'],
      },
    },
    required: ['in', 'unit'],
    additionalProperties: false,
  },
  reads: 'text',
  readsOf: rule => (rule.unit === 'line' ? 'text' : 'paths'),
  modeOf: () => 'change',
  compile(options, compiler) {
    const { in: paths, unit } = options as Options;
    return { in: compilePaths(paths, 'in', compiler), unit };
  },
  governs: (rule, path) => inAny(rule.in, path),
  reaches: () => false,
  evaluateChange(rule, facts) {
    return facts.changes.flatMap(change => {
      if (change.status === 'add' || !inAny(rule.in, change.path)) return [];
      const problem = rule.unit === 'file' ? DONE[change.status] : rewritten(change, facts);
      return problem === null ? [] : [violation(change.path, problem)];
    });
  },
  screen(rule, file) {
    if (file.status === 'add' || !inAny(rule.in, file.path)) return 'clear';
    if (rule.unit === 'file' || file.status !== 'modify' || !file.regular) return 'candidate';
    const { headText, baseText } = file;
    if (headText === null || baseText === null) return 'candidate';
    const before = { text: baseText, bytes: file.baseBytes ?? 0, lossy: false };
    const after = { text: headText, bytes: file.headBytes, lossy: false };
    return firstRewrittenLine(before, after) === null ? 'clear' : 'candidate';
  },
};

const DONE = {
  modify: 'it was modified',
  delete: 'it was deleted',
  type: 'it was turned into another type of file',
} as const;

interface Side {
  readonly text: string;
  readonly bytes: number;
  readonly lossy: boolean;
}

function rewritten(change: FileChange, { base, head }: ChangeFacts): string | null {
  if (change.status !== 'modify') return change.status === 'add' ? null : DONE[change.status];
  const after = head.text(change.path);
  // An unreadable head is an error of its own.
  if (after === null || !after.ok) return null;
  const before = base.text(change.path);
  if (before === null || !before.ok)
    return 'it could not be read before this change, so its lines cannot be compared';
  if (before.value.lossy || after.value.lossy) return 'it is not UTF-8, so its lines cannot be compared';
  const line = firstRewrittenLine(before.value, after.value);
  return line === null ? null : `line ${line} was changed, moved or removed`;
}

/** The first line (1-based) of `before` that `after` does not keep in its place; `null` when all are kept. */
function firstRewrittenLine(before: Side, after: Side): number | null {
  if (byteOrderMark(before) !== byteOrderMark(after)) return 1;
  const old = before.text;
  const now = after.text;
  if (now.startsWith(old)) {
    const ended = old === '' || old.endsWith('\n') || now.length === old.length;
    // A last line without its newline may be given one (LF or CRLF), nothing else.
    if (ended || /^\r?\n/.test(now.slice(old.length, old.length + 2))) return null;
  }
  let line = 1;
  for (let index = 0; index < old.length && old[index] === now[index]; index++) {
    if (old[index] === '\n') line++;
  }
  return line;
}

/** Bytes that decoding dropped: a byte order mark added or removed changes the first line. */
function byteOrderMark({ text, bytes }: Side): number {
  return bytes - Buffer.byteLength(text);
}

function violation(path: RepoPath, problem: string): Violation {
  return {
    path,
    line: null,
    column: null,
    // Not what happened, nor the line: against another base of a merge it may be another.
    subject: '',
    ordinal: 0,
    message: `${path} may only be added to: ${problem}`,
  };
}
