import { type EntryList, pathFrom } from '../syntax/entries.js';
import { exactVersion, pluginPackage } from './coordinates.js';
import { chainOf, notationsOf } from './gradle-arguments.js';
import { addNotation, moduleOf } from './gradle-entries.js';
import type { Token } from './gradle-tokens.js';

/** `group:artifact:version` as people keep it in variables and lists. A time of day is none. */
const MODULE = /^[A-Za-z_][\w.-]*:[A-Za-z_${][\w.${}()-]*:(?:\d|\$\{|\[)[^\s/]*$/;

/** Modules that a statement outside of any dependencies block names: kept for others, or put in another's place. */
export function addElsewhere(list: EntryList, tokens: readonly Token[], isBuildscript: boolean): void {
  const words = new Set(tokens.flatMap(({ type, value }) => (type === 'word' ? [value] : [])));
  if (words.has('exclude')) return;
  const texts = tokens.filter(({ type }) => type === 'text');
  if (words.has('substitute') || words.has('useTarget') || words.has('useModule')) {
    const target = texts.at(-1);
    const { name, range } = moduleOf(target?.value ?? '?');
    const from = words.has('substitute') && texts.length > 1 ? moduleOf(texts[0]?.value ?? '').name : '*';
    list.add({
      id: `substitute/${from}`,
      role: 'redirect',
      name,
      alias: from,
      range,
      version: range === null ? null : exactVersion(range),
      line: tokens[0]?.line ?? 1,
    });
    return;
  }
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'text') continue;
    // `"group:artifact:" + version`
    const isJoined = token.value.endsWith(':') && tokens[index + 1]?.text === '+';
    const written = isJoined ? `${token.value}\${${tokens[index + 2]?.value ?? ''}}` : token.value;
    if (!MODULE.test(written)) continue;
    const alias = keyBefore(tokens, index);
    const at = words.has('force') ? 'force' : 'definitions';
    const { name } = moduleOf(written);
    addNotation(
      list,
      { kind: 'module', written, isPlatform: false },
      {
        at,
        role: words.has('force') ? 'redirect' : 'definition',
        scope: isBuildscript ? 'build' : 'production',
        line: token.line,
        ...(words.has('force') ? { alias: name } : alias === null ? {} : { alias }),
      },
      '',
    );
  }
}

/** `key: "…"`, `key = "…"`, `x["key"] = "…"`. */
function keyBefore(tokens: readonly Token[], index: number): string | null {
  const mark = tokens[index - 1];
  if (mark?.type !== 'mark' || !/^[:=]$/.test(mark.text)) return null;
  const key = tokens[index - 2];
  if (key?.text === ']')
    return tokens[index - 3]?.type === 'text' ? (tokens[index - 3]?.value ?? null) : null;
  return key?.type === 'word' || key?.type === 'text' ? key.value : null;
}

/** A statement of a version catalog that settings.gradle makes: `library("alias", "g:a:v")`, `from(files("…"))`. */
export function addToCatalog(
  list: EntryList,
  tokens: readonly Token[],
  catalog: string,
  exports: Record<string, string>,
  folder: string,
): void {
  const { words } = chainOf(tokens);
  const [first = ''] = words;
  const texts = tokens.flatMap(({ type, value }) => (type === 'text' ? [value] : []));
  const [alias = '', one = '', two, three] = texts;
  const line = tokens[0]?.line ?? 1;
  const version = (value: string | undefined): string | null =>
    value === undefined
      ? null
      : tokens.some(({ value: word }) => word === 'versionRef')
        ? (exports[`catalog ${catalog} ${value}`] ?? null)
        : value;
  const add = (name: string, range: string | null, isPlugin: boolean): void => {
    list.add({
      id: `${catalog}/${isPlugin ? 'plugins/' : ''}${alias}`,
      role: 'definition',
      name,
      alias: `${catalog}.${isPlugin ? 'plugins.' : ''}${alias}`,
      range,
      version: range === null ? null : exactVersion(range),
      scope: isPlugin ? 'build' : 'production',
      line,
    });
  };
  if (first === 'version') exports[`catalog ${catalog} ${alias}`] = one;
  else if (first === 'library') {
    const { name, range } = moduleOf(one);
    if (one.includes(':')) add(name, range, false);
    else add(`${one}:${two ?? ''}`, version(three), false);
  } else if (first === 'plugin') add(pluginPackage(one), version(two), true);
  else if (first === 'from') {
    const isFile = tokens.some(({ value }) => value === 'files');
    const path = isFile ? pathFrom(folder, alias.replace(/^\$\{[\w.]+\}\//, '')) : null;
    if (path !== null) exports[`catalog ${catalog}`] = path;
    else
      for (const notation of notationsOf(tokens.filter(({ type }) => type === 'text')))
        addNotation(
          list,
          notation,
          { at: `${catalog}/from`, role: 'definition', scope: 'production', line },
          folder,
        );
  }
}
