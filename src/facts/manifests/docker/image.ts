import type { DependencyEntry, DependencySource } from '../../../model/dependency.js';

/** A reference to an image, taken apart: what an entry says of it. */
export type ImageFacts = Pick<
  DependencyEntry,
  'ecosystem' | 'name' | 'version' | 'range' | 'source' | 'integrity'
>;

/**
 * `host:5000/path/name:tag@sha256:…`. The tag is the version; the digest, the integrity. The name is as written.
 * @param isOpen tells of a part (with what can't be known left in it as it is written) that it isn't settled
 */
export function imageFacts(reference: string, isOpen: (part: string) => boolean): ImageFacts {
  const at = endOfName(reference, '@');
  const digest = at === -1 ? null : reference.slice(at + 1);
  const tagged = at === -1 ? reference : reference.slice(0, at);
  const colon = endOfName(tagged, ':');
  const tag = colon === -1 ? null : tagged.slice(colon + 1);
  const written = colon === -1 ? tagged : tagged.slice(0, colon);
  // An open digest pins nothing that can be read here.
  const integrity = digest === null || isOpen(digest) ? [] : [digest];
  return {
    ecosystem: 'docker',
    name: isOpen(written) ? `?${reference}` : written,
    version: tag === null || isOpen(tag) || isOpen(written) ? null : tag,
    range: tag,
    source: hostOf(written, isOpen),
    integrity,
  };
}

/** The mark after the name: outside of `${…}` and `{{…}}`, and, for a tag's colon, after the last slash. */
function endOfName(text: string, mark: ':' | '@'): number {
  let depth = 0;
  let found = -1;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{') depth++;
    else if (char === '}') depth = Math.max(0, depth - 1);
    else if (depth > 0) continue;
    else if (char === mark && mark === '@') return at;
    else if (char === '/') found = -1;
    else if (char === mark && found === -1) found = at;
  }
  return found;
}

/** The first part is a host if it looks like one: with a dot or a port, or `localhost`. */
function hostOf(name: string, isOpen: (part: string) => boolean): DependencySource {
  const slash = name.indexOf('/');
  const host = slash === -1 ? '' : name.slice(0, slash);
  const isHost = host === 'localhost' || ((host.includes('.') || host.includes(':')) && !isOpen(host));
  return { type: 'registry', url: isHost ? `https://${host}` : null };
}
