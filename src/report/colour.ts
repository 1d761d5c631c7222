type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Is colour wanted on this stream? NO_COLOR (no-color.org: present and not empty) always wins;
 * FORCE_COLOR asks for it where there is no terminal.
 */
export function wantsColour(environment: Environment, stream: { readonly isTTY: boolean }): boolean {
  if ((environment['NO_COLOR'] ?? '') !== '') return false;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY && environment['TERM'] !== 'dumb';
}
