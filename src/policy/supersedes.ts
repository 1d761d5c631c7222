import type { DecisionRecord } from './decision-record.js';
import { idNumber } from './naming.js';
import type { Problems } from './problems.js';
import { nearest } from './spelling.js';

/**
 * What decisions say of each other. One that was accepted (and perhaps retired since) puts those that it
 * supersedes out of force; a proposed or rejected one doesn't. Unknown ids and circles are errors: either
 * could put the wrong decision in force.
 */
export function supersession(
  records: readonly DecisionRecord[],
  problems: Problems,
): readonly DecisionRecord[] {
  const edges = new Map<
    DecisionRecord,
    { readonly target: DecisionRecord; readonly at: DecisionRecord['at'] }[]
  >();
  for (const record of records) {
    for (const { id, at } of record.supersedes) {
      const target = find(records, id);
      if (target !== null) edges.set(record, [...(edges.get(record) ?? []), { target, at }]);
      else {
        const near = nearest(
          id,
          records.map(({ summary }) => summary.id).filter(other => other !== record.summary.id),
        );
        const message = `it supersedes "${id}", which is no decision here`;
        const hint = near === null ? 'name the id of a decision' : `did you mean "${near}"?`;
        // Prose is not enforced: an unknown id there leaves the other decision in force, the stricter way.
        if (record.enforced === null) problems.warning(at, message, hint);
        else problems.error(at, message, hint);
      }
    }
  }
  reportCircles(edges, problems);
  const out = new Set<DecisionRecord>();
  for (const [record, targets] of edges)
    if (record.stated !== 'proposed' && record.stated !== 'rejected')
      for (const { target } of targets) out.add(target);
  return records.map(record =>
    out.has(record) && record.stated === 'accepted'
      ? { ...record, summary: { ...record.summary, status: 'superseded' } }
      : record,
  );
}

function find(records: readonly DecisionRecord[], id: string): DecisionRecord | null {
  const exact = records.find(({ summary }) => summary.id === id);
  if (exact !== undefined) return exact;
  const number = idNumber(id);
  if (number === null) return null;
  const same = records.filter(({ summary }) => idNumber(summary.id) === number);
  return same.length === 1 ? (same[0] ?? null) : null;
}

type Edges = ReadonlyMap<
  DecisionRecord,
  readonly { readonly target: DecisionRecord; readonly at: DecisionRecord['at'] }[]
>;

function reportCircles(edges: Edges, problems: Problems): void {
  const done = new Set<DecisionRecord>();
  const walk = (record: DecisionRecord, chain: readonly DecisionRecord[]): void => {
    if (done.has(record)) return;
    for (const { target, at } of edges.get(record) ?? []) {
      const from = [...chain, record].indexOf(target);
      if (from < 0) walk(target, [...chain, record]);
      else {
        const circle = [...[...chain, record].slice(from), target].map(({ summary }) => summary.id);
        problems.error(
          at,
          `decisions supersede each other in a circle: ${circle.join(' → ')}`,
          'the older decision supersedes nothing: remove one of them',
        );
      }
    }
    done.add(record);
  };
  for (const record of edges.keys()) walk(record, []);
}
