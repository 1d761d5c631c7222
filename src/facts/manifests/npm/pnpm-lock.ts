import type { RepoPath } from '../../../model/brand.js';
import type { DependencyFile } from '../../../model/dependency.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { conflictLine, LineCounter } from '../lines.js';
import { rootsOf } from './lock-graph.js';
import { namedByManifests, pnpmFolder } from './lock-places.js';
import { type PnpmDocument, pnpmDocument } from './pnpm-document.js';
import { pnpmGraph } from './pnpm-graph.js';
import { pnpmPatchFiles, pnpmSettings } from './pnpm-settings.js';
import { yamlLineDocuments } from './yaml-lines.js';
import { yamlDocuments } from './yaml-tree.js';

/** `pnpm-lock.yaml`, formats 5 to 9: one document, or pnpm's own needs (`env/…`) and the packages. */
export const pnpmLock: ManifestFormat = { parse, link: namedByManifests };

function parse(path: RepoPath, text: string): DependencyFile {
  const conflict = conflictLine(text);
  if (conflict !== null)
    throw new ManifestError('a merge has left its conflict markers', conflict, 'Run `pnpm install`.');
  const documents = documentsOf(path, text);
  const graphs = documents.map(pnpmGraph);
  const wants = graphs.flatMap(graph => graph.wants);
  return {
    path,
    format: 'pnpm-lock',
    ecosystem: 'npm',
    role: 'lock',
    project: { name: null, version: null, license: null },
    entries: [...documents.flatMap(pnpmSettings), ...graphs.flatMap(graph => graph.entries)],
    roots: rootsOf(
      documents.flatMap(document => [...document.importers.keys()]),
      wants,
    ),
    includes: documents.flatMap(pnpmPatchFiles),
  };
}

/** @throws ManifestError where pnpm would not read them: none, too many, or two of a kind */
function documentsOf(path: RepoPath, text: string): readonly PnpmDocument[] {
  const plain = yamlLineDocuments(text, { opaque: 'deprecated' });
  const { documents: values, lines } =
    plain === null
      ? yamlDocuments(text, { duplicates: 'refuse' })
      : { documents: plain, lines: new LineCounter(text) };
  const base = pnpmFolder(path);
  const documents = values.map(value => pnpmDocument(value, base, lines));
  const [first, second] = documents;
  if (first === undefined)
    throw new ManifestError('the lock file is empty', 1, 'Write it anew with `pnpm install`.');
  if (documents.length > 2 || (second !== undefined && (first.prefix === '' || second.prefix !== '')))
    throw new ManifestError('more documents than a pnpm lock file has', 1, 'Write the lock file anew.');
  return documents;
}
