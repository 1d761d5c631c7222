/** Names that file names give: ids, titles, and which files of an ADR folder are no decisions. */

function baseName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/\.[^.]*$/, '');
}

/** Path without its extension: what a `.yaml` and the prose beside it share. */
export function stem(path: string): string {
  return path.replace(/\.[^./]*$/, '');
}

/**
 * The id of a decision whose file is all that names it: `0007-foo.md` and `adr-0007-foo.md` are `ADR-0007`.
 * A name without a number, or that begins with a date (`2026-03-02-foo`, `20260302-foo`: several a day), is
 * its own id.
 */
export function idFromFile(path: string): string {
  const name = baseName(path);
  if (/^\d{4}-\d{2}-\d{2}(?:-|$)/.test(name)) return name;
  const number = /^(?:adr[-_ ]?)?(\d+)(?![A-Za-z0-9])/i.exec(name)?.[1];
  return number === undefined || number.length > 5 ? name : `ADR-${number}`;
}

/** `0007-ui-reaches-data.md` → `ui reaches data`. */
export function titleFromFile(path: string): string {
  const name = baseName(path);
  const rest = name.replace(/^(?:adr[-_ ]?)?[\d-]+[-_. ]+/i, '').replace(/[-_]+/g, ' ');
  return rest.trim() === '' ? name : rest.trim();
}

/** Overviews of the folder. One with `invariants` in its front matter is a decision all the same. */
export function isOverview(path: string): boolean {
  return /^(?:readme|index)$/i.test(baseName(path));
}

/**
 * Blank forms: `template`, `adr-template`, `0000-template`, MADR's `adr-template-minimal`, … Only whole names:
 * `0009-email-template-engine.md` is a decision about templates.
 */
export function isTemplate(path: string): boolean {
  return /^(?:0+[-_])?(?:(?:adr|madr|decision|nygard)[-_]?)?template(?:[-_](?:minimal|bare|bare-minimal|short|long|full))?$/i.test(
    baseName(path),
  );
}

/** `ADR-7`, `adr 0007`, `7` and `0007-foo.md` name the decision `ADR-0007`: compared by number. */
export function idNumber(id: string): number | null {
  const digits = /^(?:adr[-_ ]?)?0*(\d{1,5})(?![A-Za-z0-9])/i.exec(id.trim())?.[1];
  return digits === undefined ? null : Number(digits);
}
