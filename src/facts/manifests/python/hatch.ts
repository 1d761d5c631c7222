import type { DependencyScope } from '../../../model/dependency.js';
import type { Project } from './project.js';
import { isTable, stringIn } from './toml.js';

const LISTS = new Set(['dependencies', 'extra-dependencies', 'set-dependencies', 'set-extra-dependencies']);
/** Deeper than any of its tables. */
const DEEPEST = 12;

/** Hatch's environments (`default`, `test` …), which are for development, and what its builds require. */
export function readHatch(project: Project): void {
  readLists(project, ['tool', 'hatch', 'envs'], 'development');
  readLists(project, ['tool', 'hatch', 'build'], 'build');
}

/** Lists of requirements wherever they are below: in environments, and in the conditions that change those. */
function readLists(project: Project, at: readonly string[], scope: DependencyScope): void {
  const table = project.document.tableAt(at);
  if (table === null || at.length > DEEPEST) return;
  for (const [key, value] of Object.entries(table)) {
    if (isTable(value)) readLists(project, [...at, key], scope);
    else if (LISTS.has(key) && Array.isArray(value)) readList(project, [...at, key], value, scope);
  }
}

/** Items are strings, or tables with the string as `value` and conditions. */
function readList(
  project: Project,
  at: readonly string[],
  items: readonly unknown[],
  scope: DependencyScope,
): void {
  for (const [index, item] of items.entries()) {
    const text = typeof item === 'string' ? item : isTable(item) ? stringIn(item, 'value') : null;
    if (text === null) project.document.refuse([...at, index], 'a requirement');
    const place = [...at, index];
    // Fields of its own (`{matrix:django}`, `{env:NAME}`) are filled in when it runs.
    if (!/\{(?!root[:}])[^{}]*\}/.test(text)) project.requirement(place, text, scope);
    else
      project.add({
        id: `${at.join('.')}/?${text}`,
        name: fieldName(text),
        line: project.document.line(place),
        scope,
      });
  }
}

/** `django~={matrix:django}` still tells its name; `{env:PACKAGE}` doesn't. */
function fieldName(text: string): string {
  const name = /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9_])?(?=[\s[<>=!~;@(])/.exec(text)?.[0];
  return name ?? `?${text}`;
}
