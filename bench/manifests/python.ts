/**
 * Accuracy of the parsers of Python's manifests and lock files against Python's own tools (python_oracle.py):
 * `node --import tsx bench/manifests/python.ts --repo GIT_DIRECTORY [--rev REVISION] [--python PROGRAM] [--verbose]`.
 * Prints Markdown rows: files, entries, missed, extra, differing; then what differs.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ManifestError } from '../../src/facts/manifests/format.js';
import { MANIFEST_FORMATS } from '../../src/facts/manifests/formats.js';
import { manifestFormat } from '../../src/facts/manifests/names.js';
import { repoPath } from '../../src/model/brand.js';
import { canonicalPackage, type DependencyEntry, type DependencyFile } from '../../src/model/dependency.js';

const ORACLES: Readonly<Record<string, string>> = {
  'setup-cfg': 'setuptools',
  'setup-py': "Python's ast (second parser)",
  pyproject: 'tomllib + packaging',
  requirements: "pip's own parser",
  pipfile: 'tomllib (second parser)',
  'pipfile-lock': 'json (second parser)',
  'poetry-lock': 'tomllib (second parser)',
  'uv-lock': 'tomllib (second parser)',
  'pdm-lock': 'tomllib + packaging (second parser)',
  pylock: 'packaging.pylock',
};

interface OracleEntry {
  readonly include?: string;
  readonly section?: string;
  readonly role?: string;
  readonly name: string | null;
  readonly version?: string | null;
  readonly range?: readonly string[];
  readonly url: string | null;
  readonly hashes?: readonly string[];
  readonly requires?: readonly string[] | null;
}
type Answer = { readonly entries: readonly OracleEntry[] } | { readonly refused: string };

interface Row {
  files: number;
  entries: number;
  missed: number;
  extra: number;
  differing: number;
}

const { values } = parseArgs({
  options: {
    repo: { type: 'string' },
    rev: { type: 'string', default: 'HEAD' },
    python: { type: 'string', default: 'python3' },
    verbose: { type: 'boolean', default: false },
  },
});
if (values.repo === undefined) throw new Error('--repo GIT_DIRECTORY is missing');
const git = (...args: string[]): string =>
  execFileSync('git', [`--git-dir=${values.repo}`, ...args], { encoding: 'utf8', maxBuffer: 1 << 30 });

const checkout = mkdtempSync(join(tmpdir(), 'lintel-oracle-'));
try {
  const paths = git('ls-tree', '-r', '--name-only', '-z', values.rev)
    .split('\0')
    .filter(path => ORACLES[manifestFormat(path) ?? ''] !== undefined);
  // pip looks whether paths are there.
  spawnSync('sh', [
    '-c',
    'git --git-dir="$1" archive "$2" | tar x -C "$3"',
    'sh',
    values.repo,
    values.rev,
    checkout,
  ]);
  const asked = paths.map(path => ({
    path,
    format: manifestFormat(path) ?? '',
    text: git('show', `${values.rev}:${path}`).replace(/^\uFEFF/, ''),
  }));
  const oracle = spawnSync(
    values.python,
    [join(dirname(fileURLToPath(import.meta.url)), 'python_oracle.py'), checkout],
    { input: asked.map(one => JSON.stringify(one)).join('\n'), encoding: 'utf8', maxBuffer: 1 << 30 },
  );
  const answers = oracle.stdout.trim().split('\n').filter(Boolean);
  if (oracle.status !== 0 || answers.length !== asked.length) throw new Error(oracle.stderr);
  const rows = new Map<string, Row>();
  const notes: string[] = [];
  for (const [index, one] of asked.entries()) {
    const row = rows.get(one.format) ?? { files: 0, entries: 0, missed: 0, extra: 0, differing: 0 };
    rows.set(one.format, row);
    const answer: Answer = JSON.parse(answers[index] ?? '');
    const file = await read(one.format, one.path, one.text);
    if (file instanceof ManifestError || 'refused' in answer) {
      const both = file instanceof ManifestError && 'refused' in answer;
      const reasons = `${'refused' in answer ? answer.refused : 'read'} | ${file instanceof Error ? file.message : 'read'}`;
      if (!both || values.verbose)
        notes.push(`${both ? 'both refuse' : 'ONE REFUSES'} ${one.path}: ${reasons}`);
      if (!both) row.differing++;
      continue;
    }
    row.files++;
    compare(one.format, file, one.text, answer.entries, row, note => notes.push(`${one.path}: ${note}`));
  }
  const hasPoetry = spawnSync(values.python, ['-c', 'import poetry.core.factory']).status === 0;
  const oracleOf = (format: string): string =>
    `${ORACLES[format]}${format === 'pyproject' && hasPoetry ? ', poetry-core' : ''}`;
  const name = basename(dirname(values.repo)).replace('+', '/');
  for (const [format, { files, entries, missed, extra, differing }] of rows)
    process.stdout.write(
      `| Python | ${name} | ${format} | ${files} | ${entries} | ${oracleOf(format)} | ${missed} | ${extra} | ${differing} |\n`,
    );
  for (const note of notes) process.stdout.write(`${note}\n`);
} finally {
  rmSync(checkout, { recursive: true, force: true });
}

async function read(format: string, path: string, text: string): Promise<DependencyFile | ManifestError> {
  const parser = await MANIFEST_FORMATS[format]?.();
  if (parser === undefined) throw new Error(`no parser for ${format}`);
  try {
    return parser.parse(repoPath(path), text);
  } catch (error) {
    if (error instanceof ManifestError) return error;
    throw error;
  }
}

function compare(
  format: string,
  file: DependencyFile,
  text: string,
  expected: readonly OracleEntry[],
  row: Row,
  note: (text: string) => void,
): void {
  const isLock = file.role === 'lock';
  const includes = expected.filter(({ include }) => include !== undefined).length;
  const wanted = new Map<string, OracleEntry[]>();
  for (const entry of expected) {
    if (entry.include !== undefined) continue;
    const key = keyOf(entry.section ?? '', entry.name, isLock ? (entry.version ?? null) : null);
    wanted.set(key, [...(wanted.get(key) ?? []), entry]);
  }
  const names = new Map(file.entries.map(({ id, name }) => [id, name]));
  const lines = text.split('\n');
  for (const entry of file.entries) {
    // Indexes, and what can't be known, are no entries of other tools.
    if (entry.name === '*' || entry.id.startsWith('project.dynamic/') || entry.id.startsWith('?-')) continue;
    if (/^tool\.(?:uv\.dependency-metadata|uv\.extra|hatch\.build|pdm\.resolution)/.test(entry.id)) continue;
    if (entry.id.includes('.overrides.') || /\{/.test(entry.range ?? entry.name)) continue;
    row.entries++;
    const key = keyOf(
      sectionOf(format, entry),
      entry.name.startsWith('?') ? null : entry.name,
      isLock ? entry.version : null,
    );
    const queue = wanted.get(key) ?? [];
    const other = queue.find(one => differences(entry, one, names).length === 0) ?? queue[0];
    if (other === undefined) {
      row.extra++;
      note(`extra ${key} line ${entry.line}`);
      continue;
    }
    queue.splice(queue.indexOf(other), 1);
    const differs = [...differences(entry, other, names), ...lineDifference(format, entry, lines)];
    if (differs.length === 0) continue;
    row.differing++;
    note(`differing ${key}: ${differs.join('; ')}`);
  }
  for (const [key, left] of wanted) {
    row.missed += left.length;
    if (left.length > 0) note(`missed ${key} × ${left.length}`);
  }
  if (format === 'requirements' && includes > 0) {
    const own = file.includes.length + file.entries.filter(({ id }) => id.startsWith('?-')).length;
    if (own !== includes) note(`includes ${own}, pip ${includes}`);
  }
}

function keyOf(section: string, name: string | null, version: string | null): string {
  return `${section} ${name ?? '?'} ${version ?? ''}`.trim();
}

/** Of ids such as `tool.uv.sources/name` and `default/name`. */
function sectionOf(format: string, { id }: DependencyEntry): string {
  const hasSections = format === 'pyproject' || format.startsWith('setup-') || format.startsWith('pipfile');
  return hasSections ? id.slice(0, id.indexOf('/')) : '';
}

