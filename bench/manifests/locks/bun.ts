import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { ManifestError } from '../../../src/facts/manifests/format.js';
import { keyNames } from '../../../src/facts/manifests/npm/bun-packages.js';
import type { DependencyEntry, DependencyFile } from '../../../src/model/dependency.js';
import { type Facts, factsOf } from '../comparison.js';
import { type Oracle, oracleFolder, withTree } from './oracle.js';

/** The tree that Bun itself makes of its lock file. */
export const bunTree: Oracle = {
  format: 'bun-lock',
  label: 'bun-lock',
  name: '`bun pm ls --all`',
  reads: () => true,
  async compare(repo, { path, file }) {
    const theirs = theirFacts(repo, dirname(path) === '.' ? '' : `${dirname(path)}/`);
    return { ours: file instanceof ManifestError ? file : ownFacts(file), theirs };
  },
};

function theirFacts(repo: string, folder: string): Facts | string {
  const wanted = /(?:^|\/)(?:package\.json|bun\.lock)$/;
  return withTree(
    repo,
    file => file.startsWith(folder) && wanted.test(file),
    root => {
      const program = join(oracleFolder(), 'node_modules/@oven/bun-linux-x64/bin/bun');
      const run = spawnSync(program, ['pm', 'ls', '--all'], {
        cwd: join(root, folder),
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      });
      return run.status === 0 ? tree(run.stdout) : run.stderr;
    },
  );
}

/** Each level is drawn with four characters: `│   ├── name@version`. */
function tree(text: string): Facts {
  const path: string[] = [];
  const facts: [string, string][] = [];
  for (const line of text.split('\n').slice(1)) {
    const found = /^([│├└─ ]+)(.+)$/.exec(line);
    if (found === null) continue;
    const depth = (found[1] ?? '').length / 4 - 1;
    const written = found[2] ?? '';
    const at = written.indexOf('@', 1);
    path.length = depth;
    path.push(written.slice(0, at));
    facts.push([path.join('/'), written.slice(at + 1).replace(/^(?:github:|git\+).*#/, 'git ')]);
  }
  return factsOf(facts);
}

function ownFacts(file: DependencyFile): Facts {
  const entries = file.entries.filter(entry => entry.role === 'dependency');
  return factsOf(entries.map(entry => [keyNames(entry.id).join('/'), shown(entry, file)]));
}

function shown({ source, version }: DependencyEntry, file: DependencyFile): string {
  const folder = dirname(file.path) === '.' ? '' : `${dirname(file.path)}/`;
  const inside = (path: string | null): string => (path ?? '?').slice(folder.length);
  if (source.type === 'workspace') return `workspace:${inside(source.path)}`;
  if (source.type === 'path') return inside(source.path);
  if (source.type === 'git') return `git ${source.revision}`;
  return version ?? '?';
}
