/** Workflows and actions beside a second parser (Python, PyYAML). */
import { ManifestError } from '../../src/facts/manifests/format.js';
import type { DependencyEntry } from '../../src/model/dependency.js';
import { askPython, factsOf, inFolder, readManifests, repoOption, report } from './comparison.js';

function fact(entry: DependencyEntry): readonly [string, string] {
  const { ecosystem, name, alias, version, range, integrity, source } = entry;
  if (ecosystem === 'docker') {
    const tag = range === null ? '' : `:${range}`;
    return [
      `image ${name.startsWith('?') ? name.slice(1) : name + tag + integrity.map(one => `@${one}`).join('')}`,
      '',
    ];
  }
  const action = source.type === 'path' ? source.written : (alias ?? name);
  return [`uses ${action}`, JSON.stringify([version ?? '', integrity.length > 0]).replace(',', ', ')];
}

/** Names are canonical here, and as they are written there. */
function plain([key, value]: readonly [string, string]): readonly [string, string] {
  return [key.toLowerCase().replace(/^image (?:docker\.io\/)?(?:library\/)?/, 'image '), value];
}

const repo = repoOption();
const files = await readManifests(repo, ['github-actions']);
const answers = inFolder(files, folder =>
  askPython(
    'actions_yaml.py',
    folder,
    files.map(({ path }) => path),
  ),
);
report(
  'gha',
  repo,
  'workflows, action.yml',
  'second parser (PyYAML)',
  files.map(({ path, file }, index) => {
    const answer = answers[index] ?? 'no answer';
    return {
      path,
      ours: file instanceof ManifestError ? file : factsOf(file.entries.map(entry => plain(fact(entry)))),
      theirs: typeof answer === 'string' ? answer : factsOf([...answer].map(one => plain(one))),
    };
  }),
);
