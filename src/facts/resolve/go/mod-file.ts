/** One `replace` of go.mod or go.work, as written. */
interface Replacement {
  readonly old: string;
  /** A module path, or a folder when it begins with `./`, `../` or `/`. */
  readonly by: string;
}

/** What resolution needs to know of a go.mod or go.work file. */
export interface ModFile {
  /** `null`: there is no `module` line. */
  readonly module: string | null;
  /** Folders of go.work's `use`, as written. */
  readonly uses: readonly string[];
  readonly replacements: readonly Replacement[];
}

const TOKEN = /"[^"\n]*"|`[^`\n]*`|=>|[()]|[^\s"`()]+/g;

/** The words of one line, less its comment. */
function words(line: string): readonly string[] {
  const comment = line.indexOf('//');
  // `//` starts a comment wherever it stands outside of quotes; no module path holds it.
  const code = comment === -1 ? line : line.slice(0, comment);
  return (code.match(TOKEN) ?? []).map(word =>
    word.startsWith('"') || word.startsWith('`') ? word.slice(1, -1) : word,
  );
}

/** go.mod and go.work: a directive a line, or a block of them in parentheses. */
export function readModFile(text: string): ModFile {
  let module: string | null = null;
  const uses: string[] = [];
  const replacements: Replacement[] = [];
  let block: string | null = null;
  for (const line of text.split('\n')) {
    const [first, ...rest] = words(line);
    if (first === undefined) continue;
    if (block !== null && first === ')') {
      block = null;
      continue;
    }
    if (block === null && rest[0] === '(') {
      block = first;
      continue;
    }
    const directive: string = block ?? first;
    const [what, ...more] = block === null ? rest : [first, ...rest];
    if (what === undefined) continue;
    if (directive === 'module') module = what;
    else if (directive === 'use') uses.push(what);
    else if (directive === 'replace') {
      const by = more[more.indexOf('=>') + 1];
      if (more.includes('=>') && by !== undefined) replacements.push({ old: what, by });
    }
  }
  return { module, uses, replacements };
}

export function isFolder(replacement: string): boolean {
  return /^\.{0,2}\//.test(replacement) || replacement === '.' || replacement === '..';
}

/** Packages of a vendor/modules.txt: lines that begin with neither `#` nor white space. */
export function vendoredPackages(text: string): readonly string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'));
}
