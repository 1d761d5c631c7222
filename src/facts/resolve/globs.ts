const WILD = /[*?{}[\]()!]/;
const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/;
/** What a pattern's last part may end in: `*.{ts,tsx}`, `*`. */
const LISTED = /\.\{([^{}]*)\}$/;

/**
 * The one folder whose files a bundler's glob imports: `./x/*.ts` → `./x`. `null`: its folders are several or
 * unknown, or its files are no code. `undefined`: it is no pattern, but a path.
 */
export function globFolder(pattern: string): string | null | undefined {
  const wild = pattern.search(WILD);
  if (wild === -1) return undefined;
  const slash = pattern.lastIndexOf('/', wild);
  const last = pattern.slice(slash + 1);
  if (slash === -1 || last.includes('/') || last.startsWith('**') || !/^(?:\.{1,2})?\//.test(pattern))
    return null;
  const listed = LISTED.exec(last)?.[1]?.split(',') ?? null;
  const isCode =
    listed === null ? last.endsWith('*') || CODE.test(last) : listed.some(one => CODE.test(`.${one}`));
  return isCode ? pattern.slice(0, slash) : null;
}
