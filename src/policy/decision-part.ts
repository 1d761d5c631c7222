import type { Oid, RepoPath } from '../model/brand.js';
import type { Json } from '../model/canonical.js';
import type { DecisionStatus, Position, Problem } from '../model/decision.js';
import { type Parsed, type PolicyDocument, parseYaml } from './document.js';
import { frontMatterOf, type Placed, type StatusLine, statusOf, titleOf } from './markdown.js';
import { isOverview, isTemplate } from './naming.js';
import { isMarkdown } from './places.js';
import { Problems, problem } from './problems.js';
import { DECISION_KEYS } from './schema.js';
import { nearest } from './spelling.js';
import { looseStatus, parseStatus, STATUSES } from './status.js';
import type { Validator } from './validate.js';

/** What one file says of a decision. A `.yaml` beside prose makes two parts of one decision. */
export interface DecisionPart {
  readonly path: RepoPath;
  readonly oid: Oid;
  readonly markdown: boolean;
  readonly document: PolicyDocument | null;
  /** The front matter, or the whole YAML file. */
  readonly value: { readonly [key: string]: Json | undefined };
  /** It has the key `invariants`: everything in it is checked strictly. */
  readonly enforced: boolean;
  readonly heading: Placed | null;
  readonly status: { readonly status: DecisionStatus; readonly at: Position } | null;
  /** Which keys of which invariant (by index) have a wrong shape: those can't be compiled. */
  readonly misshapen: ReadonlyMap<number, ReadonlySet<string>>;
  /** Problems of its shape. Those of a decision that is out of force for good become warnings. */
  readonly problems: readonly Problem[];
}

export type ReadPart =
  | { readonly type: 'part'; readonly part: DecisionPart }
  /** An overview or a blank form: no decision. */
  | { readonly type: 'skipped'; readonly problems: readonly Problem[] }
  | { readonly type: 'broken'; readonly problems: readonly Problem[] };

/**
 * Reads one file of a decisions folder. Skipped are README and index files whose front matter has nothing like
 * `invariants`, files that are named as templates (with a warning when they hold invariants), and YAML files
 * without any key of a decision.
 */
export function readPart(file: { path: RepoPath; oid: Oid }, text: string, validator: Validator): ReadPart {
  const { path, oid } = file;
  const start: Position = { path, line: 1, column: 1 };
  if (isTemplate(path)) {
    const invariants = /^invariants[ \t]*:/m.test(text)
      ? [
          problem(
            'warning',
            start,
            'the file is named as a template: its invariants are not in force',
            'rename it, or leave the key out',
          ),
        ]
      : [];
    return { type: 'skipped', problems: invariants };
  }
  const markdown = isMarkdown(path);
  const matter = markdown ? frontMatterOf(text) : null;
  if (
    markdown &&
    isOverview(path) &&
    (matter === null || !/invari/i.test(matter === 'unclosed' ? text : matter.yaml))
  )
    return { type: 'skipped', problems: [] };
  if (matter === 'unclosed')
    return {
      type: 'broken',
      problems: [problem('error', start, 'the front matter is never closed', 'end it with a line "---"')],
    };
  const yaml = markdown ? (matter?.yaml ?? null) : text;
  const parsed: Parsed | null = yaml === null ? null : parseYaml(path, yaml);
  if (parsed?.ok === false) return { type: 'broken', problems: parsed.problems };
  const document = parsed?.document ?? null;
  const value = document?.value ?? (markdown ? {} : null);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return {
      type: 'broken',
      problems: [
        problem(
          'error',
          start,
          markdown ? 'the front matter is not a map of keys' : 'the file is not a map of keys',
          'write `key: value` lines',
        ),
      ],
    };
  const map = value as { readonly [key: string]: Json | undefined };
  if (!markdown && !isDecision(map)) return { type: 'skipped', problems: [] };
  const problems = new Problems();
  const enforced = Object.hasOwn(map, 'invariants');
  const misshapen = new Map<number, Set<string>>();
  if (document !== null) {
    if (enforced) {
      for (const [key, index, part] of validator.check('enforced', document, [], problems))
        if (key === 'invariants' && typeof index === 'number')
          misshapen.set(index, (misshapen.get(index) ?? new Set()).add(String(part ?? '')));
    } else checkProseKeys(map, document, problems);
  }
  const bodyStart = matter?.bodyStart ?? 0;
  const stated = markdown ? statusOf(text, bodyStart) : null;
  const status = readStatus(map, document, stated, { path, enforced }, problems);
  const heading = markdown ? titleOf(text, bodyStart) : null;
  const found = [...problems.errors, ...problems.warnings];
  return {
    type: 'part',
    part: {
      path,
      oid,
      markdown,
      document,
      value: map,
      enforced,
      misshapen,
      heading,
      status,
      problems: found,
    },
  };
}

/** A YAML file without any key of a decision, or a slip of one, is some other tool's (`_config.yml`). */
function isDecision(value: object): boolean {
  return Object.keys(value).some(key => nearest(key, DECISION_KEYS) !== null);
}

/** A record without invariants may hold any keys; but a slip of `invariants` would leave it unenforced in silence. */
function checkProseKeys(value: object, document: PolicyDocument, problems: Problems): void {
  const known: ReadonlySet<string> = new Set(DECISION_KEYS);
  for (const key of Object.keys(value)) {
    if (known.has(key)) continue;
    const near = nearest(key, DECISION_KEYS);
    if (near === null) continue;
    const at = document.atKey([key]);
    if (near === 'invariants')
      problems.error(
        at,
        `unknown key "${key}": nothing in this decision would be enforced`,
        'did you mean "invariants"?',
      );
    else problems.warning(at, `unknown key "${key}"`, `did you mean "${near}"?`);
  }
}

function readStatus(
  value: { readonly [key: string]: Json | undefined },
  document: PolicyDocument | null,
  prose: StatusLine | null,
  file: { readonly path: RepoPath; readonly enforced: boolean },
  problems: Problems,
): DecisionPart['status'] {
  const key = value['status'];
  const stated =
    typeof key === 'string' && document !== null
      ? { text: key, at: document.at(['status']) }
      : prose === null
        ? null
        : { text: prose.text, at: { path: file.path, line: prose.line, column: 1 } };
  if (stated === null) return null;
  if (!file.enforced) return { status: looseStatus(stated.text), at: stated.at };
  const status =
    parseStatus(stated.text) ??
    (prose !== null && stated.text === prose.text ? knownLoose(prose.text) : null);
  if (status !== null) return { status, at: stated.at };
  const near = nearest(stated.text.trim().split(/\s/)[0] ?? '', STATUSES);
  problems.error(
    stated.at,
    `unknown status ${JSON.stringify(stated.text)}`,
    near === null ? `one of: ${STATUSES.join(', ')}` : `did you mean "${near}"?`,
  );
  return null;
}

/** Prose that supersedes is spelt as adr-tools spells it. */
function knownLoose(word: string): DecisionStatus | null {
  return /^superceded$/i.test(word) ? 'superseded' : null;
}