function differences(
  entry: DependencyEntry,
  other: OracleEntry,
  names: ReadonlyMap<string, string>,
): readonly string[] {
  const found: string[] = [];
  const differ = (what: string, ours: unknown, theirs: unknown): void => {
    if (JSON.stringify(ours) !== JSON.stringify(theirs))
      found.push(`${what} ${JSON.stringify(ours)} ≠ ${JSON.stringify(theirs)}`);
  };
  if (other.range !== undefined) differ('range', clauses([entry.range ?? '']), clauses(other.range));
  if (other.hashes !== undefined) differ('hashes', [...entry.integrity].sort(), [...other.hashes].sort());
  if (other.role !== undefined) differ('role', entry.role, other.role);
  differ('place', placed(entry), other.url !== null);
  const { source } = entry;
  if (
    other.url !== null &&
    (source.type === 'git' || source.type === 'url') &&
    !other.url.includes(source.url)
  )
    differ('url', source.url, other.url);
  if (other.requires !== undefined && other.requires !== null) {
    const required = [...new Set((entry.requires ?? []).map(id => names.get(id) ?? id))].sort();
    differ('requires', required, [...other.requires].sort());
  }
  return found;
}

/** Does it come from somewhere other than by name from an index? */
function placed({ source }: DependencyEntry): boolean {
  return source.type !== 'registry';
}

function clauses(ranges: readonly string[]): readonly string[] {
  const all = ranges.flatMap(range => range.split(',')).map(clause => clause.replace(/\s+/g, ''));
  return [...new Set(all.filter(Boolean))].sort();
}

/** The line that an entry names must hold its name; in lock files a header that it follows. */
function lineDifference(
  format: string,
  { name, line }: DependencyEntry,
  lines: readonly string[],
): readonly string[] {
  // A table in a list of several: its name stands above.
  const from = lines[line - 1]?.trimStart().startsWith('{') === true ? line - 8 : line - 1;
  const near = lines.slice(Math.max(0, from), format.endsWith('lock') ? line + 12 : line + 1).join('\n');
  if (name.startsWith('?')) return [];
  return canonicalPackage('pypi', near).includes(name) ? [] : [`line ${line} holds ${JSON.stringify(near)}`];
}
