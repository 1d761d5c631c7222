/**
 * go.mod beside `go mod edit -json` (needs a Go toolchain; Debian: golang-go), go.sum and vendor/modules.txt beside a
 * second parser. What an older go command doesn't know yet (`toolchain`, `tool`, `godebug`, `ignore`, a patch in `go`)
 * is taken out of the text that it is shown, and of ours.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ManifestError } from '../../src/facts/manifests/format.js';
import type { DependencyEntry, DependencyFile } from '../../src/model/dependency.js';
import {
  askPython,
  type Facts,
  factsOf,
  inFolder,
  type ReadFile,
  readManifests,
  repoOption,
  report,
} from './comparison.js';

interface GoModule {
  readonly Path: string;
  readonly Version?: string;
}

interface GoMod {
  readonly Module: GoModule | null;
  readonly Require: readonly (GoModule & { readonly Indirect?: boolean })[] | null;
  readonly Exclude: readonly GoModule[] | null;
  readonly Replace: readonly { readonly Old: GoModule; readonly New: GoModule }[] | null;
  readonly Retract: readonly { readonly Low: string; readonly High: string }[] | null;
}

const at = ({ Path, Version }: GoModule): string => (Version === undefined ? Path : `${Path}@${Version}`);

function theirs(text: string): Facts | string {
  return inFolder([{ path: 'go.mod', format: 'go-mod', text, file: new ManifestError('') }], folder => {
    const run = spawnSync('go', ['mod', 'edit', '-json', join(folder, 'go.mod')], {
      encoding: 'utf8',
      env: { ...process.env, GOFLAGS: '', GOTOOLCHAIN: 'local' },
      maxBuffer: 1 << 28,
    });
    if (run.status !== 0) return run.stderr.trim();
    const mod: GoMod = JSON.parse(run.stdout);
    return factsOf([
      ...((mod.Module?.Path ?? '') === '' || mod.Module === null
        ? []
        : ([['module', mod.Module.Path]] as const)),
      ...(mod.Require ?? []).map(
        one =>
          [`require ${one.Path}`, `${one.Version} ${one.Indirect === true ? 'indirect' : 'direct'}`] as const,
      ),
      ...(mod.Exclude ?? []).map(one => [`exclude ${at(one)}`, ''] as const),
      ...(mod.Replace ?? []).map(one => [`replace ${at(one.Old)}`, at(one.New)] as const),
      ...(mod.Retract ?? []).map(
        ({ Low, High }) => [`retract ${Low === High ? Low : `[${Low}, ${High}]`}`, ''] as const,
      ),
    ]);
  });
}

function ours({ project, entries, exports }: DependencyFile): Facts {
  return factsOf([
    ...(project.name === null ? [] : ([['module', project.name]] as const)),
    ...entries.filter(({ id }) => !id.startsWith('tool/')).map(mine),
    ...retracted(exports?.['retract'] ?? '').map(one => [`retract ${one}`, ''] as const),
  ]);
}

function mine({
  id,
  name,
  role,
  version,
  range,
  direct,
  source,
}: DependencyEntry): readonly [string, string] {
  if (role === 'dependency') return [`require ${name}`, `${version} ${direct ? 'direct' : 'indirect'}`];
  if (role === 'definition') return [`exclude ${name}@${range?.slice(1)}`, ''];
  const left = id.slice('replace/'.length);
  return [`replace ${left}`, source.type === 'path' ? source.written : `${name}@${version}`];
}

function retracted(text: string): readonly string[] {
  return text.match(/\[[^\]]*\]|[^\s[\]]+/g) ?? [];
}

const NEW = ['toolchain', 'tool', 'godebug', 'ignore'];

function asOlderGoReadsIt(text: string): string {
  let inside = false;
  return text
    .split('\n')
    .filter(line => {
      const [verb = '', next] = line.trim().split(/\s+/);
      if (inside) {
        inside = verb !== ')';
        return false;
      }
      if (!NEW.includes(verb)) return true;
      inside = next === '(';
      return false;
    })
    .map(line => line.replace(/^(\s*go\s+\d+\.\d+)\S*/, '$1'))
    .join('\n');
}

function lock({ entries }: DependencyFile): Facts {
  return factsOf(
    entries.map(({ id, integrity }) => [
      id,
      JSON.stringify(
        integrity
          .map(one => [one.startsWith('/go.mod '), one.replace('/go.mod ', '')] as const)
          .sort((a, b) => Number(a[0]) - Number(b[0]) || (a[1] < b[1] ? -1 : 1)),
      ).replaceAll(',', ', '),
    ]),
  );
}

function vendored({ entries }: DependencyFile): Facts {
  return factsOf(
    entries.map(({ id, name, alias, version, role, source }) => {
      const left = role === 'redirect' ? `${alias} *` : id.replace('@', ' ');
      const self = alias === undefined && source.type === 'registry';
      return [
        left,
        self ? 'itself' : source.type === 'path' ? `${source.written} None` : `${name} ${version}`,
      ];
    }),
  );
}

const repo = repoOption();
const files = await readManifests(repo, ['go-mod', 'go-sum', 'go-vendor']);
const own = (one: ReadFile, facts: (file: DependencyFile) => Facts): Facts | ManifestError =>
  one.file instanceof ManifestError ? one.file : facts(one.file);

const mods = files.filter(({ format }) => format === 'go-mod');
report(
  'go',
  repo,
  'go.mod',
  'go mod edit -json',
  mods.map(one => ({ path: one.path, ours: own(one, ours), theirs: theirs(asOlderGoReadsIt(one.text)) })),
);
for (const [format, name, facts] of [
  ['go-sum', 'go.sum', lock],
  ['go-vendor', 'vendor/modules.txt', vendored],
] as const) {
  const these = files.filter(one => one.format === format);
  const answers = inFolder(these, folder =>
    askPython(
      'go_lines.py',
      folder,
      these.map(({ path }) => path),
    ),
  );
  report(
    'go',
    repo,
    name,
    'second parser (Python)',
    these.map((one, index) => ({
      path: one.path,
      ours: own(one, facts),
      theirs: answers[index] ?? 'no answer',
    })),
  );
}
