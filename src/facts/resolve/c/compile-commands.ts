import { join } from '../paths.js';

/** One object of a compile_commands.json. */
interface Command {
  readonly directory: string;
  readonly file: string;
  readonly words: readonly string[];
}

const OPTION = /^(?:-I|-isystem|-iquote|-idirafter|\/I|--include-directory=)(.*)$/s;
/** Quoted parts, escapes and plain characters, as a shell would split them. */
const WORD = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/gs;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function commandOf(value: unknown): Command | null {
  if (!isRecord(value)) return null;
  const { directory, file, command } = value;
  const listed = value['arguments'];
  if (typeof directory !== 'string' || typeof file !== 'string') return null;
  const words = Array.isArray(listed)
    ? listed.filter(word => typeof word === 'string')
    : typeof command === 'string'
      ? (command.match(WORD) ?? []).map(word => word.replace(/^["'](.*)["']$/s, '$1'))
      : [];
  return { directory: directory.replaceAll('\\', '/'), file: file.replaceAll('\\', '/'), words };
}

function absolute(directory: string, path: string): string | null {
  const written = path.replaceAll('\\', '/');
  if (/^(?:\/|[A-Za-z]:)/.test(written)) return join('', written);
  return join('', `${directory}/${written}`);
}

/** Folders of `-I` and the like, as written, those of separate words included. */
function foldersIn(words: readonly string[]): readonly string[] {
  const folders: string[] = [];
  words.forEach((word, at) => {
    const match = OPTION.exec(word);
    const folder = match?.[1] === '' ? words[at + 1] : match?.[1];
    if (folder !== undefined) folders.push(folder);
  });
  return folders;
}

/**
 * Include roots that a compilation database names, in its order. It was made in a checkout somewhere: where that lay is
 * found from a file of the tree that it compiles.
 * @param value the parsed file
 * @param has is this a file of the tree?
 */
export function compiledRoots(value: unknown, has: (path: string) => boolean): readonly string[] {
  const commands = (Array.isArray(value) ? value : []).flatMap(one => commandOf(one) ?? []);
  let base: string | null = null;
  for (const { directory, file } of commands) {
    const path = absolute(directory, file);
    for (let at = path === null ? -1 : 0; path !== null && at !== -1 && base === null; ) {
      if (has(path.slice(at))) base = path.slice(0, at);
      const next = path.indexOf('/', at);
      at = next === -1 ? -1 : next + 1;
    }
    if (base !== null) break;
  }
  if (base === null) return [];
  const roots = new Set<string>();
  for (const { directory, words } of commands)
    for (const folder of foldersIn(words)) {
      const path = absolute(directory, folder);
      if (path === null) continue;
      if (`${path}/`.startsWith(base) || base === '') roots.add(path.slice(base.length));
    }
  return [...roots];
}
