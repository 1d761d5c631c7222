import type { RepoPath } from '../model/brand.js';
import type { Json } from '../model/canonical.js';
import type { DecisionSummary, Position } from '../model/decision.js';
import type { SourceEntry } from './compiled.js';
import type { DecisionPart } from './decision-part.js';
import { readPart } from './decision-part.js';
import type { DecisionRecord } from './decision-record.js';
import { idFromFile, stem, titleFromFile } from './naming.js';
import type { Problems } from './problems.js';
import { type PolicySource, readText } from './source.js';
import { supersession } from './supersedes.js';
import type { Validator } from './validate.js';

/** Reads every decision of the files, in path order, with what they say of each other. */
export async function readDecisions(
  source: PolicySource,
  files: readonly SourceEntry[],
  validator: Validator,
  problems: Problems,
): Promise<readonly DecisionRecord[]> {
  const parts: DecisionPart[] = [];
  const contents = await Promise.all(
    files.map(async file => ({ file, content: await readText(source, file.path) })),
  );
  for (const { file, content } of contents) {
    if (!content.ok) {
      problems.add([content.problem]);
      continue;
    }
    const read = readPart(file, content.text, validator);
    if (read.type === 'part') parts.push(read.part);
    else problems.add(read.problems);
  }
  const records = pair(parts).map(group => toRecord(group, problems));
  reportDuplicates(records, problems);
  return supersession(records, problems).map(record => {
    reportShape(record, problems);
    return record;
  });
}

type Group = readonly [DecisionPart, ...DecisionPart[]];

/** A `.yaml` beside prose of the same base name is one decision with it; the YAML speaks first. */
function pair(parts: readonly DecisionPart[]): readonly Group[] {
  const byStem = new Map<string, DecisionPart[]>();
  for (const part of parts) byStem.set(stem(part.path), [...(byStem.get(stem(part.path)) ?? []), part]);
  return [...byStem.values()].flatMap((group): readonly Group[] => {
    const [one, other] = group;
    if (one !== undefined && other !== undefined && group.length === 2 && one.markdown !== other.markdown)
      return [one.markdown ? [other, one] : [one, other]];
    return group.map((part): Group => [part]);
  });
}

function textOf(part: DecisionPart, key: string): string | null {
  const value = part.value[key];
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? (part.document?.written([key]) ?? String(value)) : null;
}

function agree(
  group: readonly DecisionPart[],
  key: 'id' | 'status',
  said: (part: DecisionPart) => string | null,
  problems: Problems,
): void {
  const [first, second] = group;
  if (first === undefined || second === undefined) return;
  const one = said(first);
  const other = said(second);
  if (one === null || other === null || one === other) return;
  const at = first.document?.at([key]) ?? { path: first.path, line: 1, column: 1 };
  problems.error(
    at,
    `the ${key} is "${one}" here and "${other}" in ${second.path}`,
    'the two are one decision: state it once',
  );
}

