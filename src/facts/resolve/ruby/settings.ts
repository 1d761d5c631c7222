/** What Ruby configuration says, as far as it is written out in strings. Comment lines are left out. */

const ROOTED = /^(?:#\{(?:config\.root|Rails\.root|root|__dir__)\}\/?|\/)/;

function* codeLines(text: string): Generator<string> {
  for (const line of text.split('\n')) if (!line.trimStart().startsWith('#')) yield line;
}

const STRING = /"([^"\n]*)"|'([^'\n]*)'|%[wW][[({]([^\])}\n]*)[\])}]/g;

function stringsIn(line: string): readonly string[] {
  return [...line.matchAll(STRING)].flatMap(
    ([, double, single, words]) => words?.trim().split(/\s+/) ?? [double ?? single ?? ''],
  );
}

/**
 * Folders of `config.autoload_paths << "…"`, `config.eager_load_paths += %W[…]`, `config.paths.add "…"` and the like,
 * relative to the application's or engine's folder.
 */
export function autoloadFolders(text: string): readonly string[] {
  const found: string[] = [];
  for (const line of codeLines(text)) {
    if (!/\b(?:autoload_paths|eager_load_paths|autoload_once_paths|paths\.add|push_dir)\b/.test(line))
      continue;
    const written = stringsIn(line);
    // `root.join("lib", "x")` is one path.
    const paths = /\.join\(|File\.join/.test(line) ? [written.join('/')] : written;
    for (const path of paths) {
      const rest = path.replace(ROOTED, '');
      if (rest !== '' && !rest.includes('#{')) found.push(rest.replace(/\/+$/, ''));
    }
  }
  return found;
}

/** `loader.push_dir("#{__dir__}/x", namespace: Foo)`, relative to the file's folder. */
export function pushedFolders(
  text: string,
): readonly { readonly path: string; readonly namespace: string | null }[] {
  return [...codeLines(text)].flatMap(line => {
    const call =
      /\bpush_dir\(?\s?(?:"#\{__dir__\}\/?([^"#\n]*)"|__dir__|File\.expand_path\(["']([^"'\n]*)["'],\s?__dir__\))/.exec(
        line,
      );
    if (call === null) return [];
    const namespace = /\bnamespace:\s?:{0,2}([A-Z][\w:]*)/.exec(line)?.[1] ?? null;
    return [{ path: call[1] ?? call[2] ?? '', namespace }];
  });
}

/** `inflect.acronym "API"` and `inflector.inflect("csv_io" => "CSVIO")`, which may go over several lines. */
export function inflectionsOf(text: string): {
  readonly acronyms: readonly string[];
  readonly inflections: readonly (readonly [name: string, constant: string])[];
} {
  const acronyms: string[] = [];
  const inflections: [string, string][] = [];
  let isWithin = false;
  for (const line of codeLines(text)) {
    const acronym = /\bacronym[( ]\s?["']([A-Za-z0-9]+)["']/.exec(line)?.[1];
    if (acronym !== undefined) acronyms.push(acronym);
    isWithin ||= /\.inflect\b/.test(line);
    if (!isWithin) continue;
    for (const [, quoted, bare, constant] of line.matchAll(
      /(?:["']([a-z0-9_]+)["']\s?(?:=>|:)|([a-z0-9_]+):)\s{0,9}["']([A-Z]\w*)["']/g,
    ))
      inflections.push([quoted ?? bare ?? '', constant ?? '']);
    isWithin = !line.includes(')');
  }
  return { acronyms, inflections };
}

/** Names with a hyphen of all gems in a Gemfile.lock. */
export function lockedGems(text: string): readonly string[] {
  return text.split('\n').flatMap(line => /^ {4}([A-Za-z0-9_.]+-[\w.-]*) \(/.exec(line)?.[1] ?? []);
}
