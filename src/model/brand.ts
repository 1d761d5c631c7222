/**
 * Branded strings: a raw string can't pass for a checked one.
 * The constructors below are the only way in.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A full hexadecimal object id: 40 digits (SHA-1) or 64 (SHA-256). */
export type Oid = Branded<'Oid'>;
/**
 * A path inside the repository: relative to its root, `/`-separated, never empty, no leading `/`.
 * Bytes that are not UTF-8 are kept as lone surrogates U+DC80…U+DCFF (Python's surrogateescape),
 * so that two different paths never become one.
 */
export type RepoPath = Branded<'RepoPath'>;
/** `sha256:` and 64 hexadecimal digits. */
export type Digest = Branded<'Digest'>;
/** The digest that identifies a finding across commits (no line numbers in it). */
export type Fingerprint = Branded<'Fingerprint'>;
/** A UTC date, `YYYY-MM-DD`. */
export type IsoDate = Branded<'IsoDate'>;

const OID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const ZERO = /^0+$/;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

export function isOid(text: string): text is Oid {
  return OID.test(text);
}

/** @throws TypeError when the text is not a full object id. */
export function oid(text: string): Oid {
  if (!isOid(text)) throw new TypeError(`not a full object id: ${JSON.stringify(text)}`);
  return text;
}

/** Git writes "no such object" as an object id of zeros. */
export function isZeroOid(text: string): boolean {
  return ZERO.test(text);
}

/** For paths that come from git's own output, which are relative and normalised already. */
export function repoPath(text: string): RepoPath {
  if (text === '') throw new TypeError('a repository path cannot be empty');
  return text as RepoPath;
}

export function digest(hex: string): Digest {
  return `sha256:${hex}` as Digest;
}

export function fingerprint(hex: string): Fingerprint {
  return `sha256:${hex}` as Fingerprint;
}

export function isIsoDate(text: string): text is IsoDate {
  return (
    ISO_DATE.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
  );
}

/** @throws TypeError when the text is not a calendar date in the form `YYYY-MM-DD`. */
export function isoDate(text: string): IsoDate {
  if (!isIsoDate(text)) throw new TypeError(`not a date (YYYY-MM-DD): ${JSON.stringify(text)}`);
  return text;
}

/** The first seven digits after `sha256:`; what a person types to name a finding. */
export function shortId(print: Fingerprint): string {
  return print.slice('sha256:'.length, 'sha256:'.length + 7);
}
