import { stringify } from 'yaml';
import { isIsoDate, type RepoPath } from '../model/brand.js';
import { canonicalJson, type Json, sha256Hex } from '../model/canonical.js';
import type { Problem, Waiver, WaiverFile } from '../model/decision.js';
import { type PolicyDocument, parseYaml } from './document.js';
import { Problems } from './problems.js';
import { type PolicySource, readText } from './source.js';
import { type Validator, validatorOf } from './validate.js';

/** A waiver names invariants, not kinds. */
const NO_KINDS = new Map<string, never>();

/** A waiver before it has an id. */
export type WaiverContent = Omit<WaiverFile, 'id'>;

/**
 * Reads the waivers of a folder, and of the folders in it: `*.yaml`, `*.yml`. A file with a mistake waives
 * nothing and is reported; what lies beside the waivers (signatures, a README) is left alone.
 */
export async function loadWaivers(
  source: PolicySource,
  folder: RepoPath,
): Promise<{ readonly waivers: readonly Waiver[]; readonly problems: readonly Problem[] }> {
  const problems = new Problems();
  const waivers: Waiver[] = [];
  const files = waiverFiles(source, folder);
  if (files.length === 0) return { waivers, problems: [] };
  const validator = await validatorOf(NO_KINDS);
  const taken = new Map<string, RepoPath>();
  for (const path of files) {
    const waiver = await readWaiver(source, path, validator, problems);
    if (waiver === null) continue;
    const before = taken.get(waiver.waiver.id);
    taken.set(waiver.waiver.id, path);
    if (before === undefined) waivers.push(waiver.waiver);
    else
      problems.error(
        waiver.document.at(['id']),
        `the id "${waiver.waiver.id}" is taken by ${before}: this waiver is not used`,
        'give it another `id`',
      );
  }
  return { waivers, problems: problems.all };
}

function waiverFiles(source: PolicySource, folder: string): readonly RepoPath[] {
  return source.listing.children(folder).flatMap(name => {
    const path = `${folder}/${name}` as RepoPath;
    if (!source.listing.has(path)) return waiverFiles(source, path);
    return /\.ya?ml$/i.test(name) ? [path] : [];
  });
}

async function readWaiver(
  source: PolicySource,
  path: RepoPath,
  validator: Validator,
  problems: Problems,
): Promise<{ readonly waiver: Waiver; readonly document: PolicyDocument } | null> {
  const text = await readText(source, path);
  if (!text.ok) {
    problems.add([text.problem]);
    return null;
  }
  const parsed = parseYaml(path, text.text);
  if (!parsed.ok) {
    problems.add(parsed.problems);
    return null;
  }
  const { document } = parsed;
  if (validator.check('waiver', document, [], problems).length > 0) return null;
  const file = document.value as unknown as WaiverFile;
  let sound = true;
  for (const [key, date] of [
    ['until', file.until],
    ['requestedAt', file.requestedAt.slice(0, 10)],
  ] as const) {
    if (isIsoDate(date)) continue;
    problems.error(
      document.at([key]),
      `"${key}" is no date: ${JSON.stringify(file[key])}`,
      'write YYYY-MM-DD',
    );
    sound = false;
  }
  if (!sound) return null;
  return { waiver: { ...copy(file), path }, document };
}

/** Only the fields of a waiver, in one order (`$schema` is for editors). */
function copy(file: WaiverFile): WaiverFile {
  return {
    version: 1,
    id: file.id,
    decision: file.decision,
    invariants: file.invariants.map(({ id, digest }) => ({ id, digest })),
    requestedBy: file.requestedBy,
    requestedAt: file.requestedAt,
    findings: file.findings.map(({ fingerprint, path, subject }) => ({ fingerprint, path, subject })),
    reason: file.reason,
    ...(file.ticket === undefined ? {} : { ticket: file.ticket }),
    until: file.until,
  };
}

const HEADER = `# A waiver: a recorded permission for exactly these findings, until the day given.
# Written by \`lintel waive\`. It is bound to the findings' fingerprints and to the invariants' digests,
# so editing it can only make it void. \`lintel waivers\` lists all of them.
`;

/** The file's text: the fields of DESIGN.md in their order, the same for the same waiver. */
export function serializeWaiver(waiver: WaiverFile): string {
  return HEADER + stringify(copy(waiver), { lineWidth: 0, aliasDuplicateObjects: false });
}

/**
 * `W-YYYYMMDD-xxxx`: the day of the request, and hexadecimal digits over the content, so that the same request
 * is the same waiver. More digits where an other waiver has the short form.
 */
export function newWaiverId(content: WaiverContent, taken: ReadonlySet<string> = new Set()): string {
  const day = content.requestedAt.slice(0, 10).replaceAll('-', '');
  const { version, decision, invariants, requestedBy, requestedAt, findings, reason, ticket, until } =
    content;
  const identity = {
    version,
    decision,
    invariants,
    requestedBy,
    requestedAt,
    findings,
    reason,
    ticket,
    until,
  };
  const hash = sha256Hex(canonicalJson(identity as unknown as Json));
  for (let digits = 4; digits < hash.length; digits += 2) {
    const id = `W-${day}-${hash.slice(0, digits)}`;
    if (!taken.has(id)) return id;
  }
  return `W-${day}-${hash}`;
}
