import type { Terminal } from '../language-resolver.js';
import { type PhpIndex, plainName } from './index.js';
import type { Candidate } from './projects.js';

/** Namespaces of PHP and its bundled extensions. */
const OWN: ReadonlySet<string> = new Set(
  'bcmath dba dom ffi filter ftp imap io ldap odbc openssl pdo pgsql pspell random soap uri'.split(' '),
);

/** Where a name ends that no file was found for. @param candidates the mappings of this tree that it fits */
export function outside(index: PhpIndex, name: string, candidates: readonly Candidate[]): Terminal {
  const installed = index.installedOf(name);
  const ours = candidates.reduce((longest, { prefix }) => Math.max(longest, prefix.length), 0);
  if (installed !== null && installed[0].length > ours) {
    const [prefix, owner] = installed;
    const isWhole = /[\\_]$/.test(prefix);
    const rest = name
      .slice(prefix.length)
      .replace(/^[\\_]/, '')
      .replaceAll('\\', '/');
    return {
      type: 'package',
      ecosystem: 'composer',
      name: owner,
      ...(rest !== '' && { subpath: rest }),
      aliases: [(isWhole ? prefix.slice(0, -1) : prefix).replaceAll('\\', '/')],
    };
  }
  if (ours > 0) return { type: 'unresolved' };
  const segments = name.split('\\');
  const first = segments[0] ?? name;
  if (segments.length === 1 || OWN.has(first.toLowerCase()))
    return { type: 'builtin', ecosystem: 'php', name };
  const aliases = required(index, segments);
  return {
    type: 'package',
    ecosystem: 'composer',
    name: segments.slice(0, -1).join('/'),
    subpath: segments.at(-1) ?? '',
    ...(aliases.length > 0 && { aliases }),
  };
}

/**
 * Without a lock file nothing tells whose namespace it is. A required package with the namespace's own name
 * (`psr/log` for `Psr\Log`, `twig/twig` for `Twig`, `symfony/console` for `Symfony\Component\Console`) is what
 * it is known by, too.
 */
function required(index: PhpIndex, segments: readonly string[]): readonly string[] {
  const [first = '', second, third] = segments.slice(0, -1).map(plainName);
  return (index.packages.get(first) ?? [])
    .filter(({ short }) => short === first || short === second || short === third)
    .map(({ name }) => name);
}
