import type { PictureImport } from './picture.js';

/** A finding of a rule about imports, as far as a picture needs it. */
export interface MapFinding {
  readonly state: string;
  readonly path: string;
  readonly line: number | null;
  readonly subject: string;
  readonly message: string;
  readonly invariant: string;
  readonly decision: { readonly id: string; readonly title: string };
  readonly chain: readonly { readonly path: string; readonly line: number | null }[];
}

export interface Violation {
  readonly decision: string;
  readonly title: string;
  readonly invariant: string;
  readonly message: string;
  readonly path: string;
  readonly line: number | null;
  /** What the import ends at; `null`: the violation is about no one import. */
  readonly to: string | null;
  /** Permitted for a time. */
  readonly waived: boolean;
}

export interface PlacedViolations {
  readonly ofImport: ReadonlyMap<PictureImport, readonly Violation[]>;
  /** About a file as a whole (an orphan, a missing import, too many imports). */
  readonly elsewhere: readonly Violation[];
}

/** Finds for each finding the import that shows it. A chain or a circle stands at its first hop. */
export function placeViolations(
  imports: readonly PictureImport[],
  findings: readonly MapFinding[],
): PlacedViolations {
  const wanted = new Set(findings.map(finding => finding.chain[0]?.path ?? finding.path));
  const byFile = new Map<string, PictureImport[]>();
  for (const one of imports) {
    if (!wanted.has(one.from)) continue;
    const known = byFile.get(one.from);
    if (known === undefined) byFile.set(one.from, [one]);
    else known.push(one);
  }
  const ofImport = new Map<PictureImport, Violation[]>();
  const elsewhere: Violation[] = [];
  for (const finding of findings) {
    const shows = showing(finding, byFile.get(finding.chain[0]?.path ?? finding.path) ?? []);
    const violation = violationOf(finding, shows);
    const known = shows === undefined ? elsewhere : ofImport.get(shows);
    if (known !== undefined) known.push(violation);
    else if (shows !== undefined) ofImport.set(shows, [violation]);
  }
  return { ofImport, elsewhere };
}

function showing(finding: MapFinding, own: readonly PictureImport[]): PictureImport | undefined {
  const [first, second] = finding.chain;
  if (first !== undefined) {
    const there = own.filter(({ line }) => line === first.line);
    return there.find(({ to }) => to === second?.path) ?? there[0];
  }
  const mark = [' (value)', ' (type)'].find(end => finding.subject.endsWith(end));
  if (mark === undefined) return undefined;
  const name = finding.subject.slice(0, -mark.length);
  return own.find(({ to, kind }) => to === name && (kind === 'type') === (mark === ' (type)'));
}

function violationOf(
  { decision, invariant, message, path, line, state }: MapFinding,
  shows: PictureImport | undefined,
): Violation {
  return {
    decision: decision.id,
    title: decision.title,
    invariant,
    message,
    path: shows?.from ?? path,
    line: shows?.line ?? line,
    to: shows?.to ?? null,
    waived: state === 'waived',
  };
}
