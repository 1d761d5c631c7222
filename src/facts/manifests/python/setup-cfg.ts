import type { DependencyFile, DependencyScope } from '../../../model/dependency.js';
import { folderOf, join } from '../../resolve/paths.js';
import { ManifestError, type ManifestFormat } from '../format.js';
import { conflictLine } from '../lines.js';
import { EntryList, requirementEntry } from './entries.js';
import { INCLUDE_PREFIX, withUnreadIncludes } from './includes.js';
import { type IniLine, type IniSection, type IniValue, readIni } from './ini.js';
import { indexEntry } from './project.js';
import { strip } from './python-text.js';
import { requirementTexts } from './requirement-texts.js';

/** Keys of `[options]` and keywords of `setup()` that list requirements. */
export const REQUIREMENT_KEYS: ReadonlyMap<string, DependencyScope> = new Map([
  ['install_requires', 'production'],
  ['setup_requires', 'build'],
  ['tests_require', 'development'],
]);

/** Commands that fetch packages themselves, and their keys for where from. */
const FETCHING = ['easy_install', 'develop'];
const PLACES = ['index_url', 'find_links'];

/** setup.cfg as setuptools reads it. Where it only sets up tools it has no entries. */
export const setupCfg: ManifestFormat = {
  parse(path, text): DependencyFile {
    const conflict = conflictLine(text);
    if (conflict !== null) throw new ManifestError('it holds conflict markers', conflict, 'finish the merge');
    const sections = readIni(text);
    const reader = new Reader(path);
    for (const [name, section] of sections) reader.section(name, section);
    const metadata = sections.get('metadata');
    return {
      path,
      format: 'setup-cfg',
      ecosystem: 'pypi',
      role: 'manifest',
      project: {
        name: literal(metadata, 'name'),
        version: literal(metadata, 'version'),
        license: literal(metadata, 'license'),
      },
      entries: reader.list.entries,
      roots: {},
      includes: [...reader.includes.keys()],
      ...(reader.includes.size === 0 ? {} : { exports: reader.exports() }),
    };
  },
  link: withUnreadIncludes,
};

/** `null`: it is not there, empty, or stands in a file or a module. */
function literal(section: IniSection | undefined, key: string): string | null {
  for (const [name, { lines }] of section ?? []) {
    const text = lines.map(line => line.text).join('\n');
    if (keyOf(name) === key) return text === '' || /^(?:attr|file):/.test(text) ? null : text;
  }
  return null;
}

/** Newer setuptools warns of dashes and capitals, older ones don't; they mean the same. */
function keyOf(written: string): string {
  return written.toLowerCase().replaceAll('-', '_');
}

class Reader {
  readonly list = new EntryList();
  /** Path of a file of requirements → the line that names it. */
  readonly includes = new Map<string, number>();

  constructor(private readonly path: string) {}

  exports(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      [...this.includes].map(([path, line]) => [`${INCLUDE_PREFIX}${path}`, String(line)] as const),
    );
  }

  section(name: string, section: IniSection): void {
    // What stands behind `options`, without its dot: setuptools is no stricter.
    const part = name.startsWith('options') ? name.slice('options'.length).replace(/^\.+/, '') : null;
    for (const [written, value] of section) {
      const key = keyOf(written);
      const scope = REQUIREMENT_KEYS.get(key);
      if (part === 'extras_require')
        this.listed(`options.extras_require.${written}`, value, 'optional', true);
      else if (part === '' && scope !== undefined)
        this.listed(`options.${key}`, value, scope, key === 'install_requires');
      else if (name === 'global' && scope !== undefined)
        // What stands in [global] is set on the project as it is, before [options] is looked at.
        this.requirements(`global.${key}`, value.lines, scope);
      else if ((part === '' || name === 'global') && key === 'dependency_links')
        this.places(`${name}.${key}`, value, /,/);
      else if (FETCHING.includes(name) && PLACES.includes(key)) this.places(`${name}.${key}`, value, /\s/);
    }
  }

  /** @param takesFiles does setuptools read `file:` there? */
  private listed(section: string, value: IniValue, scope: DependencyScope, takesFiles: boolean): void {
    const text = value.lines.map(line => line.text).join('\n');
    if (text.startsWith('attr:')) {
      const name = `?${text.replaceAll('\n', ' ')}`;
      this.list.add({ id: `${section}/${name}`, name, line: value.line, scope });
    } else if (takesFiles && text.startsWith('file:')) this.files(section, value, scope);
    else this.requirements(section, itemsOf(value, ';'), scope);
  }

  private requirements(section: string, items: readonly IniLine[], scope: DependencyScope): void {
    for (const { text, line } of requirementTexts(items))
      this.list.add(requirementEntry(text, { path: this.path, section, line, scope }));
  }

  /** `file: requirements.txt, more.txt` */
  private files(section: string, value: IniValue, scope: DependencyScope): void {
    const [first, ...rest] = value.lines;
    if (first === undefined) return;
    for (const { text, line } of [{ ...first, text: first.text.slice('file:'.length) }, ...rest])
      for (const file of text.split(',').map(strip)) {
        if (file === '') continue;
        const path = file.startsWith('/') ? null : join(folderOf(this.path), file.replaceAll('\\', '/'));
        if (path === null || path === '') {
          // It lies elsewhere: what it wants can't be known.
          const name = `?file: ${file}`;
          this.list.add({ id: `${section}/${name}`, name, line, scope });
        } else if (!this.includes.has(path)) this.includes.set(path, line);
      }
  }

  private places(section: string, value: IniValue, separator: RegExp): void {
    for (const { text, line } of value.lines)
      for (const url of text.split(separator).map(strip)) {
        const entry = url === '' ? null : indexEntry(`${section} ${url}`, url, line);
        if (entry !== null) this.list.add(entry);
      }
  }
}

/** setuptools' lists: one item per line; where nothing continues the value, several by the separator. */
function itemsOf({ lines }: IniValue, separator: string): readonly IniLine[] {
  if (lines.length > 1) return lines;
  return lines.flatMap(({ text, line }) => text.split(separator).map(item => ({ text: item, line })));
}