function toRecord(group: Group, problems: Problems): DecisionRecord {
  agree(group, 'id', part => textOf(part, 'id'), problems);
  agree(group, 'status', part => part.status?.status ?? null, problems);
  const enforcing = group.filter(part => part.enforced);
  const [enforced, again] = enforcing;
  if (again !== undefined)
    problems.error(
      again.document?.atKey(['invariants']) ?? { path: again.path, line: 1, column: 1 },
      `"invariants" stands in ${enforced?.path} too, which is the same decision`,
      'keep them in one of the two files',
    );
  const speaking = group.find(part => part.status !== null) ?? group.find(part => part.markdown) ?? group[0];
  const idPart = group.find(part => textOf(part, 'id') !== null);
  const id = (idPart && textOf(idPart, 'id')) ?? idFromFile(group[0].path);
  const title = titleOfGroup(group);
  const status = speaking.status?.status ?? 'proposed';
  // An unreadable status has been reported as such.
  if (
    enforced !== undefined &&
    speaking.status === null &&
    group.every(part => part.value['status'] === undefined)
  )
    problems.error(
      enforced.document?.atKey(['invariants']) ?? { path: enforced.path, line: 1, column: 1 },
      'the decision has invariants and no status',
      'add `status: proposed`, or `status: accepted` to put it in force',
    );
  const line = title.path === speaking.path ? title.line : 1;
  const date = first(group, part => textOf(part, 'date'));
  const deciders = first(group, part => list(part.value['deciders']));
  const supersedes = group.flatMap(supersededBy);
  const summary: DecisionSummary = {
    id,
    title: title.text,
    status,
    path: speaking.path,
    line,
    ...(date === null ? {} : { date }),
    ...(deciders === null ? {} : { deciders }),
    ...(supersedes.length === 0 ? {} : { supersedes: supersedes.map(one => one.id) }),
    invariants: invariantIds(enforced),
  };
  const at = idPart?.document?.at(['id']) ?? ({ path: speaking.path, line, column: 1 } satisfies Position);
  return { summary, stated: status, at, supersedes, enforced: enforced ?? null, parts: group };
}

function first<T>(group: readonly DecisionPart[], of: (part: DecisionPart) => T | null): T | null {
  for (const part of group) {
    const found = of(part);
    if (found !== null) return found;
  }
  return null;
}

function titleOfGroup(group: Group): { text: string; path: RepoPath; line: number } {
  for (const part of group) {
    const text = textOf(part, 'title');
    if (text !== null && part.document !== null)
      return { text, path: part.path, line: part.document.at(['title']).line };
  }
  for (const { heading, path } of group)
    if (heading !== null) return { text: heading.text, path, line: heading.line };
  return { text: titleFromFile(group[0].path), path: group[0].path, line: 1 };
}

function list(value: Json | undefined): readonly string[] | null {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return null;
  return value.filter((item): item is string => typeof item === 'string');
}

function supersededBy(part: DecisionPart): DecisionRecord['supersedes'] {
  const { document } = part;
  if (document === null) return [];
  const value = part.value['supersedes'];
  const name = (keys: readonly (string | number)[]) => ({
    id: (document.written(keys) ?? '').trim(),
    at: document.at(keys),
  });
  if (typeof value === 'string' || typeof value === 'number')
    return [name(['supersedes'])].filter(one => one.id !== '');
  if (!Array.isArray(value)) return [];
  return value.map((_item, index) => name(['supersedes', index])).filter(one => one.id !== '');
}

function invariantIds(part: DecisionPart | undefined): readonly string[] {
  const invariants = part?.value['invariants'];
  if (!Array.isArray(invariants)) return [];
  return invariants.flatMap(item => {
    const id = (item as { readonly id?: Json } | null)?.id;
    return typeof id === 'string' ? [id] : [];
  });
}

function reportDuplicates(records: readonly DecisionRecord[], problems: Problems): void {
  const seen = new Map<string, DecisionRecord>();
  for (const record of records) {
    const { id } = record.summary;
    const before = seen.get(id);
    if (before === undefined) {
      seen.set(id, record);
      continue;
    }
    const message = `the id "${id}" is taken by ${before.at.path}:${before.at.line}`;
    const hint = 'give one of them another `id`';
    // Two records that enforce nothing (a folder kept by hand) are told apart by their paths.
    if (before.enforced !== null || record.enforced !== null) problems.error(record.at, message, hint);
    else problems.warning(record.at, message, hint);
  }
}

/** A decision that is out of force for good may name what is long gone. */
export function isRetired(record: DecisionRecord): boolean {
  const { status } = record.summary;
  return status === 'rejected' || status === 'deprecated' || status === 'superseded';
}

function reportShape(record: DecisionRecord, problems: Problems): void {
  const found = record.parts.flatMap(part => part.problems);
  problems.add(isRetired(record) ? found.map(one => ({ ...one, severity: 'warning' as const })) : found);
}
