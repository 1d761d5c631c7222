import { canonicalPackage } from '../../../model/dependency.js';
import type { Project } from './project.js';
import { addressSource, fragmentDigests, fragmentValue } from './sources.js';
import { stringIn } from './toml.js';

const ROOT = ['tool', 'pdm'];

/** PDM's own tables: groups for development, overrides, sources. */
export function readPdm(project: Project): void {
  const { document } = project;
  if (document.tableAt(ROOT) === null) return;
  const groups = [...ROOT, 'dev-dependencies'];
  for (const group of Object.keys(document.tableAt(groups) ?? {})) {
    for (const [index, text] of (document.stringsAt([...groups, group]) ?? []).entries())
      readDevelopment(project, [...groups, group, index], text);
  }
  readOverrides(project);
  for (const [index, source] of document.tablesAt([...ROOT, 'source']).entries()) {
    const url = stringIn(source, 'url');
    const name = stringIn(source, 'name') ?? String(index);
    // With patterns it serves only some packages; any of them may come from it all the same.
    if (url !== null)
      project.index(`tool.pdm.source/${name}`, url, document.line([...ROOT, 'source', index]));
  }
}

/** PDM allows `-e file:///…#egg=name` here, besides PEP 508. */
function readDevelopment(project: Project, at: readonly (string | number)[], text: string): void {
  const editable = /^-(?:e|-editable)[\s=]+/.exec(text)?.[0];
  if (editable === undefined) {
    project.requirement(at, text, 'development');
    return;
  }
  const address = text.slice(editable.length).trim();
  const egg = fragmentValue(address, 'egg')?.split('[', 1)[0];
  const name = egg === undefined || egg === '' ? `?${text}` : egg;
  project.add({
    id: `${at.slice(0, -1).join('.')}/${name.startsWith('?') ? name : canonicalPackage('pypi', name)}`,
    name,
    line: project.document.line(at),
    scope: 'development',
    source: addressSource(project.path, address),
    integrity: fragmentDigests(address),
  });
}

/** `[tool.pdm.resolution.overrides]`: a name is answered by a version or an address. */
function readOverrides(project: Project): void {
  const { document, path } = project;
  const at = [...ROOT, 'resolution', 'overrides'];
  for (const [name, written] of Object.entries(document.tableAt(at) ?? {})) {
    if (typeof written !== 'string') project.document.refuse([...at, name], 'a version or an address');
    const isAddress = written.includes(':') || written.startsWith('.');
    const isRange = /^\s*[<>=!~]/.test(written);
    project.add({
      id: `${at.join('.')}/${canonicalPackage('pypi', name)}`,
      role: 'redirect',
      name,
      alias: name,
      line: document.line([...at, name]),
      scope: 'production',
      range: isAddress ? null : written,
      version: isAddress || isRange ? null : written,
      ...(isAddress ? { source: addressSource(path, written) } : {}),
    });
  }
}
